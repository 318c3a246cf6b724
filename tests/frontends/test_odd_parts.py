"""Compose files and charts in which something is of another kind than it must be: told, never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from sovlint.frontends import compose, kubernetes
from sovlint.model.inputs import ReadOptions
from sovlint.rules.hints import Hints
from tests.frontends.memory import MemoryReader
from tests.frontends.odd import ODD, each_part_odd

PROJECT = """
name: claims
include: [{path: more.yaml, env_file: [.env]}]
services:
  api:
    image: "api:${TAG:-1}"
    extends: {service: base}
    env_file: [{path: .env, required: false}]
    environment: {A: b}
    labels: {sovlint.dev/data: health}
    deploy: {labels: {a: b}, mode: global}
    logging: {driver: awslogs, options: {awslogs-region: us-east-1}}
    volumes: ["rows:/rows", {type: volume, source: rows, target: /x}]
    secrets: [key]
    depends_on: {base: {condition: service_started}}
    provider: {type: x, options: {a: b}}
  base: {image: base, labels: ["a=b"]}
volumes: {rows: {driver: local, driver_opts: {type: nfs, o: "addr=h,rw", device: ":/"}}}
secrets: {key: {environment: A}}
networks: {inner: {external: true}}
"""
OVERRIDE = """
services:
  api: {labels: {sovlint.dev/data: anonymous}, environment: [C=d], volumes: !override ["other:/rows"]}
volumes: {other: {labels: {a: b}}}
"""
CHART = """
apiVersion: v2
name: claims
version: 1.0.0
annotations: {sovlint.dev/data: health}
dependencies:
- {name: part, version: 1.0.0, repository: "https://example.org", condition: part.enabled, tags: [a]}
"""
VALUES = """
image: {repository: registry.example/api, tag: 1}
global: {storageClass: x}
part: {enabled: true}
persistence: {enabled: true, storageClass: gp2}
env: [{name: A, value: b}]
tags: {a: true}
"""


@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
@pytest.mark.parametrize("name", ["compose.yaml", "compose.override.yaml", "more.yaml"])
def test_whatever_part_of_a_compose_file_is_odd(name: str, odd: Any) -> None:
    more = "services: {more: {image: more}}\nvolumes: {rows: {}}\n"
    override = OVERRIDE.replace("!override ", "")
    files = {
        "compose.yaml": PROJECT,
        "compose.override.yaml": override,
        "more.yaml": more,
        ".env": "A=b\n",
    }
    for each in each_part_odd(yaml.safe_load(files[name]), odd):
        changed: dict[str, str | bytes | None] = {**files, name: yaml.safe_dump(each)}
        compose.read(MemoryReader(changed), ReadOptions(), Hints())


@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
@pytest.mark.parametrize(
    "name", ["Chart.yaml", "values.yaml", "charts/part/Chart.yaml", "release.yaml"]
)
def test_whatever_part_of_a_chart_is_odd(name: str, odd: Any) -> None:
    release = """
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: claims, labels: {sovlint.dev/data: health}}
spec:
  chart: {spec: {chart: ./, sourceRef: {kind: GitRepository, name: here}}}
  values: {image: {tag: 2}}
  valuesFrom: [{kind: ConfigMap, name: v, valuesKey: a}]
"""
    files = {
        "Chart.yaml": CHART, "values.yaml": VALUES, "charts/part/Chart.yaml": "apiVersion: v2\nname: part\nversion: 1.0.0\n",
        "charts/part/values.yaml": VALUES, "release.yaml": release,
    }  # fmt: skip
    for each in each_part_odd(yaml.safe_load(files[name]), odd):
        changed: dict[str, str | bytes | None] = {**files, name: yaml.safe_dump(each)}
        kubernetes.read(MemoryReader(changed), ReadOptions(), Hints())

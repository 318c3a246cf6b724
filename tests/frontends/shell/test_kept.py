"""What commands set for those that come after them: endpoints of profiles, remotes and aliases. Judged by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

SYNC = "aws s3 sync /data s3://claims"
SCW = "https://s3.fr-par.scw.cloud"
SCALEWAY = ("scaleway", "fr-par")
NOBODY = (None, None)

Place = tuple[str | None, str | None]

JUDGED: list[dict[str, Any]] = yaml.load(
    Path(__file__).with_name("kept.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)


def placed(folder: Path) -> list[Place]:
    """The company and the region of all stores that something is sent to."""
    arguments = ["facts", str(folder), "--format", "json"]
    facts: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return [
        (each["provider"], each["region"])
        for resource in facts["resources"]
        for each in resource["placements"]
        if each["role"] in ("at-rest", "registry")
    ]


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: case["script"].splitlines()[0])
def test_what_is_set_counts_for_what_comes_later(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    container = {"name": "c", "image": "acme/tool", "command": ["bash", "-c", case["script"]]}
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "backup"},
        "spec": {"containers": [container]},
    }
    write(tmp_path, {"pod.yaml": json.dumps(pod)})
    company, region = (None if each == "?" else each for each in case["goes"])
    assert placed(tmp_path) == [(company, region)]


def steps(*written: str) -> str:
    """A workflow of one job."""
    return "on: push\njobs:\n  backup:\n    steps:\n" + "".join(
        f"      - {each}\n" for each in written
    )


SET = f"{{run: 'aws configure set s3.endpoint_url {SCW}'}}"
RUN = "{run: 'aws s3 cp dump.sql s3://claims --region us-east-1'}"


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ([SET, RUN], [SCALEWAY]),
        ([RUN, SET], [("aws", "us-east-1")]),
        (["{run: 'aws configure set s3.endpoint_url ${{ secrets.E }}'}", RUN], [NOBODY]),
        ([SET.replace("{", "{if: inputs.prod, ", 1), RUN], [NOBODY]),
        ([SET.replace("{", "{if: inputs.prod, ", 1), RUN.replace("{", "{if: inputs.prod, ", 1)], [SCALEWAY]),
        ([SET.replace("{", "{if: inputs.prod, ", 1), RUN.replace("{", "{if: inputs.test, ", 1)], [NOBODY]),
    ],
)  # fmt: skip
def test_in_a_later_step_of_the_same_job(
    tmp_path: Path, written: list[str], places: list[Place]
) -> None:
    write(tmp_path, {".github/workflows/backup.yml": steps(*written)})
    assert placed(tmp_path) == places


def test_not_in_another_job(tmp_path: Path) -> None:
    other = f"  other:\n    steps:\n      - {RUN}\n"
    write(tmp_path, {".github/workflows/backup.yml": steps(SET) + other})
    assert placed(tmp_path) == [("aws", "us-east-1")]


MACHINE = """\
resource "scaleway_instance_server" "app" {{
  type  = "DEV1-S"
  image = "debian"
  user_data = {{
    cloud-init = <<-EOF
{text}
    EOF
  }}
}}
"""
CLOUD = f"""\
      #cloud-config
      write_files:
        - path: /root/.aws/config
          content: |
            [default]
            endpoint_url = {SCW}
      runcmd:
        - {SYNC}"""
COMMANDS = f"""\
      #cloud-config
      runcmd:
        - aws configure set endpoint_url {SCW}
        - [aws, s3, sync, /data, "s3://claims"]"""


@pytest.mark.parametrize("text", [CLOUD, COMMANDS])
def test_on_a_machine(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"main.tf": MACHINE.format(text=text)})
    assert SCALEWAY in placed(tmp_path)
    assert not any(provider == "aws" for provider, _ in placed(tmp_path))


POD = f"""\
apiVersion: v1
kind: ConfigMap
metadata: {{name: aws}}
data:
  config: |
    [default]
    endpoint_url = {SCW}
---
apiVersion: v1
kind: Pod
metadata: {{name: sync}}
spec:
  containers:
    - name: c
      image: acme/tool
      command: [aws, s3, sync, /data, "s3://claims"]
      volumeMounts: [{{name: aws, mountPath: /root/.aws}}]
  volumes: [{{name: aws, configMap: {{name: aws}}}}]
"""


def test_a_file_that_a_pod_mounts(tmp_path: Path) -> None:
    write(tmp_path, {"pod.yaml": POD})
    assert SCALEWAY in placed(tmp_path)
    assert not any(provider == "aws" for provider, _ in placed(tmp_path))

"""What shows by itself that it runs on a developer's own machine isn't proved by a cluster that is declared around it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

DECLARED = "clusters:\n  - {paths: ['**'], provider: %s, region: %s}\n"
SCALEWAY = DECLARED % ("scaleway", "fr-par")
POD = """apiVersion: v1
kind: Pod
metadata: {name: api, labels: {sovlint.dev/data: health}}
spec: {containers: [{name: api, image: "%s", env: [{name: REDIS_URL, value: "redis://%s:6379"}]}]}
"""
INGRESS = """apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: api}
spec: {rules: [%s]}
"""
HELMFILE = """environments:
  prod: {values: [{host: care.acme.fr, image: rg.fr-par.scw.cloud/acme/api}]}
  dev: {values: [{host: care.127.0.0.1.nip.io, image: "acme/api"}]}
---
releases:
  - {name: api, chart: ./charts/api}
  - {name: front, chart: ./charts/front, values: [{host: "{{ .Values.host }}"}]}
"""


def ingress(*hosts: str) -> str:
    return INGRESS % ", ".join(f'{{host: "{each}"}}' for each in hosts)


def told(folder: Path, files: dict[str, str], config: str = SCALEWAY) -> dict[str, str]:
    """Of each pod, by where it is deployed, whether it is under the control of the EEA alone."""
    write(folder, {".git/HEAD": "", "sovlint.yaml": config, **files})
    asked = ["scan", str(folder), "-f", "json", "--show", "compliant", "--lang", "en"]
    done = CliRunner().invoke(main, [*asked, "--as-of", "2026-12-02"])
    return {
        str(
            each["variant"] or each["root"] or each["path"]
        ): f"{each['verdict']}: {each['message']}"
        for each in json.loads(done.stdout)["findings"]
        if each["policy"] == "health-data-under-eu-control"
        and "Pod/api" in each["address"]
        and each["role"] == "compute"
    }


def verdicts(folder: Path, files: dict[str, str], config: str = SCALEWAY) -> dict[str, str]:
    return {key: said.partition(":")[0] for key, said in told(folder, files, config).items()}


@pytest.mark.parametrize(
    ("host", "image", "verdict"),
    [
        ("care.127.0.0.1.nip.io", "acme/api", "unproven"),
        ("care-127-0-0-1.sslip.io", "acme/api", "unproven"),
        ("care.localhost", "acme/api", "unproven"),
        ("app.localtest.me", "acme/api", "unproven"),
        ("care.acme.fr", "localhost:5001/api:1", "unproven"),
        ("care.acme.fr", "127.0.0.1:5000/api", "unproven"),
        ("care.acme.fr", "kind-registry:5000/api", "unproven"),
        ("care.acme.fr", "acme/api", "compliant"),
        ("chart-example.local", "acme/api", "compliant"),
        ("care.51.15.0.1.nip.io", "acme/api", "compliant"),
        ("localhost.acme.fr", "acme/localhost:5001", "compliant"),
    ],
)
def test_hosts_and_registries_of_ones_own_machine(
    tmp_path: Path, host: str, image: str, verdict: str
) -> None:
    files = {"k8s/pod.yaml": POD % (image, "localhost"), "k8s/ingress.yaml": ingress(host)}
    assert verdicts(tmp_path, files) == {"k8s/pod.yaml": verdict}


def test_one_host_of_several_shows_nothing(tmp_path: Path) -> None:
    files = {
        "k8s/pod.yaml": POD % ("acme/api", "127.0.0.1"),
        "k8s/ingress.yaml": ingress("localhost", "care.acme.fr"),
    }
    assert verdicts(tmp_path, files) == {"k8s/pod.yaml": "compliant"}


ROUTES = {
    "gateway.networking.k8s.io/v1, HTTPRoute": "hostnames: [care.localhost]",
    "gateway.networking.k8s.io/v1, Gateway": "listeners: [{hostname: care.localhost}]",
    "networking.istio.io/v1, Gateway": "servers: [{hosts: [care.localhost]}]",
    "route.openshift.io/v1, Route": "host: care.localhost",
    "traefik.io/v1alpha1, IngressRoute": 'routes: [{match: "Host(`care.localhost`)"}]',
}


@pytest.mark.parametrize("kind", ROUTES)
def test_other_routes(tmp_path: Path, kind: str) -> None:
    version, _, name = kind.partition(", ")
    route = f"apiVersion: {version}\nkind: {name}\nmetadata: {{name: a}}\nspec: {{{ROUTES[kind]}}}\n"
    files = {"k8s/pod.yaml": POD % ("acme/api", "localhost"), "k8s/route.yaml": route}
    assert verdicts(tmp_path, files) == {"k8s/pod.yaml": "unproven"}


def chart(name: str, template: str) -> dict[str, str]:
    return {
        f"charts/{name}/Chart.yaml": f"apiVersion: v2\nname: {name}\nversion: 1.0.0\n",
        f"charts/{name}/templates/a.yaml": template,
    }


RELEASES = {
    "helmfile.yaml": HELMFILE,
    **chart("api", POD % ("acme/api", "localhost")),
    **chart("front", ingress("{{ .Values.host }}")),
}
DEV, PROD = "dev/-/api", "prod/-/api"


def test_one_release_tells_it_of_its_environment_alone(tmp_path: Path) -> None:
    found = told(tmp_path, RELEASES)
    assert found[PROD].startswith("compliant")
    assert found[DEV].startswith("unproven")
    for said in ("charts/front/templates/a.yaml:4", "`care.127.0.0.1.nip.io`", "[dev]"):
        assert said in found[DEV]


def test_an_environment_that_is_named_is_where_that_says(tmp_path: Path) -> None:
    named = "  - {paths: ['**'], destinations: [dev], provider: %s, region: %s}\n"
    found = verdicts(tmp_path, RELEASES, SCALEWAY + named % ("scaleway", "nl-ams"))
    assert (found[DEV], found[PROD]) == ("compliant", "compliant")
    found = verdicts(tmp_path, RELEASES, SCALEWAY + named % ("aws", "eu-west-3"))
    assert (found[DEV], found[PROD]) == ("violation", "compliant")


def test_it_makes_no_violation_milder(tmp_path: Path) -> None:
    found = verdicts(tmp_path, RELEASES, DECLARED % ("aws", "us-east-1"))
    assert (found[DEV], found[PROD]) == ("violation", "violation")


def test_an_overlay_for_developers_says_nothing_of_another(tmp_path: Path) -> None:
    files = {
        "base/kustomization.yaml": "resources: [pod.yaml]\n",
        "base/pod.yaml": POD % ("acme/api", "localhost"),
        "overlays/dev/kustomization.yaml": "resources: [../../base, ingress.yaml]\n",
        "overlays/dev/ingress.yaml": ingress("care.localhost"),
        "overlays/prod/kustomization.yaml": "resources: [../../base, ingress.yaml]\n",
        "overlays/prod/ingress.yaml": ingress("care.acme.fr"),
    }
    assert verdicts(tmp_path, files) == {
        "overlays/dev": "unproven",
        "overlays/prod": "compliant",
    }


def test_a_release_for_developers_says_nothing_of_another(tmp_path: Path) -> None:
    def application(host: str) -> str:
        return (
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: api}\n"
            "spec: {destination: {server: 'https://kubernetes.default.svc', namespace: care}, source: "
            f"{{repoURL: 'https://github.com/acme/x', path: charts/both, helm: {{valuesObject: {{host: {host}}}}}}}}}\n"
        )

    files = {
        **chart(
            "both", POD % ("acme/api", "localhost") + "---\n" + ingress("{{ .Values.host }}")
        ),
        "apps/dev/app.yaml": application("care.localhost"),
        "apps/prod/app.yaml": application("care.acme.fr"),
    }
    found = verdicts(tmp_path, files)
    assert {key.endswith("prod"): said for key, said in found.items()} == {
        False: "unproven",
        True: "compliant",
    }


def test_what_may_be_there_counts_too(tmp_path: Path) -> None:
    helmfile = RELEASES["helmfile.yaml"].replace(
        "chart: ./charts/front,", 'chart: ./charts/front, installed: {{ env "FRONT" }},'
    )
    found = verdicts(tmp_path, {**RELEASES, "helmfile.yaml": helmfile})
    assert (found[DEV], found[PROD]) == ("unproven", "compliant")


def test_the_same_is_said_in_french(tmp_path: Path) -> None:
    files = {"sovlint.yaml": SCALEWAY, ".git/HEAD": "", **RELEASES}
    write(tmp_path, files)
    done = CliRunner().invoke(main, ["scan", str(tmp_path), "-f", "json", "--lang", "fr"])
    assert "mène à la machine elle-même, celle d'un développeur" in done.stdout


def test_defaults_of_a_chart_that_nothing_installs_show_nothing(tmp_path: Path) -> None:
    template = POD % ("acme/api", "localhost") + "---\n" + ingress("localhost")
    files = {
        **chart("both", template.replace("localhost", "{{ .Values.host }}")),
        "charts/both/values.yaml": "host: localhost\n",
        "charts/both/values-dev.yaml": "host: care.localhost\n",
        "charts/both/values-prod.yaml": "host: care.acme.fr\n",
    }
    assert verdicts(tmp_path, files) == {
        "charts/both": "compliant",
        "values-dev.yaml": "unproven",
        "values-prod.yaml": "compliant",
    }

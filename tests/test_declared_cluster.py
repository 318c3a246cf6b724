"""A declared cluster that manifests contradict: what the owner is told, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main

CONFIG = "clusters:\n  - paths: ['k8s/**']\n    provider: scaleway\n    region: fr-par\n"
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: api, labels: {sovlint.dev/data: health}}
spec:
  template:
    spec:
      nodeSelector:
        eks.amazonaws.com/nodegroup: x
"""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "`clusters:` says scaleway (sovlint.yaml:2), but k8s/api.yaml:8 speaks of aws (nodes must have the label "
            "`eks.amazonaws.com/nodegroup`): mend whichever is wrong, or declare these files apart",
        ),
        (
            "fr",
            "`clusters:` indique scaleway (sovlint.yaml:2), mais k8s/api.yaml:8 désigne aws (les nœuds doivent porter "
            "l'étiquette `eks.amazonaws.com/nodegroup`) : corrigez ce qui est faux, ou déclarez ces fichiers à part",
        ),
    ],
)
def test_both_places_and_what_to_do_are_told(
    tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "sovlint.yaml").write_text(CONFIG)
    (tmp_path / "k8s").mkdir()
    (tmp_path / "k8s/api.yaml").write_text(DEPLOYMENT)
    result = CliRunner().invoke(
        main, ["scan", str(tmp_path), "--format", "json", "--lang", language]
    )
    report = json.loads(result.stdout)
    found = {each["policy"]: each for each in report["findings"]}
    assert found["health-data-under-eu-control"]["verdict"] == "unproven"
    assert said in found["health-data-in-eea"]["message"]
    assert [each["path"] for each in report["remarks"] if said in each["message"]] == [
        "k8s/api.yaml"
    ]
    assert result.exit_code == 1


UNHEARD = """apiVersion: {version}
kind: {kind}
metadata: {{name: a, namespace: care{labels}}}
spec: {{type: state.aws.dynamodb, metadata: [{{name: region, value: us-east-1}}]}}
"""


@pytest.mark.parametrize(
    ("version", "kind"),
    [("records.example.org/v1", "PatientStore"), ("dapr.io/v1alpha1", "Component")],
)
def test_where_a_kind_that_the_catalogue_lacks_keeps_its_data_is_unproven(
    tmp_path: Path, version: str, kind: str
) -> None:
    (tmp_path / "sovlint.yaml").write_text(CONFIG)
    (tmp_path / "k8s").mkdir()
    (tmp_path / "k8s/a.yaml").write_text(
        UNHEARD.format(
            version=version, kind=kind, labels=", labels: {sovlint.dev/data: health}"
        )
    )
    report = json.loads(
        CliRunner()
        .invoke(main, ["scan", str(tmp_path), "--format", "json", "--lang", "en"])
        .stdout
    )
    assert {each["policy"]: each["verdict"] for each in report["findings"]} == {
        "health-data-in-eea": "unproven",
        "health-data-on-certified-host": "unproven",
        "health-data-under-eu-control": "unproven",
        "health-data-on-qualified-service": "unproven",
    }
    said = " ".join(
        CliRunner()
        .invoke(main, ["scan", str(tmp_path), "--full", "--lang", "en"])
        .stdout.split()
    )
    assert f"provider: {kind}.{version.partition('/')[0]} isn't in the catalogue" in said
    assert "Say what it is in an overlay of the catalogue (`catalog:`)" in said


def test_a_kind_that_the_catalogue_lacks_is_not_judged_without_a_class(
    tmp_path: Path,
) -> None:
    (tmp_path / "sovlint.yaml").write_text(CONFIG)
    (tmp_path / "k8s").mkdir()
    (tmp_path / "k8s/a.yaml").write_text(
        UNHEARD.format(version="records.example.org/v1", kind="Store", labels="")
    )

    def findings(*more: str) -> list[dict[str, str]]:
        result = CliRunner().invoke(main, ["scan", str(tmp_path), "--format", "json", *more])
        return list(json.loads(result.stdout)["findings"])

    assert findings() == []
    (finding,) = findings("--assume", "health")
    assert (finding["policy"], finding["verdict"]) == ("assumed-class-judged", "unproven")


PLAIN = """apiVersion: apps/v1
kind: Deployment
metadata: {name: api, labels: {sovlint.dev/data: health}}
spec: {template: {spec: {containers: [{name: a, image: a}]}}}
"""
STEPS = "jobs:\n  deploy:\n    steps:\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            ".github/workflows/a.yml",
            STEPS + "    - run: aws eks update-kubeconfig --name x --region us-east-1\n"
            "    - run: kubectl apply -k k8s/prod\n",
        ),
        (
            ".github/workflows/a.yml",
            STEPS
            + "    - run: |\n        gcloud container clusters get-credentials a --zone us-east1-b\n"
            "        kubectl apply -f k8s/prod/api.yaml\n",
        ),
        (
            ".github/workflows/a.yml",
            STEPS + "    - uses: google-github-actions/get-gke-credentials@v2\n"
            "      with: {cluster_name: a, location: us-east1}\n"
            "    - run: kustomize build k8s/prod | kubectl apply -f -\n",
        ),
        (
            ".github/workflows/a.yml",
            STEPS + "    - run: az aks get-credentials -n $CLUSTER -g rg\n"
            "    - run: kubectl apply --filename=prod\n      working-directory: k8s\n",
        ),
        (
            ".gitlab-ci.yml",
            "deploy:\n  script:\n  - doctl kubernetes cluster kubeconfig save claims\n"
            "  - cd k8s && kubectl apply -f prod/\n",
        ),
        (
            "Makefile",
            "deploy:\n\taws eks update-kubeconfig --name a\n\tkubectl apply -f k8s/prod\n",
        ),
        (
            "deploy.sh",
            "scw k8s kubeconfig install 1 region=nl-ams\nkubectl apply -k k8s/prod\n",
        ),
        ("deploy.sh", "scw k8s kubeconfig install 1 region=nl-ams\nkubectl apply -R -f .\n"),
        (
            "deploy.sh",
            "scw k8s kubeconfig install 1 region=nl-ams\ncd k8s\nkubectl apply -R -f ../\n",
        ),
        (
            "deploy.sh",
            "SCW_DEFAULT_REGION=nl-ams scw k8s kubeconfig install 1\nkubectl apply -k k8s/prod\n",
        ),
    ],
)
def test_a_pipeline_that_deploys_elsewhere_contradicts_the_declaration(
    tmp_path: Path, path: str, text: str
) -> None:
    found = _facts(tmp_path, {path: text})
    assert found["region"] is None
    assert f"(sovlint.yaml:2), but {path}:" in found["said"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "deploy.sh",
            "scw k8s kubeconfig install 1 region=fr-par\nkubectl apply -k k8s/prod\n",
        ),
        ("deploy.sh", "scw k8s kubeconfig install 1\nkubectl apply -k k8s/prod\n"),
        ("deploy.sh", "aws eks update-kubeconfig --name a\nkubectl apply -k k8s/test\n"),
        ("deploy.sh", "aws eks update-kubeconfig --name a\nkubectl get -f k8s/prod\n"),
        ("deploy.sh", "kubectl apply -k k8s/prod\naws eks update-kubeconfig --name a\n"),
        (
            "Makefile",
            "a:\n\taws eks update-kubeconfig --name a\nb:\n\tkubectl apply -f k8s/prod\n",
        ),
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    steps:\n    - run: aws eks update-kubeconfig --name x\n"
            "  b:\n    steps:\n    - run: kubectl apply -k k8s/prod\n",
        ),
    ],
)
def test_what_agrees_or_deploys_something_else_contradicts_nothing(
    tmp_path: Path, path: str, text: str
) -> None:
    found = _facts(tmp_path, {path: text})
    assert (found["region"], found["said"]) == ("fr-par", "")


def test_a_pipeline_fills_nothing_that_is_declared_without_a_region(tmp_path: Path) -> None:
    script = {
        "deploy.sh": "scw k8s kubeconfig install 1 region=fr-par\nkubectl apply -k k8s/prod\n"
    }
    without_region = CONFIG.replace("    region: fr-par\n", "")
    assert _facts(tmp_path, script, without_region)["region"] is None
    undeclared = CONFIG.replace("k8s/**", "other/**").replace("fr-par", "nl-ams")
    assert _facts(tmp_path, script, undeclared)["region"] == "fr-par"


def _facts(root: Path, files: dict[str, str], config: str = CONFIG) -> dict[str, str]:
    """The region of the deployment, and what is said of its cluster."""
    for path, text in {"sovlint.yaml": config, "k8s/prod/api.yaml": PLAIN, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    result = CliRunner().invoke(main, ["facts", str(root), "--format", "json"])
    report = json.loads(result.stdout)
    [found] = [each for each in report["resources"] if each["front_end"] == "kubernetes"]
    said = [each["message"] for each in report["remarks"] if "clusters:" in each["message"]]
    return {"region": found["placements"][0]["region"], "said": " ".join(said)}

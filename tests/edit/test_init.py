"""The drafted configuration: valid as it is written, and each proposal valid once its ``#`` is taken away."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.configuration.read_config import examine, load

PROPOSAL = re.compile(r"^(\s*)#(?=[^ #\n])", re.MULTILINE)
BUCKET = 'resource "aws_s3_bucket" "%s" {\n  tags = {\n    data_class = "%s"\n  }\n}\n'
AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\nspec: {containers: [{name: a, image: a}]}\n"


def drafted(at: Path, language: str = "en") -> str:
    result = CliRunner().invoke(main, ["init", str(at), "--print", "--lang", language])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def tree(at: Path, files: dict[str, str]) -> Path:
    subprocess.run(["git", "init", "-q", str(at)], check=True)
    for name, text in files.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(text)
    return at


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A repository that leaves everything open that there is to ask."""
    return tree(
        tmp_path,
        {
            "infra/main.tf": AWS
            + BUCKET % ("a", "C3")
            + 'resource "aws_s3_bucket" "patients" {}\n',
            "infra/prod.tfvars": "",
            "infra/test.tfvars": "",
            "infra/terraform.tfvars": "",
            "bare/main.tf": 'variable "v" {}\n' + BUCKET % ("b", "anonymous"),
            "modules/unused/main.tf": BUCKET % ("m", "anonymous"),
            "host/main.tf": 'provider "scaleway" {\n  region = "fr-par"\n}\nresource "scaleway_object_bucket" "c" {}\n',
            "k8s/prod/pod.yaml": POD % "one",
            "k8s/prod/more/pod.yaml": POD % "two",
            "k8s/test/pod.yaml": POD % "three",
            "examples/full/main.tf": AWS + BUCKET % ("e", "health"),
            "examples/full/pod.yaml": POD % "four",
        },
    )


def proposals(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if PROPOSAL.match(line)]


def test_everything_open_is_proposed_once(house: Path) -> None:
    assert proposals(drafted(house)) == [
        '#required_version: ">=0.2.0"',
        "#tags: [data-classification, data_class, sovlint-data]",
        "#values:",
        '#"C3": ???',
        "#paths:",
        '#"infra/**": [health]',
        '#- paths: ["k8s/prod/**"]',
        "#provider: ???",
        "#region: ???",
        '#- paths: ["k8s/test/**"]',
        "#provider: ???",
        "#region: ???",
        '#- path: "bare"',
        '#- path: "infra"',
        '#variants: ["prod.tfvars", "test.tfvars"]',
        "#- claim: {qualification: hds}",
        "#subject: {provider: aws, region: eu-west-3}",
        "#evidence: ???",
        "#owner: ???",
        "#issued: ???",
        "#expires: ???",
        '#exclude: ["examples/**"]',
        "#min_classified: ratchet",
        "#baseline: sovlint-baseline.json",
    ]


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "# Does infra/** hold health data? These names suggest it: patients"),
        (
            "fr",
            "# Trouve-t-on dans infra/**\u00a0: données de santé\u00a0? Ces noms le suggèrent\u00a0: patients",
        ),
    ],
)
def test_guesses_are_questions(house: Path, language: str, asked: str) -> None:
    assert f"    {asked}\n" in drafted(house, language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_valid_and_says_nothing_new(house: Path, language: str) -> None:
    (house / "sovlint.yaml").write_text(drafted(house, language))
    config = load(house / "sovlint.yaml", house)
    assert config.policy_set == "sovereign-health"
    assert (config.clusters, config.roots, config.attestations, config.globs_in_use) == (
        (),
        (),
        (),
        (),
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_proposals_are_valid_and_blanks_are_told(house: Path, language: str) -> None:
    text = PROPOSAL.sub(r"\1", drafted(house, language))
    (house / "sovlint.yaml").write_text(text)
    config, problems = examine(house / "sovlint.yaml", house)
    assert len(config.clusters) == 2
    assert [root.variants for root in config.roots] == [(), ("prod.tfvars", "test.tfvars")]
    assert tuple(word for word, _ in config.class_words) == ("???", "health")
    assert config.exclude("examples/full/main.tf")
    told = {problem.message.split(": ")[1] for problem in problems}
    assert told == {"`attestations.0.evidence`", "`attestations.0.owner`"}


def test_no_line_is_wide(house: Path) -> None:
    for language in ("en", "fr"):
        assert max(map(len, drafted(house, language).splitlines())) <= 110


def test_no_folder_of_many_clusters_is_hidden(tmp_path: Path) -> None:
    """What is more than a few stands together, in one entry that is valid as it is."""
    folders = {f"k8s/{number}/{'long' * 9}/pod.yaml": POD % number for number in range(9)}
    text = drafted(tree(tmp_path, folders))
    assert text.count("#provider: ???") == 7
    assert "  # Folders of 3 more clusters, if each" in text
    assert max(map(len, text.splitlines())) <= 110
    (tmp_path / "sovlint.yaml").write_text(PROPOSAL.sub(r"\1", text))
    config, _ = examine(tmp_path / "sovlint.yaml", tmp_path)
    assert [sum(each.matches(path) for path in folders) for each in config.clusters] == [
        *[1] * 6,
        3,
    ]


def test_what_hints_show_of_a_cluster_is_offered_to_be_confirmed(tmp_path: Path) -> None:
    """First, since it takes a look; filled in only where all that lands there agrees."""
    service = (
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: lb\n  annotations:\n"
        "    service.beta.kubernetes.io/scw-loadbalancer-zone: fr-par-1\n"
    )
    files = {f"{name}/pod.yaml": POD % "api" for name in ("k8s", "apps")}
    text = drafted(tree(tmp_path, {**files, "k8s/lb.yaml": service}))
    asked = text[text.index("clusters:") :].partition("\n\n")[0]
    assert [each.strip() for each in asked.splitlines()[2:]] == [
        "# What is filled in is only what hints show: confirm it.",
        '#- paths: ["k8s/**"]',
        '#provider: "scaleway"',
        '#region: "fr-par"',
        '#- paths: ["apps/**"]',
        "#provider: ???",
        "#region: ???",
    ]
    bare = drafted(tree(tmp_path / "bare", files))
    assert "hints" not in bare


def test_other_lists_are_capped_and_that_is_said(tmp_path: Path) -> None:
    roots = {f"infra/{number}/main.tf": BUCKET % ("a", "anonymous") for number in range(9)}
    assert "    # ... and 3 more\n" in drafted(tree(tmp_path, roots))


OVERLAY = "kind: Kustomization\nresources: [../../base]\nnamePrefix: %s-\n"


def test_a_cluster_is_declared_by_the_overlay_that_lands_there(tmp_path: Path) -> None:
    """Not by its base, of which other clusters have an overlay too; filled in, it ends the question."""
    files = {
        "base/pod.yaml": POD % "api",
        "base/kustomization.yaml": "kind: Kustomization\nresources: [pod.yaml]\n",
        "overlays/one/kustomization.yaml": OVERLAY % "one",
        "overlays/two/kustomization.yaml": OVERLAY % "two",
    }
    text = drafted(tree(tmp_path, files))
    assert [each for each in proposals(text) if each.startswith("#- paths")] == [
        '#- paths: ["overlays/one/**"]',
        '#- paths: ["overlays/two/**"]',
    ]
    asked = text[text.index("clusters:") :].partition("\n\n")[0]
    filled = PROPOSAL.sub(r"\1", asked)
    for answer in ("aws", "eu-west-3", "scaleway", "fr-par"):
        filled = filled.replace("???", answer, 1)
    (tmp_path / "sovlint.yaml").write_text(filled)
    result = CliRunner().invoke(main, ["facts", str(tmp_path), "--format", "json"])
    pods = [each for each in json.loads(result.stdout)["resources"] if each["type"] == "Pod"]
    assert sorted(
        (each["root"], at["provider"]) for each in pods for at in each["placements"]
    ) == [("overlays/one", "aws"), ("overlays/two", "scaleway")]


LABELLED = """{{- define "care.labels" -}}
sovlint.dev/data: health
{{- end }}
"""
PATIENTS = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: patients
  labels:
    {{- include "care.labels" . | nindent 4 }}
spec: {template: {spec: {containers: [{name: a, image: a}]}}}
"""
KEPT = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: patients}\nspec: {}\n"


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("", None),
        (KEPT, "# Something in chart/templates/** declares health data;"),
    ],
)
def test_a_class_that_a_helper_of_a_chart_declares_is_declared(
    tmp_path: Path, kept: str, asked: str | None
) -> None:
    chart = {
        "chart/Chart.yaml": "apiVersion: v2\nname: care\nversion: 1.0.0\n",
        "chart/templates/_helpers.tpl": LABELLED,
        "chart/templates/a.yaml": PATIENTS,
        "chart/templates/b.yaml": kept,
    }
    text = drafted(tree(tmp_path, chart))
    assert ("#paths:" in text) is (asked is not None)
    assert asked is None or asked in text
    assert "Does chart/templates/** hold" not in text


def test_a_repository_that_leaves_nothing_open_but_the_hosts_contract(tmp_path: Path) -> None:
    text = drafted(tree(tmp_path, {"main.tf": AWS + BUCKET % ("a", "health")}))
    assert proposals(text) == [
        '#required_version: ">=0.2.0"', "#tags: [data-classification, data_class, sovlint-data]",
        "#- claim: {qualification: hds}", "#subject: {provider: aws, region: eu-west-3}",
        "#evidence: ???", "#owner: ???", "#issued: ???", "#expires: ???",
        "#min_classified: ratchet",
        "#baseline: sovlint-baseline.json",
    ]  # fmt: skip
    assert "Terraform roots: .\n" in text
    assert len(text.splitlines()) < 40


def test_secret_words_and_hostile_names_stay_inside_their_line(tmp_path: Path) -> None:
    bad = "k8s/a\nnew_key: 1\u2028\x1b[31m"
    text = drafted(
        tree(
            tmp_path,
            {
                f"{bad}/pod.yaml": POD % "one",
                "main.tf": AWS + BUCKET % ("a", "https://u:pw@x"),
            },
        )
    )
    assert "\x1b" not in text
    assert "pw@" not in text
    (tmp_path / "sovlint.yaml").write_text(PROPOSAL.sub(r"\1", text))
    config, problems = examine(tmp_path / "sovlint.yaml", tmp_path)
    assert {problem.message.split("`")[1] for problem in problems} == {
        "attestations.0.evidence",
        "attestations.0.owner",
    }
    assert config.clusters[0].matches(f"{bad}/pod.yaml")


ARGO = """apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: %s}
spec: {source: {path: %s}, destination: {%s}}
"""


def test_a_cluster_is_asked_for_once_with_all_that_lands_on_it(tmp_path: Path) -> None:
    """What is applied on the deployer's own cluster is one entry with it, what goes to a destination one by its name."""
    here = "server: https://kubernetes.default.svc"
    tree(
        tmp_path,
        {
            "argo/api.yaml": ARGO % ("api", "apps/api", here),
            "argo/web.yaml": ARGO % ("web", "apps/web", here),
            "argo/far.yaml": ARGO % ("far", "apps/far", "name: far"),
            "argo/near.yaml": ARGO % ("near", "apps/far", "name: near"),
            "apps/api/pod.yaml": POD % "api",
            "apps/web/pod.yaml": POD % "web",
            "apps/far/pod.yaml": POD % "far",
            "alone/pod.yaml": POD % "alone",
        },
    )
    text = drafted(tmp_path)
    asked = [line.strip() for line in text[text.index("clusters:") :].splitlines()]
    assert [line for line in asked if line.startswith(("#- paths", "#dest"))] == [
        '#- paths: ["alone/**"]',
        '#- paths: ["apps/api/**", "apps/web/**", "argo/**"]',
        '#- paths: ["apps/far/**", "argo/**"]',
        '#destinations: ["far"]',
        '#- paths: ["apps/far/**", "argo/**"]',
        '#destinations: ["near"]',
    ]


def test_where_services_of_compose_run_is_asked_a_file(tmp_path: Path) -> None:
    compose = "services: {db: {image: postgres}}\n"
    files = {
        "compose.yaml": compose,
        "of [a]/docker-compose.yml": compose,
        "docker-compose.dev.yml": compose,
    }
    found = proposals(drafted(tree(tmp_path, files)))
    assert [each for each in found if "paths: [" in each] == [
        '#- paths: ["/compose.yaml"]',
        '#- paths: ["/of \\\\[a]/docker-compose.yml"]',
    ]


INGRESS = """apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a}
spec: {rules: [{host: www.acme-mutuelle.fr}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {DATABASE_HOST: db.acme-mutuelle.fr, API_URL: "https://api.registre-public.fr", SMTP_HOST: mail.registre-public.fr}
"""


def test_hosts_of_others_are_told_and_not_proposed(tmp_path: Path) -> None:
    text = drafted(tree(tmp_path, {"a.yaml": INGRESS}))
    assert '#- hosts: ["*.acme-mutuelle.fr"]' in text
    assert "registre-public.fr" in text
    assert not any("registre-public" in each for each in proposals(text))
    assert "#- hosts: [???]" in text

"""``--assume CLASS``: it reaches whatever may carry data, and what nobody can judge of that is no clean result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main

POLICY = "assumed-class-judged"
BACKEND = 'terraform {\n  backend "local" {}\n}\n'
MODULE = 'module "files" {\n  source = "acme/bucket/aws"\n}\n'
NETWORK = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n'
AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
PLAIN = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\ndata: {LOG_LEVEL: info}\n"
ADVICE = "try `--assume"


def scan(
    folder: Path,
    files: dict[str, str],
    *options: str,
    form: str = "text",
    assume: str | None = "health",
) -> Result:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / ".git").mkdir(exist_ok=True)
    assumed = ("--assume", assume) if assume else ()
    arguments = [
        "scan",
        str(folder),
        "--format",
        form,
        "--as-of",
        "2026-11-24",
        "--full",
        *assumed,
        *options,
    ]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def findings(result: Result) -> list[dict[str, Any]]:
    return [
        each for each in json.loads(result.stdout)["findings"] if each["suppressed"] is None
    ]


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Health data may be in this module, and that can't be judged: acme/bucket/aws isn't in this repository",
        ),
        (
            "fr",
            "Données de santé : il peut y en avoir dans ce module, et cela ne peut être jugé : acme/bucket/aws est "
            "absent de ce dépôt",
        ),
    ],
)
def test_an_absent_module_fails_the_run_in_both_languages(
    tmp_path: Path, language: str, sentence: str
) -> None:
    result = scan(tmp_path, {"main.tf": BACKEND + MODULE}, "--lang", language)
    assert sentence in squeezed(result.stdout)
    assert result.exit_code == 1


def test_one_finding_for_a_call_however_many_policies(tmp_path: Path) -> None:
    result = scan(
        tmp_path, {"main.tf": BACKEND + MODULE}, "--policy-set", "strict", form="json"
    )
    (finding,) = findings(result)
    assert (finding["policy"], finding["verdict"], finding["severity"]) == (
        POLICY,
        "unproven",
        "error",
    )
    assert (finding["address"], finding["role"], finding["data"]) == (
        "module.files",
        None,
        ["health"],
    )


@pytest.mark.parametrize("words", ["anonymous", "contact"])
def test_whoever_says_what_a_module_holds_is_believed(tmp_path: Path, words: str) -> None:
    files = {
        "main.tf": BACKEND + MODULE,
        "sovlint.yaml": f'data:\n  addresses: {{"module.files": [{words}]}}\n',
    }
    result = scan(tmp_path, files, form="json")
    assert (findings(result), result.exit_code) == ([], 0)


def test_a_declared_class_is_judged_by_its_own_policies(tmp_path: Path) -> None:
    files = {
        "main.tf": BACKEND + MODULE,
        "sovlint.yaml": 'data:\n  addresses: {"module.files": [health]}\n',
    }
    found = findings(scan(tmp_path, files, form="json"))
    assert POLICY not in {each["policy"] for each in found}
    assert len(found) == 4


def test_an_ignore_comment_covers_the_call_that_it_stands_on_alone(tmp_path: Path) -> None:
    comment = f'# sovlint: ignore[{POLICY}] until=2027-01-31 reason="labels alone"\n'
    files = {"main.tf": BACKEND + comment + MODULE + MODULE.replace("files", "archive")}
    (left,) = findings(scan(tmp_path, files, form="json"))
    assert left["address"] == "module.archive"


def test_calls_of_one_module_are_told_as_one(tmp_path: Path) -> None:
    text = BACKEND + "".join(
        MODULE.replace("files", f"files{number}") for number in range(20)
    )
    result = scan(tmp_path, {"main.tf": text})
    assert result.stdout.count(f"unproven[{POLICY}]") == 1
    assert "module.files0" in result.stdout
    assert "20 errors" in result.stdout


def test_what_is_not_known_of_a_class_is_said_in_the_same_finding(tmp_path: Path) -> None:
    text = BACKEND + 'variable "tags" {}\n' + MODULE.replace("}", "  tags = var.tags\n}")
    (finding,) = findings(scan(tmp_path, {"main.tf": text}, form="json"))
    assert finding["policy"] == POLICY


def test_a_module_that_makes_nothing_is_no_finding(tmp_path: Path) -> None:
    text = BACKEND + MODULE.replace("}", "  count = 0\n}")
    assert findings(scan(tmp_path, {"main.tf": text}, form="json")) == []


@pytest.mark.parametrize("kind", ["K8sAllowedRepos", "Anything"])
def test_a_constraint_of_admission_is_configuration(tmp_path: Path, kind: str) -> None:
    text = f"apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: {kind}\nmetadata: {{name: a}}\n"
    report = json.loads(scan(tmp_path, {"a.yaml": text}, form="json").stdout)
    assert (report["findings"], report["coverage"]["config"]) == ([], 1)


def test_what_says_nothing_of_where_it_sends_data_carries_none(tmp_path: Path) -> None:
    text = "apiVersion: dapr.io/v1alpha1\nkind: HTTPEndpoint\nmetadata: {name: a}\nspec: {}\n"
    assert findings(scan(tmp_path, {"a.yaml": text}, form="json")) == []
    sent = text.replace("spec: {}", "spec: {baseUrl: 'https://api.pagerduty.com'}")
    assert {
        each["role"] for each in findings(scan(tmp_path, {"a.yaml": sent}, form="json"))
    } == {"processor"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "NOTHING WAS JUDGED: whatever was found (1 resource) is configuration that carries no data",
        ),
        (
            "fr",
            "RIEN N'A ÉTÉ JUGÉ : tout ce qui a été trouvé (1 ressource) est de la configuration sans données",
        ),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown", "github"])
def test_no_message_advises_a_switch_that_was_given(
    tmp_path: Path, language: str, sentence: str, form: str
) -> None:
    result = scan(tmp_path, {"main.tf": AWS + NETWORK}, "--lang", language, form=form)
    told = squeezed(result.stdout.replace("\u2060", "").replace("\\", ""))
    assert (sentence in told) is (form != "text"), (
        "of a text, stderr tells whoever doesn't read it"
    )
    assert sentence in squeezed(result.stderr)
    assert ADVICE not in result.output
    assert "lancez `--assume" not in result.output
    assert result.exit_code == 0


def test_without_it_the_switch_is_advised(tmp_path: Path) -> None:
    result = scan(tmp_path, {"main.tf": AWS + NETWORK}, assume=None)
    assert squeezed(result.output).count(ADVICE) == 1
    assert ADVICE in result.stderr


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "NOTHING WAS JUDGED: nobody can judge what was found (2 resources), configuration that carries no data "
            "apart",
        ),
        (
            "fr",
            "RIEN N'A ÉTÉ JUGÉ : ce qui a été trouvé (2 ressources) ne peut être jugé, hors configuration sans données",
        ),
    ],
)
def test_what_cannot_be_judged_carries_no_class(
    tmp_path: Path, language: str, sentence: str
) -> None:
    result = scan(tmp_path, {"main.tf": AWS + NETWORK + MODULE}, "--lang", language)
    assert sentence in squeezed(result.stderr)
    assert result.exit_code == 1
    report = json.loads(scan(tmp_path, {}, form="json").stdout)
    assert report["coverage"]["classified"] == 0


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Recognised, and not read by sovlint, so that nothing in it is judged: "
            "Bicep (1 file: main.bicep), Jsonnet (2 files: lib/a.jsonnet, lib/b.libsonnet).",
        ),
        (
            "fr",
            "Reconnu, et non lu par sovlint, si bien que rien n'y est jugé : "
            "Bicep (1 fichier : main.bicep), Jsonnet (2 fichiers : lib/a.jsonnet, lib/b.libsonnet).",
        ),
    ],
)
def test_what_nobody_reads_is_told_and_alone_is_nothing_to_scan(
    tmp_path: Path, language: str, sentence: str
) -> None:
    files = {
        "plain.yaml": PLAIN,
        "main.bicep": "",
        "lib/a.jsonnet": "{}\n",
        "lib/b.libsonnet": "{}\n",
    }
    result = scan(tmp_path, files, "--lang", language)
    assert sentence in squeezed(result.stdout)
    assert sentence in squeezed(result.stderr)
    assert result.exit_code == 3
    coverage = json.loads(scan(tmp_path, {}, form="json").stdout)["coverage"]
    assert coverage["unread"] == [
        {"kind": "bicep", "files": 1, "paths": ["main.bicep"]},
        {"kind": "jsonnet", "files": 2, "paths": ["lib/a.jsonnet", "lib/b.libsonnet"]},
    ]
    assert coverage["skipped"] == 0


def test_nothing_but_what_nobody_reads_is_nothing_to_scan(tmp_path: Path) -> None:
    result = scan(tmp_path, {"main.bicep": "", "Pulumi.yaml": "name: a\n"})
    assert result.exit_code == 3
    assert "Bicep (1 file: main.bicep), Pulumi (1 file: Pulumi.yaml)" in squeezed(
        result.stderr
    )


def test_facts_tell_it_too(tmp_path: Path) -> None:
    scan(tmp_path, {"plain.yaml": PLAIN, "Vagrantfile": ""})
    told = CliRunner().invoke(
        main, ["facts", str(tmp_path), "--format", "json"], catch_exceptions=False
    )
    assert json.loads(told.stdout)["coverage"]["unread"] == [
        {"kind": "vagrant", "files": 1, "paths": ["Vagrantfile"]}
    ]
    shown = CliRunner().invoke(main, ["facts", str(tmp_path)], catch_exceptions=False)
    assert "Vagrant (1 file: Vagrantfile)" in squeezed(shown.stdout)


def test_what_is_read_all_the_same_is_not_among_them(tmp_path: Path) -> None:
    report = json.loads(scan(tmp_path, {"playbooks/k8s.yaml": PLAIN}, form="json").stdout)
    assert (report["coverage"]["files"], report["coverage"]["unread"]) == (1, [])


RELEASE = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: agent}
spec: {chart: {spec: {chart: watcher}}}
"""
ON_A_HOST = "clusters:\n  - {paths: ['**'], provider: scaleway, region: fr-par}\n"
ATTESTED = (
    "attestations:\n  - {claim: {qualification: hds}, subject: {provider: scaleway, region: fr-par}, "
    "evidence: contract, owner: dpo, issued: 2026-10-01, expires: 2027-10-01}\n"
)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Health data may be sent elsewhere from here, and that can't be judged: charts that aren't in this "
            "repository, or can't be rendered (watcher)",
        ),
        (
            "fr",
            "Données de santé : il peut en être envoyé ailleurs d'ici, et cela ne peut être jugé : charts absents de "
            "ce dépôt, ou qui ne peuvent être rendus (watcher)",
        ),
    ],
)
def test_what_a_chart_from_elsewhere_sends_is_not_known(
    tmp_path: Path, language: str, sentence: str
) -> None:
    files = {"a.yaml": RELEASE, "sovlint.yaml": ON_A_HOST + ATTESTED}
    result = scan(tmp_path, files, "--policy-set", "statutory", "--lang", language)
    assert sentence in squeezed(result.stdout)
    assert result.exit_code == 1


WAIVED = (
    "waivers:\n  - {policy: health-data-on-certified-host, paths: ['**'], reason: being moved, owner: dpo, "
    "approver: ciso, ticket: A-1, issued: 2026-11-01, expires: 2027-01-01}\n"
)


@pytest.mark.parametrize(
    ("waivers", "more"), [("", {"health-data-on-certified-host"}), (WAIVED, set())]
)
def test_a_chart_from_elsewhere_is_told_whatever_else_is_amiss_or_waived(
    tmp_path: Path, waivers: str, more: set[str]
) -> None:
    files = {"a.yaml": RELEASE, "sovlint.yaml": ON_A_HOST + waivers}
    result = scan(tmp_path, files, "--policy-set", "statutory", form="json")
    assert [each["policy"] for each in findings(result)].count(POLICY) == 1
    assert {each["policy"] for each in findings(result)} == {POLICY, *more}
    assert result.exit_code == 1


TERRAFORM_RELEASE = """resource "scaleway_k8s_cluster" "c" {
  name   = "c"
  region = "fr-par"
}
provider "helm" {
  kubernetes {
    host = scaleway_k8s_cluster.c.kubeconfig[0].host
  }
}
resource "helm_release" "r" {
  name  = "r"
  chart = "@"
}
"""
SCALEWAY = 'terraform {\n  required_providers {\n    scaleway = { source = "scaleway/scaleway" }\n  }\n}\n'


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        ("watcher", True),
        ("./charts/here", False),
        ("${path.module}/charts/here", False),
        ("./charts/gone", True),
    ],
)
def test_a_chart_from_elsewhere_that_terraform_installs_is_told_too(
    tmp_path: Path, chart: str, told: bool
) -> None:
    files = {
        "main.tf": SCALEWAY + TERRAFORM_RELEASE.replace("@", chart),
        "charts/here/Chart.yaml": "apiVersion: v2\nname: here\nversion: 1.0.0\n",
        "sovlint.yaml": ON_A_HOST + ATTESTED,
    }
    found = findings(scan(tmp_path, files, "--policy-set", "statutory", form="json"))
    charts = [each["message"] for each in found if each["policy"] == POLICY]
    assert [chart.rpartition("/")[2] in each for each in charts] == [True] * told


def test_a_release_whose_class_is_declared_is_judged_as_before(tmp_path: Path) -> None:
    text = RELEASE.replace(
        "{name: agent}", "{name: agent, labels: {sovlint.dev/data: health}}"
    )
    files = {"a.yaml": text, "sovlint.yaml": ON_A_HOST + ATTESTED}
    assert findings(scan(tmp_path, files, "--policy-set", "statutory", form="json")) == []


BUCKET = 'resource "aws_s3_bucket" "a" {\n  tags = { data-classification = "health" }\n@}\n'


def test_a_module_that_has_a_template_may_hold_more_than_is_read_of_it(
    tmp_path: Path,
) -> None:
    torn = BUCKET.replace("@", '  {{ if .y }}\n  region = "us-east-1"\n  {{ end }}\n')
    call = 'module "m" {\n  source = "./m"\n}\n'
    result = scan(tmp_path, {"main.tf": AWS + call, "m/main.tf": torn}, form="json")
    told = {each["address"] for each in findings(result) if each["policy"] == POLICY}
    assert told == {"module.m"}
    assert "module.m.aws_s3_bucket.a" in {each["address"] for each in findings(result)}
    assert result.exit_code == 1


def test_what_stands_in_a_condition_of_a_template_may_not_be_there(tmp_path: Path) -> None:
    within = "{{- if .x }}\n" + BUCKET.replace("@", "") + "{{- end }}\n"
    after = within + BUCKET.replace("@", "").replace('"a"', '"b"')
    scan(tmp_path, {"main.tf": AWS, "t.tf": after})
    told = CliRunner().invoke(
        main, ["facts", str(tmp_path), "--format", "json"], catch_exceptions=False
    )
    unknown = {
        each["address"]: each["unknown"] for each in json.loads(told.stdout)["resources"]
    }
    assert unknown == {
        "aws_s3_bucket.a": {"exists": "templated: t.tf"},
        "aws_s3_bucket.b": {},
    }


def test_what_is_assumed_is_not_carried(tmp_path: Path) -> None:
    """``--min-classified`` asks for classes that somebody declares, or that are shown."""
    (tmp_path / "main.tf").write_text('resource "scaleway_object_bucket" "a" {}\n')
    asked = ["scan", str(tmp_path), "--min-classified", "100", "--full"]
    assert CliRunner().invoke(main, asked).exit_code == 1
    for assumed in ("anonymous", "health"):
        result = CliRunner().invoke(main, [*asked, "--assume", assumed, "--fail-on", "never"])
        assert result.exit_code == 1
        assert "For 1, it is only assumed." in " ".join(result.stdout.split())

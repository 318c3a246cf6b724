"""Merge requests that edit what they are judged by, in made histories: the rules of the target decide of what they bring."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pytest
import yaml
from msgspec import Struct

from tests import scratch
from tests.exceptions.house import (
    CONTROL,
    EEA,
    QUALIFIED,
    Json,
    committed,
    counting,
    run,
    scan,
)
from tests.git_house import git

ABROAD: Final = 'provider "aws" {\n  region = "us-east-1"\n}\n'
HOME: Final = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
CONFIGURATION: Final = "policy_set: house.yaml\n"
SET: Final = "id: house\ntitle: House\npolicies: [health-data-in-eea]\n"


def bucket(name: str, data: str = "health") -> str:
    return f'resource "aws_s3_bucket" "{name}" {{\n  bucket = "{name}"\n  tags   = {{ data_class = "{data}" }}\n}}\n'


def waiver(address: str) -> str:
    return (
        "waivers:\n"
        f"  - {{policy: {EEA}, addresses: ['{address}'], reason: moves, owner: platform, approver: dpo, ticket: T-1,\n"
        "     issued: 2026-11-01, expires: 2026-12-30}\n"
    )


DEPLOYMENT: Final = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME, namespace: claims, labels: {sovlint.dev/data: health}}
spec:
  template:
    metadata: {labels: {sovlint.dev/data: health}}
    spec:
      containers: [{name: app, image: acme/app}]
"""
APP: Final = DEPLOYMENT.replace("NAME", "app").replace(
    "acme/app", "registry.acme.example/app:1"
)
REBUILT: Final = APP.replace("example/app", "example/api")
IMAGE: Final = (
    APP.replace("app,", "records,")
    .replace("claims", "other")
    .replace("Deployment", "StatefulSet")
)
OTHER: Final = IMAGE.replace("acme.example/app", "acme.example/records")
SERVICE: Final = (
    "services:\n  db:\n    image: postgres:16\n    labels: {sovlint.dev/data: health}\n"
    "    volumes: ['records:/data']\nvolumes:\n  records:\n"
)
STATE: Final = 'terraform {\n  backend "s3" {\n    bucket = "b"\n    key    = "k"\n    region = "eu-west-3"\n  }\n}\n'


def unknown(text: str) -> str:
    """Terraform whose buckets are of a type that nobody knows."""
    return text.replace('aws_s3_bucket"', 'aws_s3_hoard"')


def bare(text: str) -> str:
    """A manifest without its labels."""
    label = "labels: {sovlint.dev/data: health}"
    for each in (f", {label}", f"    metadata: {{{label}}}\n", f"    {label}\n"):
        text = text.replace(each, "")
    return text


ASSUMED: Final = "data:\n  assume: health\n"
BARE: Final = 'resource "aws_s3_bucket" "new" {\n  bucket = "n"\n}\n'
NAMESPACE: Final = "apiVersion: v1\nkind: Namespace\nmetadata: {name: claims, labels: {sovlint.dev/data: C3}}\n"
IN_VIRGINIA: Final = "clusters:\n  - {paths: ['k8s/**'], provider: aws, region: us-east-1}\n"
IN_PARIS: Final = "clusters:\n  - {paths: ['k8s/**'], provider: aws, region: eu-west-3}\n"
ROOT: Final = 'variable "region" {\n  default = "eu-west-3"\n}\nprovider "aws" {\n  region = var.region\n}\n'
OVERLAY: Final = """\
replaces: true
id: aws
name: Amazon Web Services
kind: cloud
status: active
operator: amazon-com
own_technology: {source: own}
sources:
  own: {url: "https://example.com/a", date: "2026-11-01", supports: regions, basis: read}
regions:
  us-east-1: {country: FR, source: own}
  eu-west-3: {country: FR, source: own}
"""


class Case(Struct, frozen=True):
    """A change: the files of the target and those that the change writes, and what it brings that counts.

    ``told``: the file that is listed as edited, and a key of it. ``options`` are those without which it can't run.
    """

    name: str
    base: dict[str, str]
    change: dict[str, str]
    counts: tuple[tuple[str, str], ...]
    told: tuple[str, str]
    options: tuple[str, ...] = ()


BASE: Final = {
    "sovlint.yaml": CONFIGURATION,
    "house.yaml": SET,
    "main.tf": ABROAD + bucket("old"),
}
NEW: Final = {"new.tf": bucket("new")}
BROUGHT: Final = ((EEA, "aws_s3_bucket.new"),)

CASES: Final = (
    Case(
        "it empties the policy set",
        BASE,
        NEW | {"house.yaml": SET.replace("health-data-in-eea", "insured-identity-in-eea")},
        BROUGHT,
        ("house.yaml", "policies"),
    ),
    Case(
        "it names another set",
        BASE,
        NEW | {"sovlint.yaml": "policy_set: own.yaml\n", "own.yaml": SET.replace("id: house", "id: own").replace(
            "health-data-in-eea", "insured-identity-in-eea")},
        BROUGHT,
        ("sovlint.yaml", "policy_set"),
    ),
    Case(
        "it lowers a severity",
        BASE,
        NEW | {"house.yaml": SET.replace("[health-data-in-eea]", "[{id: health-data-in-eea, severity: note}]")},
        BROUGHT,
        ("house.yaml", "policies"),
    ),
    Case(
        "it puts a region abroad in France by an overlay",
        BASE,
        NEW | {"sovlint.yaml": CONFIGURATION + "catalog: [overlay]\n", "overlay/providers/aws.yaml": OVERLAY},
        BROUGHT,
        ("sovlint.yaml", "catalog"),
        ("--trust-overlay",),
    ),
    Case(
        "it excludes what it brings",
        BASE,
        NEW | {"sovlint.yaml": CONFIGURATION + "exclude: [new.tf]\n"},
        BROUGHT,
        ("sovlint.yaml", "exclude"),
    ),
    Case(
        "a waiver comes with its bucket",
        BASE,
        NEW | {"sovlint.yaml": CONFIGURATION + waiver("aws_s3_bucket.new")},
        BROUGHT,
        ("sovlint.yaml", "waivers"),
    ),
    Case(
        "a file of waivers comes with its bucket",
        BASE | {"sovlint.yaml": CONFIGURATION + "waivers: w.yaml\n", "w.yaml": waiver("aws_s3_bucket.old")},
        NEW | {"w.yaml": waiver("aws_s3_bucket.*")},
        BROUGHT,
        ("w.yaml", "waivers"),
    ),
    Case(
        "an ignore comment comes with its bucket",
        BASE,
        {"new.tf": f'# sovlint: ignore[{EEA}] reason="trust me"\n' + bucket("new")},
        BROUGHT,
        ("new.tf", f"ignore[{EEA}]"),
    ),
    Case(
        "an old ignore comment moves to a new bucket",
        BASE | {"main.tf": ABROAD + f'# sovlint: ignore[{EEA}] reason="moves"\n' + bucket("old")},
        {"main.tf": ABROAD + f'# sovlint: ignore[{EEA}] reason="moves"\n' + bucket("new")},
        BROUGHT,
        ("", ""),
    ),
    Case(
        "it takes the assumed class away",
        BASE | {"sovlint.yaml": CONFIGURATION + "data: {assume: health}\n"},
        {"new.tf": 'resource "aws_s3_bucket" "new" {\n  bucket = "n"\n}\n', "sovlint.yaml": CONFIGURATION},
        BROUGHT,
        ("sovlint.yaml", "data.assume"),
    ),
    Case(
        "it takes a word of the house away",
        BASE | {"sovlint.yaml": CONFIGURATION + "data: {values: {C3: [health]}}\n"},
        {"new.tf": bucket("new", "C3"), "sovlint.yaml": CONFIGURATION + "data: {values: {C3: [anonymous]}}\n"},
        BROUGHT,
        ("sovlint.yaml", "data.values.C3"),
    ),
    Case(
        "it takes a key of the house away",
        BASE | {"sovlint.yaml": CONFIGURATION + "data: {tags: [kind]}\n"},
        {"new.tf": bucket("new").replace("data_class", "kind"), "sovlint.yaml": CONFIGURATION},
        BROUGHT,
        ("sovlint.yaml", "data.tags"),
    ),
    Case(
        "it takes paths of data away",
        BASE | {"sovlint.yaml": CONFIGURATION + "data: {paths: {'*.tf': [health]}}\n"},
        {"new.tf": 'resource "aws_s3_bucket" "new" {\n  bucket = "n"\n}\n', "sovlint.yaml": CONFIGURATION},
        BROUGHT,
        ("sovlint.yaml", "data.paths.*.tf"),
    ),
    Case(
        "it says of what it brings that nothing personal is in it",
        BASE | {"sovlint.yaml": CONFIGURATION + ASSUMED},
        {"new.tf": BARE, "sovlint.yaml": CONFIGURATION + ASSUMED + "  paths: {new.tf: anonymous}\n"},
        BROUGHT,
        ("sovlint.yaml", "data.paths.new.tf"),
    ),
    Case(
        "it declares of what it brings something that no policy binds",
        BASE | {"sovlint.yaml": CONFIGURATION + ASSUMED},
        {"new.tf": BARE, "sovlint.yaml": CONFIGURATION + ASSUMED + "  addresses: {'*.new': contact}\n"},
        BROUGHT,
        ("sovlint.yaml", "data.addresses.*.new"),
    ),
    Case(
        "it lets another tag declare",
        BASE | {"sovlint.yaml": CONFIGURATION + ASSUMED},
        {"new.tf": bucket("new", "anonymous").replace("data_class", "visibility"),
         "sovlint.yaml": CONFIGURATION + ASSUMED + "  tags: [visibility]\n"},
        BROUGHT,
        ("sovlint.yaml", "data.tags"),
    ),
    Case(
        "it lets a word of the house mean something",
        {"sovlint.yaml": CONFIGURATION + "data: {values: {C3: [health]}}\n" + IN_VIRGINIA, "house.yaml": SET,
         "k8s/old.yaml": NAMESPACE},
        {"sovlint.yaml": CONFIGURATION + "data: {values: {C3: [health], C0: [anonymous]}}\n" + IN_VIRGINIA,
         "k8s/new.yaml": DEPLOYMENT.replace("NAME", "new").replace("sovlint.dev/data: health", "sovlint.dev/data: C0")},
        ((EEA, "k8s:claims/Deployment/new"), ("data-class-known", "k8s:claims/Deployment/new")),
        ("sovlint.yaml", "data.values.C0"),
    ),
    Case(
        "a cluster moves by word of the configuration alone",
        {"sovlint.yaml": CONFIGURATION + IN_VIRGINIA, "house.yaml": SET,
         "k8s/old.yaml": DEPLOYMENT.replace("NAME", "old")},
        {"sovlint.yaml": CONFIGURATION + IN_PARIS, "k8s/new.yaml": DEPLOYMENT.replace("NAME", "new")},
        ((EEA, "k8s:claims/Deployment/new"),),
        ("sovlint.yaml", "clusters"),
    ),
    Case(
        "it reads a root with other values",
        BASE | {"main.tf": "", "prod/main.tf": ROOT + bucket("old"), "prod/prod.tfvars": 'region = "us-east-1"\n',
                "sovlint.yaml": CONFIGURATION + "terraform: {roots: [{path: prod, var_files: [prod.tfvars]}]}\n"},
        {"prod/new.tf": bucket("new"), "prod/dev.tfvars": 'region = "eu-west-3"\n',
         "sovlint.yaml": CONFIGURATION + "terraform: {roots: [{path: prod, var_files: [dev.tfvars]}]}\n"},
        BROUGHT,
        ("sovlint.yaml", "terraform.roots"),
    ),
    Case(
        "it gives a variable another value in the configuration",
        BASE | {"main.tf": ROOT.replace("eu-west-3", "us-east-1") + bucket("old")},
        NEW | {"sovlint.yaml": CONFIGURATION + "terraform: {vars: {region: eu-west-3}}\n"},
        BROUGHT,
        ("sovlint.yaml", "terraform.vars.region"),
    ),
    Case(
        "it ignores the files that it tracks",
        BASE,
        NEW | {".gitignore": "new.tf\n"},
        BROUGHT,
        (".gitignore", "+"),
    ),
)  # fmt: skip


def merged(folder: Path, base: dict[str, str], change: dict[str, str]) -> Path:
    """A target and a change on it; what the change ignores is tracked all the same."""
    committed(folder, {path: text for path, text in base.items() if text})
    ignored = {path: text for path, text in change.items() if path == ".gitignore"}
    committed(folder, {path: text for path, text in change.items() if path not in ignored})
    if ignored:
        (folder / ".gitignore").write_text(ignored[".gitignore"])
        git(folder, "add", "--all", "--force")
        git(folder, "commit", "--quiet", "--amend", "--message", "change")
    return folder


def judged(folder: Path, *options: str) -> Json:
    return scan(
        folder, "--diff-base", "HEAD~1", "--rules-from", "HEAD~1", *options, configured=True
    )


def edits(report: Json) -> set[tuple[str, str]]:
    """File and key of everything that the change edits of what governs the run."""
    kinds = ("rule-change", "ignore-change")
    return {
        (path, detail["name"])
        for rule in report["rules"]
        if rule["kind"] in kinds
        for path in rule["names"]
        for detail in rule["details"]
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_judged_by_the_rules_of_the_target(tmp_path: Path, case: Case) -> None:
    folder = merged(tmp_path, case.base, case.change)
    report = judged(folder, *case.options)
    brought = {each for each in counting(report) if each[0] != "data-class-removed"}
    assert brought == set(case.counts)
    assert report["code"] == 1
    if case.told[0]:
        assert case.told in edits(report)
    assert "rules-from" in {rule["kind"] for rule in report["rules"]}


ANYHOW: Final = ("it lowers a severity", "it ignores the files that it tracks")
"""Changes that a run by their own rules finds all the same."""


@pytest.mark.parametrize(
    "case", [each for each in CASES if each.name not in ANYHOW], ids=lambda case: case.name
)
def test_by_its_own_rules_it_would_pass(tmp_path: Path, case: Case) -> None:
    """Else a case would show nothing. What it edits is listed all the same."""
    folder = merged(tmp_path, case.base, case.change)
    report = scan(folder, "--diff-base", "HEAD~1", *case.options, configured=True)
    assert not set(case.counts) & counting(report)
    assert not case.told[0] or case.told in edits(report)


FORMATS: Final = (
    "text",
    "markdown",
    "github",
    "sarif",
    "junit",
    "gitlab-codequality",
    "gitlab-sast",
)
EDITED: Final = {"en": "The change edits", "fr": "Le changement modifie"}


def said(folder: Path, form: str, language: str, *more: str) -> str:
    """A report, each run of blanks as one."""
    options = (
        "--diff-base",
        "HEAD~1",
        "--rules-from",
        "HEAD~1",
        "--format",
        form,
        "--lang",
        language,
    )
    return " ".join(
        run(folder, *options, *more, configured=True).stdout.replace("\\n", "\n").split()
    )


@pytest.mark.parametrize(
    "case", [each for each in CASES if each.told[0]], ids=lambda case: case.name
)
def test_in_words(tmp_path: Path, case: Case) -> None:
    folder = merged(tmp_path, case.base, case.change)
    for language, words in EDITED.items():
        text = said(folder, "text", language, *case.options)
        assert words in text
        assert case.told[0] in text[text.index(words) :]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_lists_what_it_edits_and_by_what_it_is_judged(
    tmp_path: Path, form: str
) -> None:
    folder = merged(tmp_path, CASES[0].base, CASES[0].change)
    judged_by = {
        "en": "is judged by the rules of HEAD",
        "fr": "est jugé selon les règles de HEAD",
    }
    for language, words in EDITED.items():
        text = said(folder, form, language)
        assert words in text
        assert judged_by[language] in text.replace("\\", "")


def reasons(report: Json) -> dict[tuple[str, str], str]:
    """By policy and address, why a finding doesn't count."""
    return {
        (each["policy"], each["address"]): each["suppressed"]["reason"]
        for each in report["findings"]
        if each["suppressed"]
    }


def remarks(report: Json, address: str) -> str:
    return " ".join(
        remark
        for each in report["findings"]
        if each["address"] == address
        for remark in each["remarks"]
    )


OLD: Final = (EEA, "aws_s3_bucket.old")


class TestWhatStoodBefore:
    """It is judged by either, the milder."""

    def stood(self, folder: Path) -> Json:
        """What is said without ``--diff-base``: all that stands counts, unless it is excused."""
        return scan(folder, "--rules-from", "HEAD~1", configured=True)

    def test_it_counts(self, tmp_path: Path) -> None:
        folder = merged(tmp_path, BASE, NEW)
        assert counting(self.stood(folder)) == {OLD, *BROUGHT}

    def test_a_waiver_for_it_passes(self, tmp_path: Path) -> None:
        change = {"sovlint.yaml": CONFIGURATION + waiver("aws_s3_bucket.old")}
        folder = merged(tmp_path, BASE, change)
        for report in (self.stood(folder), judged(folder)):
            assert (counting(report), report["code"]) == (set(), 0)
            assert reasons(report)[OLD] == "moves"

    def test_an_ignore_comment_for_it_passes(self, tmp_path: Path) -> None:
        comment = f'# sovlint: ignore[{EEA}] reason="moves"\n'
        folder = merged(tmp_path, BASE, {"main.tf": ABROAD + comment + bucket("old")})
        report = self.stood(folder)
        assert (counting(report), reasons(report)[OLD], report["code"]) == (set(), "moves", 0)

    def test_a_waiver_of_the_target_that_is_taken_away(self, tmp_path: Path) -> None:
        base = BASE | {"sovlint.yaml": CONFIGURATION + waiver("aws_s3_bucket.old")}
        report = self.stood(merged(tmp_path, base, {"sovlint.yaml": CONFIGURATION}))
        assert (counting(report), reasons(report)[OLD]) == (set(), "moves")

    def test_a_comment_of_the_target_that_is_taken_away(self, tmp_path: Path) -> None:
        comment = f'# sovlint: ignore[{EEA}] reason="moves"\n'
        base = BASE | {"main.tf": ABROAD + comment + bucket("old")}
        report = self.stood(merged(tmp_path, base, {"main.tf": ABROAD + bucket("old")}))
        assert (counting(report), reasons(report)[OLD]) == (set(), "moves")

    def test_a_stricter_set_asks_nothing_of_it(self, tmp_path: Path) -> None:
        """Nor of what it would find only then; of what comes with it, it does."""
        stricter = SET.replace("health-data-in-eea", f"health-data-in-eea, {CONTROL}")
        report = judged(merged(tmp_path, BASE, NEW | {"house.yaml": stricter}))
        assert counting(report) == {*BROUGHT, (CONTROL, "aws_s3_bucket.new")}
        assert reasons(report)[(CONTROL, "aws_s3_bucket.old")] == (
            "by the rules of HEAD~1 there is no such finding"
        )

    def test_what_became_worse_is_held_to_the_rules_of_the_target(
        self, tmp_path: Path
    ) -> None:
        base = BASE | {"main.tf": HOME + bucket("old")}
        change = {
            "main.tf": ABROAD + bucket("old"),
            "sovlint.yaml": CONFIGURATION + waiver("*"),
        }
        report = judged(merged(tmp_path, base, change))
        assert counting(report) == {OLD}
        assert "by those of the change a waiver would excuse it" in remarks(report, OLD[1])

    def test_a_second_one_of_a_name_does_not_take_the_place_of_an_excused_one(
        self, tmp_path: Path
    ) -> None:
        """Manifests have no root: two may have one address."""
        base = {"sovlint.yaml": CONFIGURATION + IN_VIRGINIA, "house.yaml": SET,
                "k8s/a/old.yaml": DEPLOYMENT.replace("NAME", "old")}  # fmt: skip
        change = {"k8s/b/old.yaml": DEPLOYMENT.replace("NAME", "old"),
                  "sovlint.yaml": CONFIGURATION + IN_VIRGINIA + waiver("k8s:claims/Deployment/old")}  # fmt: skip
        report = judged(merged(tmp_path, base, change))
        assert {each["path"] for each in report["findings"] if not each["suppressed"]} == {
            "k8s/b/old.yaml"
        }


class TestRulesThatWait:
    """A rule counts for what comes after it: first the rule, then what needs it."""

    def test_a_waiver_of_the_target_excuses_what_comes(self, tmp_path: Path) -> None:
        base = BASE | {"sovlint.yaml": CONFIGURATION + waiver("aws_s3_bucket.new")}
        report = judged(merged(tmp_path, base, NEW))
        assert (counting(report), report["code"]) == (set(), 0)

    def test_a_baseline_that_is_extended(self, tmp_path: Path) -> None:
        named = CONFIGURATION + "baseline: b.json\n"
        committed(tmp_path, BASE | {"sovlint.yaml": CONFIGURATION})
        run(tmp_path, "--write-baseline", tmp_path / "b.json", configured=True)
        committed(tmp_path, {"sovlint.yaml": named})
        assert scan(tmp_path, configured=True)["code"] == 0
        (tmp_path / "new.tf").write_text(bucket("new"))
        run(tmp_path, "--write-baseline", tmp_path / "b.json", configured=True)
        committed(tmp_path, {})
        assert scan(tmp_path, configured=True)["code"] == 0, "by its own rules it passes"
        report = judged(tmp_path)
        assert counting(report) == set(BROUGHT)
        assert ("b.json", "entries") in edits(report)
        assert "the baseline would excuse it" in remarks(report, "aws_s3_bucket.new")

    def test_an_attestation_that_comes_with_what_it_is_about(self, tmp_path: Path) -> None:
        unknown = 'variable "region" {\n  type = string\n}\nprovider "aws" {\n  region = var.region\n}\n'
        attested = (
            "attestations:\n  - claim: {country: FR}\n    subject: {addresses: [aws_s3_bucket.*]}\n"
            "    evidence: contract 1\n    owner: dpo\n    approver: ciso\n    issued: 2026-10-01\n"
            "    expires: 2027-09-30\n"
        )
        base = BASE | {"main.tf": unknown + bucket("old")}
        change = NEW | {"sovlint.yaml": CONFIGURATION + attested}
        report = judged(merged(tmp_path, base, change))
        assert counting(report) == set(BROUGHT)
        assert ("sovlint.yaml", "attestations") in edits(report)
        assert "The change attests it at sovlint.yaml:" in remarks(
            report, "aws_s3_bucket.new"
        )
        later = committed(tmp_path, {"third.tf": bucket("third")})
        assert later
        assert counting(judged(tmp_path)) == set()

    def test_where_a_new_folder_lands_is_the_change_s_to_say(self, tmp_path: Path) -> None:
        """Of a folder that the target has, it isn't."""
        base = {"sovlint.yaml": CONFIGURATION, "house.yaml": SET,
                "k8s/old.yaml": DEPLOYMENT.replace("NAME", "old")}  # fmt: skip
        change = {"k8s/new/a.yaml": DEPLOYMENT.replace("NAME", "a"),
                  "k8s/b.yaml": DEPLOYMENT.replace("NAME", "b"), "sovlint.yaml": CONFIGURATION + IN_PARIS}  # fmt: skip
        report = judged(merged(tmp_path, base, change))
        assert counting(report) == {(EEA, "k8s:claims/Deployment/b")}
        counting_ones = [each for each in report["findings"] if not each["suppressed"]]
        assert {each["verdict"] for each in counting_ones} == {"unproven"}

    def test_a_new_root_and_its_values(self, tmp_path: Path) -> None:
        root = ROOT.replace('\n  default = "eu-west-3"\n', " ")
        change = {"infra/new/main.tf": root + bucket("n"), "infra/new/e.values.tfvars": 'region = "eu-west-3"\n',
                  "sovlint.yaml": CONFIGURATION
                  + "terraform: {roots: [{path: infra/new, var_files: [e.values.tfvars]}]}\n"}  # fmt: skip
        assert counting(judged(merged(tmp_path, BASE, change))) == set()


class TestWhoseRules:
    def test_a_target_without_configuration(self, tmp_path: Path) -> None:
        base = {"main.tf": ABROAD + bucket("old")}
        change = NEW | {"sovlint.yaml": CONFIGURATION + waiver("*"), "house.yaml": SET}
        report = judged(merged(tmp_path, base, change))
        assert (counting(report), report["code"]) == (set(), 0)
        (rule,) = [each for each in report["rules"] if each["kind"] == "rules-absent"]
        assert rule["message"].startswith("There is no configuration at HEAD~1 (")
        (more,) = [each for each in report["rules"] if each["kind"] == "shipped-more"]
        assert more["names"] == [str(len(more["details"]))]
        assert {each["name"] for each in more["details"]} >= {
            f"{EEA} aws_s3_bucket.new (new.tf:1)",
            f"{CONTROL} aws_s3_bucket.new (new.tf:1)",
        }
        assert not any("aws_s3_bucket.old" in each["name"] for each in more["details"])

    def test_the_first_configuration_that_leaves_out_what_comes_with_it(
        self, tmp_path: Path
    ) -> None:
        """It may, and is told; where it takes nothing away there is nothing to tell."""
        base = {"main.tf": HOME + bucket("old")}
        abroad = {"b/main.tf": ABROAD + bucket("new")}
        for name, config, most in (
            ("excluded", "exclude: ['b/**']\n", 4),
            ("waived", waiver("*.new"), 1),
            ("harmless", "data: {assume: health}\n", 0),
        ):
            folder = merged(tmp_path / name, base, abroad | {"sovlint.yaml": config})
            report = judged(folder)
            more = [each for each in report["rules"] if each["kind"] == "shipped-more"]
            assert [int(each["names"][0]) for each in more] == [most] * bool(most), name
        folder = tmp_path / "excluded"
        for language, words in {
            "en": "What would count by the rules that ship, without the configuration that comes with the change: 4 more",
            "fr": "Ce qui compterait selon les règles livrées, sans la configuration qu'apporte le changement : 4 de plus",
        }.items():
            for form in (*FORMATS, "concise", "json"):
                assert words in said(folder, form, language).replace("\\", ""), form

    def test_a_broken_one_is_no_way_out(self, tmp_path: Path) -> None:
        """The change that mends it is judged by what ships too, and by what it says itself, also of what was there."""
        base = {
            "main.tf": HOME + bucket("old").replace("data_class", "kind"),
            "sovlint.yaml": "exclude: [\n",
        }
        change = {
            "b/main.tf": ABROAD + bucket("new"),
            "main.tf": ABROAD + bucket("old").replace("data_class", "kind"),
            "sovlint.yaml": "data: {tags: [kind]}\nexclude: ['b/**']\n",
        }
        report = judged(merged(tmp_path, base, change))
        assert {(EEA, "aws_s3_bucket.new"), OLD} <= counting(report)
        assert report["code"] == 1
        (rule,) = [each for each in report["rules"] if each["kind"] == "rules-broken"]
        assert "sovlint.yaml:2:1" in rule["details"][0]["name"]

    def test_a_target_whose_configuration_is_broken(self, tmp_path: Path) -> None:
        base = {"main.tf": ABROAD + bucket("old"), "sovlint.yaml": "policy_sets: x\n"}
        change = NEW | {"sovlint.yaml": CONFIGURATION, "house.yaml": SET}
        report = judged(merged(tmp_path, base, change))
        assert set(BROUGHT) < counting(report), "by what ships too"
        assert {each[1] for each in counting(report)} == {"aws_s3_bucket.new"}
        assert "rules-broken" in {each["kind"] for each in report["rules"]}

    def test_neither_has_one(self, tmp_path: Path) -> None:
        comment = f'# sovlint: ignore[{CONTROL}, {QUALIFIED}] reason="trust me"\n'
        folder = merged(
            tmp_path, {"main.tf": HOME + bucket("old")}, {"new.tf": comment + bucket("new")}
        )
        report = scan(folder, "--diff-base", "HEAD~1", "--rules-from", "HEAD~1")
        assert counting(report) == {
            (CONTROL, "aws_s3_bucket.new"),
            (QUALIFIED, "aws_s3_bucket.new"),
        }

    def test_the_configuration_is_deleted(self, tmp_path: Path) -> None:
        base = BASE | {"sovlint.yaml": CONFIGURATION + "data: {assume: health}\n"}
        change = {
            "new.tf": 'resource "aws_s3_bucket" "new" {\n  bucket = "n"\n}\n',
            "sovlint.yaml": "",
        }
        report = judged(merged(tmp_path, base, change))
        assert counting(report) == set(BROUGHT)
        assert ("sovlint.yaml", "policy_set") in edits(report)

    def test_the_target_has_moved_on(self, tmp_path: Path) -> None:
        """The rules are those of the target, what is new is so since the branch left it."""
        folder = merged(tmp_path, BASE, NEW)
        git(folder, "branch", "change")
        git(folder, "reset", "--quiet", "--hard", "HEAD~1")
        committed(folder, {"sovlint.yaml": CONFIGURATION + waiver("aws_s3_bucket.new")})
        git(folder, "branch", "target")
        git(folder, "switch", "--quiet", "change")
        report = scan(
            folder, "--diff-base", "HEAD~1", "--rules-from", "target", configured=True
        )
        assert (counting(report), edits(report)) == (set(), set())

    def test_a_folder_that_the_target_has_not(self, tmp_path: Path) -> None:
        folder = merged(tmp_path, BASE, {"later/a.tf": ABROAD + bucket("new"), "sovlint.yaml": CONFIGURATION
                                         + waiver("*")})  # fmt: skip
        report = scan(
            folder / "later",
            "--diff-base",
            "HEAD~1",
            "--rules-from",
            "HEAD~1",
            configured=True,
        )
        assert counting(report) == set(BROUGHT)

    def test_a_configuration_that_is_given(self, tmp_path: Path) -> None:
        base = {
            "main.tf": ABROAD,
            "ci/rules.yaml": "policy_set: ../house.yaml\n",
            "house.yaml": SET,
        }
        change = NEW | {"ci/rules.yaml": "policy_set: ../house.yaml\nexclude: ['**']\n"}
        folder = merged(tmp_path, base, change)
        given = (
            "--config",
            folder / "ci/rules.yaml",
            "--diff-base",
            "HEAD~1",
            "--rules-from",
            "HEAD~1",
        )
        assert counting(scan(folder, *map(str, given), configured=True)) == set(BROUGHT)

    def test_with_a_baseline_that_is_written(self, tmp_path: Path) -> None:
        folder = merged(tmp_path, BASE, NEW)
        result = run(folder, "--rules-from", "HEAD~1", "--write-baseline", folder / "b.json")
        assert (result.exit_code, "can't go with --rules-from" in result.stderr) == (2, True)

    def test_what_starts_sovlint_is_listed(self, tmp_path: Path) -> None:
        step = "jobs:\n  scan:\n    steps: [{run: sovlint scan --fail-on %s}, {uses: acme/checkout@%s}]\n"
        other = "jobs: {build: {steps: [{run: make %s}]}}\n"
        base = BASE | {
            "ci/flow.yml": step % ("error", 1),
            "ci/other.yml": other % "a",
            "Makefile": "a:\n\tsovlint scan\n",
        }
        change = {
            "ci/flow.yml": step % ("never", 1),
            "ci/other.yml": other % "b",
            "Makefile": "a:\n\ttrue\n",
        }
        found = edits(judged(merged(tmp_path, base, change)))
        assert found == {("ci/flow.yml", "jobs.scan.steps.run"), ("Makefile", "-")}

    def test_a_secret_in_what_is_edited_does_not_come_out(self, tmp_path: Path) -> None:
        base = BASE | {
            "sovlint.yaml": CONFIGURATION
            + "terraform: {vars: {db_password: hunter2hunter}}\n"
        }
        change = {
            "sovlint.yaml": CONFIGURATION
            + "terraform: {vars: {db_password: hunter3hunter}}\n"
        }
        folder = merged(tmp_path, base, change)
        for form in ("text", "json", "sarif", "junit"):
            text = run(
                folder, "--diff-base", "HEAD~1", "--format", form, configured=True
            ).stdout
            assert "terraform.vars.db_password" in " ".join(text.split())
            assert "hunter" not in text

    def test_a_secret_below_a_key_that_names_it_does_not_come_out(
        self, tmp_path: Path
    ) -> None:
        step = "run: sovlint scan\ndeploy:\n  DB_PASSWORD: {value: hunter%d}\n  credentials: {prod: hunter%d}\n"
        folder = merged(tmp_path, BASE | {"ci.yml": step % (1, 1)}, {"ci.yml": step % (2, 2)})
        report = scan(folder, "--diff-base", "HEAD~1", configured=True)
        (rule,) = (each for each in report["rules"] if each["kind"] == "rule-change")
        assert (rule["names"], rule["details"], rule["more"]) == (["ci.yml"], [], 2)
        assert "hunter" not in str(report)

    @pytest.mark.parametrize("target", ["../outside", ".git/config"])
    def test_what_lies_outside_is_not_shown_where_a_link_takes_a_place(
        self, tmp_path: Path, target: str
    ) -> None:
        folder = tmp_path / "repository"
        committed(folder, BASE | {".gitignore": "x/\n"})
        (tmp_path / "outside").write_text("canary\n")
        git(folder, "config", "user.nickname", "canary")
        (folder / ".gitignore").unlink()
        (folder / ".gitignore").symlink_to(target)
        text = run(folder, "--diff-base", "HEAD", "--format", "json", configured=True).stdout
        assert '".gitignore"' in text
        assert "canary" not in text


class TestRulesThatAreTheChangeSOwn:
    """They are told as such: nothing of what the change brings goes by them."""

    CHANGE: Final = NEW | {
        "other.tf": f'# sovlint: ignore[{EEA}] reason="trust me"\n' + bucket("other"),
        "sovlint.yaml": CONFIGURATION + "exclude: [new.tf]\n" + waiver("aws_s3_bucket.old"),
    }

    def test_in_the_rules_of_the_run(self, tmp_path: Path) -> None:
        report = judged(merged(tmp_path, BASE, self.CHANGE))
        assert counting(report) == {*BROUGHT, (EEA, "aws_s3_bucket.other")}
        whose = {each["kind"]: each["of_change"] for each in report["rules"]}
        assert {kind for kind, own in whose.items() if own} == {
            "declared-left-out",
            "exclude",
            "excluded",
            "ignores",
            "waivers",
        }
        assert whose["policy-set"] is False
        (rule,) = [each for each in report["rules"] if each["kind"] == "exclude"]
        assert rule["message"].startswith(
            "the change's own, which bear only on what stood before:"
        )

    def test_in_the_audit(self, tmp_path: Path) -> None:
        """What counts isn't told as excused; what stood is."""
        report = judged(merged(tmp_path, BASE, self.CHANGE))
        held = {each["kind"]: each for each in report["exceptions"]}
        assert [one["address"] for one in held["waiver"]["absorbed"]] == ["aws_s3_bucket.old"]
        assert (held["inline"]["absorbed"], held["inline"]["state"]) == ([], "unused")
        assert held["inline"]["note"].endswith("once it is at HEAD~1")

    def test_no_folder_of_ours_is_named(self, tmp_path: Path) -> None:
        base = BASE | {
            "own/a.yaml": "",
            "sovlint.yaml": CONFIGURATION + "catalog: [overlay]\n",
            "overlay/providers/aws.yaml": OVERLAY,
        }
        change = NEW | {"sovlint.yaml": CONFIGURATION + "catalog: [overlay]\nexclude: [x]\n"}
        report = judged(merged(tmp_path, base, change), "--trust-overlay")
        (rule,) = [each for each in report["rules"] if each["kind"] == "overlay"]
        assert rule["path"].startswith("overlay")
        assert "/sovlint-" not in str(report["rules"])


class TestClassesAndMoves:
    def test_a_class_that_is_taken_away(self, tmp_path: Path) -> None:
        report = judged(
            merged(tmp_path, BASE, {"main.tf": ABROAD + bucket("old", "anonymous")})
        )
        assert counting(report) == {("data-class-removed", "aws_s3_bucket.old")}
        (found,) = [
            each for each in report["findings"] if each["policy"] == "data-class-removed"
        ]
        assert (found["severity"], found["verdict"], report["code"]) == (
            "error",
            "violation",
            1,
        )
        assert (
            found["message"]
            == "Health data: declared here before the change, and not any more"
        )
        assert {each["address"] for each in report["difference"]["removed"]} == {
            "aws_s3_bucket.old"
        }

    def test_that_no_error_binds_is_a_warning(self, tmp_path: Path) -> None:
        base = BASE | {"main.tf": ABROAD + bucket("old", "iban")}
        report = judged(
            merged(tmp_path, base, {"main.tf": ABROAD + bucket("old", "anonymous")})
        )
        assert counting(report) == {("data-class-removed", "aws_s3_bucket.old")}
        assert report["code"] == 0

    def test_that_goes_on_by_another_declaration_is_none(self, tmp_path: Path) -> None:
        bare = 'resource "aws_s3_bucket" "old" {\n  bucket = "old"\n}\n'
        change = {
            "main.tf": ABROAD + bare,
            "sovlint.yaml": CONFIGURATION + "data: {paths: {main.tf: [claims]}}\n",
        }
        assert counting(judged(merged(tmp_path, BASE, change))) == set()

    def test_that_goes_with_its_resource_is_none(self, tmp_path: Path) -> None:
        assert counting(judged(merged(tmp_path, BASE, {"main.tf": ABROAD}))) == set()

    def test_that_cannot_be_read_any_more(self, tmp_path: Path) -> None:
        change = {
            "main.tf": ABROAD
            + 'variable "t" {}\nresource "aws_s3_bucket" "old" {\n  tags = var.t\n}\n'
        }
        report = judged(merged(tmp_path, BASE, change))
        (found,) = [
            each for each in report["findings"] if each["policy"] == "data-class-removed"
        ]
        assert found["verdict"] == "unproven"

    def test_a_waiver_of_the_target_allows_it(self, tmp_path: Path) -> None:
        allowed = waiver("aws_s3_bucket.old").replace(EEA, "data-class-removed")
        change = {"main.tf": ABROAD + bucket("old", "anonymous")}
        base = BASE | {"sovlint.yaml": CONFIGURATION + allowed}
        assert counting(judged(merged(tmp_path / "a", base, change))) == set()
        change["sovlint.yaml"] = CONFIGURATION + allowed
        assert counting(judged(merged(tmp_path / "b", BASE, change))) == {
            ("data-class-removed", "aws_s3_bucket.old")
        }

    @pytest.mark.parametrize(
        ("before", "after", "verdict"),
        [
            ({"k8s/a.yaml": APP}, {"k8s/a.yaml": bare(REBUILT.replace("Deployment", "StatefulSet"))}, "violation"),
            ({"k8s/a.yaml": APP}, {"k8s/a.yaml": bare(APP.replace("name: app,", "name: records,"))}, "violation"),
            ({"k8s/a.yaml": APP}, {"k8s/a.yaml": bare(REBUILT.replace("claims", "other"))}, "violation"),
            ({"k8s/a.yaml": APP}, {"k8s/a.yaml": "", "apps/b.yaml": bare(REBUILT.replace("claims", "other"))}, "violation"),
            ({"k8s/a.yaml": APP}, {"k8s/a.yaml": "", "apps/b.yaml": bare(IMAGE)}, "violation"),
            ({"compose.yaml": SERVICE}, {"compose.yaml": bare(SERVICE.replace("db:", "pg:"))},
             "violation"),
            ({"k8s/a.yaml": APP}, {"k8s/a.yaml": bare(OTHER)}, "unproven"),
            ({"new.tf": bucket("a")}, {"new.tf": BARE}, "unproven"),
            ({"new.tf": unknown(bucket("a"))}, {"new.tf": unknown(BARE)}, "unproven"),
            ({"a/main.tf": STATE + bucket("a")}, {"a/main.tf": STATE, "a/b.tf": BARE}, "unproven"),
        ],
        ids=["kind", "name", "namespace", "file and namespace", "image", "volume", "file", "file and type",
             "file and unknown type", "state"],
    )  # fmt: skip
    def test_that_goes_with_kind_name_or_namespace(
        self, tmp_path: Path, before: dict[str, str], after: dict[str, str], verdict: str
    ) -> None:
        """What came in the place of what is gone is told, and that fewer carry a class."""
        report = judged(merged(tmp_path, BASE | before, after))
        found = [
            each for each in report["findings"] if each["policy"] == "data-class-removed"
        ]
        assert [(each["verdict"], each["severity"]) for each in found] == [(verdict, "error")]
        (fewer,) = (each for each in report["rules"] if each["kind"] == "fewer-classes")
        assert [each["before"] for each in fewer["details"]] == ["health"]
        assert report["code"] == 1

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ({"k8s/a.yaml": APP}, {"k8s/a.yaml": APP.replace("Deployment", "StatefulSet").replace("app,", "records,")}),
            ({"k8s/a.yaml": APP}, {"k8s/a.yaml": "", "apps/b.yaml": APP.replace("claims", "other")}),
            ({"new.tf": bucket("a")}, {"new.tf": BARE, "other.tf": bucket("b")}),
            ({"new.tf": bucket("a")}, {"new.tf": bucket("b", "contact"), "other.tf": bucket("c")}),
        ],
        ids=["kind and name", "file and namespace", "beside another that came", "another class beside it"],
    )  # fmt: skip
    def test_a_mere_rename_is_none(
        self, tmp_path: Path, before: dict[str, str], after: dict[str, str]
    ) -> None:
        report = judged(merged(tmp_path, BASE | before, after))
        assert "data-class-removed" not in {each["policy"] for each in report["findings"]}
        assert "fewer-classes" not in {each["kind"] for each in report["rules"]}

    @pytest.mark.parametrize(
        "after",
        [
            {"k8s/a.yaml": "", "apps/b.yaml": bare(OTHER)},
            {"k8s/a.yaml": OTHER.replace("health", "contact")},
        ],
        ids=["elsewhere", "of another class"],
    )
    def test_what_has_nothing_of_it_is_none(
        self, tmp_path: Path, after: dict[str, str]
    ) -> None:
        """It is gone, and another thing came: that fewer carry a class is told, and what they were."""
        folder = merged(tmp_path, BASE | {"k8s/a.yaml": APP}, after)
        report = judged(folder)
        assert "data-class-removed" not in {each["policy"] for each in report["findings"]}
        if "apps/b.yaml" not in after:
            return
        (fewer,) = (each for each in report["rules"] if each["kind"] == "fewer-classes")
        assert (fewer["names"], fewer["details"]) == (
            ["2 → 1"],
            [{"name": "k8s:claims/Deployment/app", "before": "health", "after": ""}],
        )
        for language, said in {
            "en": "Fewer resources carry a declared data class than at the revision compared with, 2 → 1",
            "fr": "Moins de ressources portent une classe de données déclarée qu'à la révision comparée, 2 → 1",
        }.items():
            for option in ("--rules-from", "--diff-base"):
                text = run(
                    folder, option, "HEAD~1", "--lang", language, configured=True
                ).stdout
                assert said in " ".join(text.split())
                assert "k8s:claims/Deployment/app" in text

    def test_a_move_is_told_as_a_move(self, tmp_path: Path) -> None:
        base = BASE | {"main.tf": HOME + bucket("old")}
        folder = merged(
            tmp_path,
            base,
            {"main.tf": HOME.replace("eu-west-3", "eu-west-2") + bucket("old")},
        )
        report = judged(folder)
        (moved,) = report["difference"]["moves"]
        assert (moved["address"], moved["before"]["country"], moved["after"]["country"]) == (
            "aws_s3_bucket.old", "FR", "GB",
        )  # fmt: skip
        said = {"en": "moved: aws_s3_bucket.old: France (eu-west-3) to United Kingdom (eu-west-2); "
                      "law of United Kingdom comes in; law of France falls away",
                "fr": "déplacé : aws_s3_bucket.old : France (eu-west-3) → Royaume-Uni (eu-west-2) ; "
                      "droit qui s'y ajoute : Royaume-Uni ; droit qui n'y joue plus : France"}  # fmt: skip
        for language, sentence in said.items():
            for form in ("text", "markdown", "github", "sarif"):
                options = ("--diff-base", "HEAD~1", "--lang", language, "--format", form)
                text = " ".join(run(folder, *options, configured=True).stdout.split())
                assert sentence in text.replace("\\", ""), (form, language)

    @pytest.mark.parametrize(
        ("old", "new"),
        [("infra/main.tf", "infra/storage.tf"), ("infra/main.tf", "infra2/main.tf"), ("infra/main.tf", "a/b/c.tf")],
        ids=["a file", "its folder", "both"],
    )  # fmt: skip
    def test_what_is_renamed_is_what_it_was(self, tmp_path: Path, old: str, new: str) -> None:
        """And what the target waives by its path, it waives still."""
        waived = waiver("aws_s3_bucket.b").replace(
            "addresses: ['aws_s3_bucket.b']", f"paths: ['{old}']"
        )
        for name, base, expected in (
            ("stood", BASE, set()),
            ("waived", BASE | {"sovlint.yaml": CONFIGURATION + waived}, set()),
        ):
            folder = tmp_path / name
            text = ABROAD + bucket("b")
            committed(folder, base | {old: text})
            (folder / new).parent.mkdir(parents=True, exist_ok=True)
            git(folder, "mv", old, new)
            committed(folder, {new: text + bucket("c") if name == "stood" else text})
            report = judged(folder)
            brought = {(EEA, "aws_s3_bucket.c")} if name == "stood" else expected
            assert counting(report) == brought, name
            assert report["difference"]["removed"] == []
        report = scan(folder, "--rules-from", "HEAD~1", configured=True)
        assert counting(report) == {OLD}, "the waiver covers what it did"

    def test_manifests_that_are_renamed(self, tmp_path: Path) -> None:
        base = {"sovlint.yaml": CONFIGURATION + IN_VIRGINIA, "house.yaml": SET,
                "k8s/a.yaml": DEPLOYMENT.replace("NAME", "a")}  # fmt: skip
        committed(tmp_path, base)
        git(tmp_path, "mv", "k8s/a.yaml", "k8s/b.yaml")
        committed(tmp_path, {})
        report = judged(tmp_path)
        assert (counting(report), report["difference"]["removed"]) == (set(), [])

    def test_what_moves_abroad_is_not_told_as_mended(self, tmp_path: Path) -> None:
        """It violates there as it did here: it isn't gone."""
        base = BASE | {
            "main.tf": HOME.replace("eu-west-3", "eu-west-2") + bucket("old") + bucket("b")
        }
        folder = merged(tmp_path, base, {"main.tf": ABROAD + bucket("old")})
        report = judged(folder)
        assert counting(report) == {OLD}
        assert {each["address"] for each in report["difference"]["removed"]} == {
            "aws_s3_bucket.b"
        }
        for language, words in {
            "en": "1 finding is new, 1 is gone, 0 were there already. 1 resource has moved.",
            "fr": "1 constat est nouveau, 1 a disparu, 0 était déjà là. 1 ressource a changé d'endroit.",
        }.items():
            text = said(folder, "text", language)
            assert words in text[:200]

    def test_the_map_tells_what_is_new_from_what_stood(self, tmp_path: Path) -> None:
        folder = merged(tmp_path, BASE, NEW)
        for language, words in {
            "en": "law: 1 new ",
            "fr": "loi : 1 de plus ",
        }.items():
            assert words in said(folder, "text", language)
        committed(folder, {"README.md": "a"})
        for language, words in {"en": "there before ", "fr": "déjà là "}.items():
            assert words in said(folder, "text", language)

    def test_a_move_to_another_company_names_both(self, tmp_path: Path) -> None:
        base = {"sovlint.yaml": CONFIGURATION + IN_PARIS, "house.yaml": SET,
                "k8s/a.yaml": DEPLOYMENT.replace("NAME", "a")}  # fmt: skip
        there = "clusters:\n  - {paths: ['k8s/**'], provider: scaleway, region: fr-par}\n"
        folder = merged(tmp_path, base, {"sovlint.yaml": CONFIGURATION + there})
        text = " ".join(run(folder, "--diff-base", "HEAD~1", configured=True).stdout.split())
        assert (
            "moved: k8s:claims/Deployment/a: Amazon Web Services, France (eu-west-3) to Scaleway, France (fr-par); "
            "law of United States falls away"
        ) in text


BY_SCRIPT: Final = (
    *CASES[:2],
    *(
        pytest.param(each, marks=pytest.mark.program)
        for each in CASES[2:]
        if each.options or each.counts != BROUGHT or ".gitignore" in each.change
    ),
)
"""Each starts programs of its own, so `make test` tries two; no more than one of those whose options and findings are
alike needs it, since what the script asks for is the same for all: what it prints of each is tried without it."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_action_prints_of_it(tmp_path: Path, case: Case) -> None:
    folder = merged(tmp_path, case.base, case.change)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD~1")
    options = ("--diff-base", "origin/main", "--rules-from", "origin/main")
    done = run(folder, "--format", "github", *options, *case.options, configured=True)
    assert done.exit_code == 1, done.output
    check_errors(case, done.stdout)


def check_errors(case: Case, printed: str) -> None:
    """Each policy that counts stands in a line that makes a job of GitHub's fail."""
    errors = [line for line in printed.splitlines() if line.startswith("::error")]
    for policy, _ in case.counts:
        assert any(policy in line for line in errors)


@pytest.mark.parametrize("case", BY_SCRIPT, ids=lambda case: case.name)
def test_by_the_action_s_own_script(tmp_path: Path, case: Case) -> None:
    """As GitHub runs it for a pull request that edits what it is judged by."""
    folder = merged(tmp_path / "repository", case.base, case.change)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD~1")
    (tmp_path / "sovlint").symlink_to(sys.prefix, target_is_directory=True)
    env = scratch.environment(
        tmp_path, VENV=str(tmp_path / "sovlint"), GITHUB_BASE_REF="main", GITHUB_OUTPUT=str(tmp_path / "output"),
        SCAN_PATHS=".", SCAN_ARGS=" ".join(("--as-of 2026-11-25", *case.options)),
        SARIF_FILE="sovlint.sarif", SOVLINT_FAIL_ON="error",
        SOVLINT_POLICY_SET="", SOVLINT_DIFF_BASE="origin/main", SOVLINT_RULES_FROM="",
    )  # fmt: skip
    steps = yaml.safe_load((scratch.ROOT / "action.yml").read_text())["runs"]["steps"]
    (script,) = (each["run"] for each in steps if each["name"] == "Scan")
    done = scratch.run(
        "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, cwd=folder, env=env
    )
    assert done.returncode == 1, done.stdout
    check_errors(case, done.stdout)


def test_of_changed_files_alone(tmp_path: Path) -> None:
    """As a hook is given them; a change to what governs the run bears on everything."""
    change = NEW | {"sovlint.yaml": CONFIGURATION + "exclude: [new.tf]\n"}
    folder = merged(tmp_path, BASE, change)
    options = ("--affected", "--diff-base", "HEAD~1", "--rules-from", "HEAD~1")
    report = scan(folder / "new.tf", folder / "sovlint.yaml", *options, configured=True)
    assert counting(report) == set(BROUGHT)


def test_what_is_not_committed_is_judged_too(tmp_path: Path) -> None:
    committed(tmp_path, BASE)
    (tmp_path / "new.tf").write_text(bucket("new"))
    (tmp_path / "sovlint.yaml").write_text(CONFIGURATION + waiver("*"))
    report = scan(tmp_path, "--diff-base", "HEAD", "--rules-from", "HEAD", configured=True)
    assert counting(report) == set(BROUGHT)


def test_a_change_that_edits_no_rule_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two states of the files, each read once, whatever decides."""
    from sovlint import lint

    folder = merged(
        tmp_path,
        BASE,
        {"new.tf": f'# sovlint: ignore[{EEA}] reason="moves"\n' + bucket("new")},
    )
    reads: list[Path] = []
    real = lint.read_sources
    monkeypatch.setattr(
        lint, "read_sources", lambda run, *rest: reads.append(run) or real(run, *rest)
    )
    assert counting(judged(folder)) == set(BROUGHT)
    assert len(reads) == 2


def test_a_module_that_moves_out_of_the_way_of_a_comment(tmp_path: Path) -> None:
    """A comment on a call covers what the module has; a second call with it is new."""
    module = {"m/main.tf": bucket("b")}
    call = '# sovlint: ignore[health-data-in-eea] reason="moves"\nmodule "%s" {\n  source = "./m"\n}\n'
    base = BASE | module | {"main.tf": ABROAD + call % "one"}
    folder = merged(tmp_path, base, {"main.tf": ABROAD + call % "one" + call % "two"})
    assert counting(judged(folder)) == {(EEA, "module.two.aws_s3_bucket.b")}


def test_an_inventory_that_says_otherwise_of_a_company_is_listed(tmp_path: Path) -> None:
    entry = "services:\n  - {id: crm, vendor: Acme, data: [health], facts: {seat: %s}}\n"
    folder = merged(tmp_path, BASE | {"saas.yaml": entry % "US"}, {"saas.yaml": entry % "FR"})
    assert ("saas.yaml", "services") in edits(judged(folder))


def test_policies_of_the_target_that_cannot_be_read_can_be_mended(tmp_path: Path) -> None:
    base = BASE | {"house.yaml": SET.replace("health-data-in-eea", "no-such-policy")}
    report = judged_by_target(merged(tmp_path, base, NEW | {"house.yaml": SET}))
    assert (EEA, "aws_s3_bucket.new") in counting(report)
    assert "rules-broken" in {each["kind"] for each in report["rules"]}


PATHS: Final = {"sovlint.yaml": "data: {paths: {'main.tf': [health]}}\n"}
AS_CONTACT: Final = {"sovlint.yaml": "data: {paths: {'main.tf': [contact]}}\n"}
EMPTY: Final = {"sovlint.yaml": "data: {}\n"}
MORE: Final = {"sovlint.yaml": PATHS["sovlint.yaml"] + "hds_scope: strict\n"}
UNLABELLED: Final = {
    "main.tf": HOME + 'resource "aws_s3_bucket" "old" {\n  bucket = "old"\n}\n'
}
LABELLED: Final = {"main.tf": HOME + bucket("old")}
ELSEWHERE: Final = {"README.md": "b"}


@pytest.mark.parametrize(
    ("base", "target", "change", "lost"),
    [
        (UNLABELLED, PATHS, ELSEWHERE, False),
        (LABELLED, PATHS, UNLABELLED, True),
        (UNLABELLED | PATHS, MORE, EMPTY, True),
        (UNLABELLED | PATHS, EMPTY, EMPTY | ELSEWHERE, False),
        (UNLABELLED | AS_CONTACT, PATHS, ELSEWHERE, False),
    ],
    ids=[
        "declared by the target since", "a label taken away", "an entry taken away", "let go of by the target too",
        "another class since",
    ],
)  # fmt: skip
def test_a_branch_that_left_before_the_target_went_on(
    tmp_path: Path,
    base: dict[str, str],
    target: dict[str, str],
    change: dict[str, str],
    lost: bool,
) -> None:
    committed(tmp_path, base)
    git(tmp_path, "branch", "-M", "target")
    git(tmp_path, "checkout", "-q", "-b", "change")
    committed(tmp_path, change)
    git(tmp_path, "checkout", "-q", "target")
    committed(tmp_path, target)
    git(tmp_path, "checkout", "-q", "change")
    report = scan(
        tmp_path,
        *("--diff-base", git(tmp_path, "merge-base", "target", "HEAD")),
        *("--rules-from", "target", "--min-classified", "ratchet"),
        configured=True,
    )
    told = {each["policy"] for each in report["findings"] if each["suppressed"] is None}
    assert ("data-class-removed" in told) is lost
    fell = [each for each in report["rules"] if each["kind"] == "labels-fell"]
    assert bool(fell) is lost
    assert report["code"] == (1 if lost else 0)


def judged_by_target(folder: Path) -> Json:
    return scan(folder, "--rules-from", "HEAD~1", configured=True)


@pytest.mark.parametrize("name", ["HEAD^{tree}", "HEAD:main.tf"])
def test_what_is_no_commit_is_told_as_that(tmp_path: Path, name: str) -> None:
    result = run(merged(tmp_path, BASE, NEW), "--diff-base", name, configured=True)
    assert result.exit_code == 2
    assert f"`{name}` here: that is no commit" in result.stderr
    assert "Name a branch, a tag or a commit." in result.stderr


def test_that_no_configuration_was_wanted_is_why_it_is_not_used(tmp_path: Path) -> None:
    report = scan(merged(tmp_path, BASE, NEW), "--no-config", configured=True)
    told = [each["message"] for each in report["rules"] if "sovlint.yaml" in each["message"]]
    assert told == [
        "not used, since no configuration was to count (`--no-config`): sovlint.yaml"
    ]

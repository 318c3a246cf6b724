"""``min_classified: ratchet``: the share of labelled resources may only rise against the revision compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest

from tests.exceptions.house import Json, committed, repository, run
from tests.exceptions.house import scan as scanned
from tests.git_house import git

RATCHET: Final = "min_classified: ratchet\n"
HOME: Final = 'provider "scaleway" {\n  region = "fr-par"\n}\n'
FIREWALL: Final = 'resource "scaleway_instance_security_group" "web" {}\n'


def bucket(name: str, data: str = "") -> str:
    """Four lines of Terraform: a bucket, labelled or not."""
    tags = f'{{ data_class = "{data}" }}' if data else "{}"
    return f'resource "scaleway_object_bucket" "{name}" {{\n  name = "{name}"\n  tags = {tags}\n}}\n'


BASE: Final = {
    "sovlint.yaml": RATCHET,
    "main.tf": HOME + bucket("labelled", "anonymous") + bucket("bare"),
}
"""One of two resources is labelled."""


def changed(folder: Path, base: dict[str, str], change: dict[str, str]) -> Path:
    committed(folder, base)
    git(folder, "branch", "base")
    committed(folder, change)
    return folder


def told(report: Json, kind: str) -> list[tuple[list[str], list[tuple[str, str]]]]:
    """What the rules of this kind name, and their details: a name, and what was there."""
    return [
        (rule["names"], [(each["name"], each["before"]) for each in rule["details"]])
        for rule in report["rules"]
        if rule["kind"] == kind
    ]


BY_PATH: Final = RATCHET + "data:\n  paths: {new.tf: [anonymous]}\n"

FELL: Final = [
    (
        "a new one without a label",
        {"new.tf": "\n\n" + bucket("new")},
        "1/2 → 1/3",
        [("scaleway_object_bucket.new (new.tf:3)", "")],
    ),
    (
        "two new ones, one with a label and two without",
        {"new.tf": bucket("a") + bucket("b", "anonymous") + bucket("c")},
        "1/2 → 2/5",
        [
            ("scaleway_object_bucket.a (new.tf:1)", ""),
            ("scaleway_object_bucket.c (new.tf:9)", ""),
        ],
    ),
    (
        "one that lost its label",
        {"main.tf": HOME + bucket("labelled") + bucket("bare")},
        "1/2 → 0/2",
        [("scaleway_object_bucket.labelled (main.tf:4)", "")],
    ),
    (
        "a labelled one that is gone",
        {"main.tf": HOME + bucket("bare")},
        "1/2 → 0/1",
        [("scaleway_object_bucket.labelled (main.tf:4)", "anonymous")],
    ),
]
KEPT: Final = [
    ("equal", {"new.tf": bucket("a") + bucket("b", "anonymous")}),
    ("rises", {"new.tf": bucket("a", "anonymous")}),
    ("an unlabelled one is gone", {"main.tf": HOME + bucket("labelled", "anonymous")}),
    ("what holds no data asks for no label", {"web.tf": FIREWALL}),
    ("an unlabelled one is called otherwise", {"main.tf": BASE["main.tf"].replace('"bare"', '"b"')}),
    ("a label from the configuration", {"new.tf": bucket("new"), "sovlint.yaml": BY_PATH}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "shares", "names"),
    [each[1:] for each in FELL],
    ids=[each[0] for each in FELL],
)
@pytest.mark.parametrize("compared", ["--diff-base", "--rules-from"])
def test_where_it_fell_is_told_by_name_and_line(
    tmp_path: Path,
    compared: str,
    change: dict[str, str],
    shares: str,
    names: list[tuple[str, str]],
) -> None:
    folder = changed(tmp_path / "r", BASE, change)
    report = scanned(folder, compared, "base")
    assert told(report, "labels-fell") == [([shares], names)]
    assert report["code"] == 1


@pytest.mark.parametrize("change", [each[1] for each in KEPT], ids=[each[0] for each in KEPT])
def test_where_it_stays_or_rises_nothing_is_told(
    tmp_path: Path, change: dict[str, str]
) -> None:
    report = scanned(
        changed(tmp_path / "r", BASE, change), "--diff-base", "base", configured=True
    )
    assert (told(report, "labels-fell"), told(report, "labels-without-base")) == ([], [])
    assert report["code"] == 0


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "a smaller share carries a label"), ("fr", "une part moindre")],
)
def test_every_format_says_so_beside_the_report(
    tmp_path: Path, language: str, word: str
) -> None:
    change = {"new.tf": "".join(bucket(f"n{number}") for number in range(9))}
    folder = changed(tmp_path / "r", BASE, change)
    done = run(folder, "--diff-base", "base", "--lang", language, "-f", "concise")
    assert (done.exit_code, word in done.stderr) == (1, True), done.stderr
    for number in range(9):
        assert f"n{number} (new.tf:{1 + 4 * number})" in done.stderr
    assert word in " ".join(
        run(folder, "--diff-base", "base", "--lang", language).stdout.split()
    )


def test_servers_show_it_as_what_fails_the_run(tmp_path: Path) -> None:
    folder = changed(tmp_path / "r", BASE, {"new.tf": bucket("new")})
    compared = (folder, "--diff-base", "base")
    errors = [
        line
        for line in run(*compared, "-f", "github").stdout.splitlines()
        if line.startswith("::error")
    ]
    assert len(errors) == 1
    assert "scaleway_object_bucket.new (new.tf:1)" in errors[0]
    (failure,) = ElementTree.fromstring(run(*compared, "-f", "junit").stdout).iter("failure")
    assert "scaleway_object_bucket.new (new.tf:1)" in (failure.text or "")


def test_without_a_base_it_says_so_and_passes(tmp_path: Path) -> None:
    folder = repository(tmp_path, BASE)
    report = scanned(folder)
    assert told(report, "labels-without-base") == [([], [])]
    done = run(folder, "-f", "concise")
    assert (done.exit_code, "there is nothing to compare with" in done.stderr) == (0, True)


def test_where_nothing_stood_it_says_so(tmp_path: Path) -> None:
    folder = changed(tmp_path / "r", {"sovlint.yaml": RATCHET}, {"main.tf": BASE["main.tf"]})
    report = scanned(folder, "--diff-base", "base")
    assert told(report, "labels-without-base") == [(["base"], [])]
    assert report["code"] == 0


def test_a_change_does_not_switch_it_off(tmp_path: Path) -> None:
    change = {"sovlint.yaml": "policy_set: strict\n", "new.tf": bucket("new")}
    folder = changed(tmp_path / "r", BASE, change)
    report = scanned(folder, "--rules-from", "base")
    assert len(told(report, "labels-fell")) == 1
    assert report["code"] == 1


def test_what_a_class_is_assumed_of_or_a_name_suggests_is_no_label(tmp_path: Path) -> None:
    folder = changed(tmp_path / "r", BASE, {"new.tf": bucket("patients")})
    report = scanned(folder, "--diff-base", "base", "--assume", "anonymous")
    assert told(report, "labels-fell")[0][0] == ["1/2 → 1/3"]


@pytest.mark.parametrize(
    ("configured", "options", "code"),
    [
        ("", ["--min-classified", "ratchet"], 1),
        ("min_classified: 30\n", [], 0),
        ("min_classified: 40\n", [], 1),
        ("min_classified: 40\n", ["--min-classified", "30"], 0),
        ("min_classified: 30\n", ["--min-classified", "ratchet"], 1),
        (RATCHET, ["--min-classified", "0"], 1),
        (RATCHET, ["--exit-zero"], 0),
        ("", [], 0),
    ],
)
def test_a_share_and_a_ratchet_stand_beside_each_other(
    tmp_path: Path, configured: str, options: list[str], code: int
) -> None:
    base = {**BASE, "sovlint.yaml": configured or "policy_set: sovereign-health\n"}
    folder = changed(tmp_path / "r", base, {"new.tf": bucket("new")})
    assert run(folder, "--diff-base", "base", *options, configured=True).exit_code == code


@pytest.mark.parametrize("value", ["ratchets", "-1", "101", "[1]", "1.5"])
def test_another_word_is_wrong(tmp_path: Path, value: str) -> None:
    folder = repository(tmp_path, {**BASE, "sovlint.yaml": f"min_classified: {value}\n"})
    done = run(folder)
    assert (done.exit_code, "min_classified" in done.stderr) == (2, True), done.stderr


def test_where_no_label_can_be_written_the_line_of_the_configuration_is_told(
    tmp_path: Path,
) -> None:
    compose = "services:\n  db:\n    image: postgres:16\n"
    change = {"compose.yaml": compose, "new.tf": bucket("new")}
    folder = changed(tmp_path, BASE, change)
    ((_, details),) = told(
        scanned(folder, "--diff-base", "base", configured=True), "labels-fell"
    )
    assert details == [
        ('compose:db (compose.yaml:2): data: {addresses: {"compose:db": [CLASS]}}', ""),
        ("scaleway_object_bucket.new (new.tf:1)", ""),
    ]
    rules = BASE["sovlint.yaml"] + 'data: {addresses: {"compose:db": [anonymous]}}\n'
    committed(folder, {"sovlint.yaml": rules, "new.tf": bucket("new", "anonymous")})
    assert told(scanned(folder, "--diff-base", "base", configured=True), "labels-fell") == []

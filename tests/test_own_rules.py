"""What a run goes by that doesn't ship is listed in every format that people read; what ships is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.commands import scan as scanning
from sovlint.commands.parts.deciding import DecidingOption
from sovlint.report import REPORTS

PROJECT = Path(__file__).parent.parent
FORMATS = sorted(REPORTS)
"""All of them."""
BUCKET = 'resource "aws_s3_bucket" "a" {\n  tags = { data_class = "health" }\n}\n'
SET = "id: %s\ntitle: {en: House, fr: Maison}\npolicies:\n  - health-data-in-eea\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text(BUCKET)
    return tmp_path


def scan(root: Path, *options: str, form: str = "json", **variables: str) -> Result:
    asked = ["--full"] if form == "text" else []
    arguments = [
        "scan",
        str(root),
        "--format",
        form,
        "--as-of",
        "2026-11-24",
        *asked,
        *options,
    ]
    return CliRunner().invoke(main, arguments, env=variables)


def rules(root: Path, *options: str, **variables: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(scan(root, *options, **variables).stdout)[
        "rules"
    ]
    return found


def short(found: list[dict[str, Any]]) -> list[tuple[str, list[str], str | None, int | None]]:
    return [(each["kind"], each["names"], each["path"], each["line"]) for each in found]


def said(root: Path, form: str, *options: str, **variables: str) -> str:
    text = (
        scan(root, *options, form=form, **variables)
        .stdout.replace("\\u2060", "")
        .replace("\\", "")
    )
    return " ".join(text.replace("&#8288;", "").replace("%3A", ":").split())


def policies(root: Path) -> Path:
    """A shipped policy made milder, in a folder that the configuration names."""
    (root / "own").mkdir()
    text = (PROJECT / "policies/health-data-in-eea.yaml").read_text()
    text = text.replace(
        "id: health-data-in-eea\n", "id: health-data-in-eea\nreplaces: true\n"
    )
    text = text.replace("severity: error", "severity: note").replace(
        "unproven: error", "unproven: note"
    )
    (root / "own/eea.yaml").write_text(text)
    (root / "sovlint.yaml").write_text("policies: [own]\n")
    return root


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "health-data-in-eea: a policy of one's own takes the place of the shipped one (own/eea.yaml:",
        ),
        (
            "fr",
            "health-data-in-eea : une politique propre prend la place de celle qui est livrée (own/eea.yaml:",
        ),
    ],
)
def test_a_policy_that_takes_the_place_of_a_shipped_one(
    root: Path, form: str, language: str, sentence: str
) -> None:
    assert sentence in said(policies(root), form, "--lang", language)


@pytest.mark.parametrize("form", FORMATS)
def test_the_environment_that_says_when_a_run_fails(root: Path, form: str) -> None:
    text = said(root, form, SOVLINT_EXIT_ZERO="1", SOVLINT_FAIL_ON="never")
    assert "SOVLINT_FAIL_ON=never is set in the environment" in text
    assert "SOVLINT_EXIT_ZERO=1 is set in the environment" in text


def test_what_changes_nothing_is_not_told(root: Path) -> None:
    assert rules(root, SOVLINT_FAIL_ON="error", SOVLINT_EXIT_ZERO="0") == []
    assert rules(root, SOVLINT_FAIL_ON="", SOVLINT_EXIT_ZERO="") == []
    assert rules(root, "--fail-on", "error", SOVLINT_FAIL_ON="never") == []


WEAKER = {
    "--fail-on": "never",
    "--exit-zero": "",
    "--allow-failures": "",
    "--hds-scope": "care-only",
    "--inferred": "note",
    "--trust-overlay": "",
}
"""Options by which less is asked."""
STRICTER = {
    "--fail-on": "warning",
    "--inferred": "error",
    "--min-classified": "90",
    "--no-inline-ignores": "",
    "--assume": "health",
    "--policy-set": "strict",
    "--hds-scope": "strict",
    "--allow-empty": "",
}
"""Options by which as much is asked, or more."""


def given(option: str, value: str) -> list[str]:
    return [option, value] if value else [option]


@pytest.mark.parametrize("form", FORMATS)
def test_a_command_line_that_asks_less_is_told(root: Path, form: str) -> None:
    options = [each for pair in WEAKER.items() for each in given(*pair)]
    text = said(root, form, *options)
    missing = [
        option
        for option, value in WEAKER.items()
        if f"{' '.join(given(option, value))} was given on the command line" not in text
    ]
    assert missing == []


@pytest.mark.parametrize(("option", "value"), STRICTER.items())
def test_a_command_line_that_asks_more_is_not_told_and_the_environment_is(
    root: Path, option: str, value: str
) -> None:
    assert rules(root, *given(option, value)) == []
    variable = f"SOVLINT_{option[2:].upper().replace('-', '_')}"
    found = rules(root, **{variable: value or "1"})
    told = [each["names"] for each in found]
    default = (option, value) == ("--hds-scope", "strict")
    assert [f"{variable}={value or 1}"] in told or default


def test_values_of_variables_of_the_environment_are_not_told(root: Path) -> None:
    found = rules(root, SOVLINT_VAR="password=hunter2secret\nregion=eu-west-3")
    assert found[0]["names"] == ["SOVLINT_VAR=password, region"]
    assert "hunter2secret" not in json.dumps(found)


def test_every_option_that_bears_on_a_verdict_is_told_where_the_environment_sets_it() -> None:
    told = {
        each.opts[-1] for each in scanning.scan.params if isinstance(each, DecidingOption)
    }
    others = {
        each.opts[-1] for each in scanning.scan.params if isinstance(each, click.Option)
    } - told
    assert others == {
        "--format", "--output", "--show", "--limit", "--full", "--lang", "--color", "--quiet",
        "--help-all", "--help-env",
        "--affected", "--diff-base", "--prune-baseline",  # a report says of itself that it is of a part
        "--exclude-local", "--rules-from",  # rules of their own
        "--suppose",  # it is judged beside, and changes nothing of today
        "--store", "--repository",  # where the result goes besides, and under which name
        "--cache",  # what is read sooner is the same
    }  # fmt: skip


def test_a_configuration_that_asks_less(root: Path) -> None:
    (root / "sovlint.yaml").write_text("hds_scope: care-only\n")
    assert short(rules(root)) == [("setting", ["hds_scope: care-only"], "sovlint.yaml", None)]
    assert rules(root, "--hds-scope", "strict") == []
    (root / "sovlint.yaml").write_text("hds_scope: strict\n")
    assert rules(root) == []


def test_a_class_to_assume_that_no_policy_binds(root: Path) -> None:
    assert short(rules(root, "--assume", "anonymous")) == [
        ("assumed", ["anonymous"], None, None)
    ]
    for bound in ("health", "claims", "health-pseudonymised"):
        assert rules(root, "--assume", bound) == []
    kinds = [each["kind"] for each in rules(root, "--assume", "nir")]
    assert kinds == ["class-not-assumed"]  # the bucket says health, which isn't NIR
    found = rules(root, "--assume", "nir", "--policy-set", "statutory")
    assert {each["kind"] for each in found} == {
        "policy-left-out",
        "assumed",
        "class-not-assumed",
    }


def test_what_excuses_is_counted(root: Path) -> None:
    (root / "main.tf").write_text(
        f'# sovlint: ignore[health-data-in-eea] reason="known" until=2027-01-01\n{BUCKET}'
    )
    (rule,) = rules(root)
    assert (rule["kind"], rule["names"]) == ("ignores", ["main.tf"])
    assert sum(int(each["after"]) for each in rule["details"]) == 1
    assert "ignore comments in main.tf: " in rule["message"]
    assert "commentaires qui excusent, dans main.tf" in said(root, "text", "--lang", "fr")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("options", [(), ("--policy-set", "strict"), ("--assume", "health")])
def test_a_run_under_the_shipped_rules_says_nothing_more(
    root: Path, form: str, options: tuple[str, ...]
) -> None:
    text = said(root, form, *options)
    assert "aren't shipped" not in text
    assert "own-rule" not in text
    if form == "json":
        assert rules(root, *options) == []
    elif form not in ("concise", "gitlab-codequality"):
        assert "This run goes by what ships with sovlint alone" in text


def test_what_a_policy_says_otherwise_than_the_shipped_one(root: Path) -> None:
    (rule,) = rules(policies(root))
    assert {each["name"]: (each["before"], each["after"]) for each in rule["details"]} == {
        "severity": ("error", "note"),
        "unproven": ("error", "note"),
    }


def renamed(root: Path, replaces: str) -> Path:
    """A policy of one's own under another id."""
    own = policies(root) / "own/eea.yaml"
    own.write_text(
        own.read_text().replace(
            "id: health-data-in-eea\nreplaces: true\n", f"id: our-eea\n{replaces}"
        )
    )
    return root


def test_policies_of_ones_own_under_other_ids_take_no_place(root: Path) -> None:
    ((kind, names, path, _),) = short(rules(renamed(root, "")))
    assert (kind, names, path) == ("policy-added", ["our-eea"], "own/eea.yaml")


LEFT_OUT = [
    "health-data-on-certified-host",
    "health-data-under-eu-control",
    "health-data-on-qualified-service",
    "insured-identity-in-eea",
    "insured-identity-under-eu-control",
]
"""What the set of these tests leaves out."""


@pytest.mark.parametrize(
    ("name", "replaces"), [("house", ""), ("sovereign-health", "\nreplaces: true")]
)
def test_a_set_of_ones_own_under_whatever_name(root: Path, name: str, replaces: str) -> None:
    (root / "set.yaml").write_text(SET % f"{name}{replaces}")
    expected = [
        ("policy-set", [name], "set.yaml", 1),
        ("policy-left-out", LEFT_OUT, "set.yaml", 1),
    ]
    assert short(rules(root, "--policy-set", str(root / "set.yaml"))) == expected
    (root / "sovlint.yaml").write_text(f"policies: [set.yaml]\npolicy_set: {name}\n")
    assert short(rules(root)) == expected


def test_a_set_that_ships_and_asks_less(root: Path) -> None:
    found = rules(root, "--policy-set", "statutory")
    assert short(found) == [("policy-left-out", LEFT_OUT[1:], None, None)]


def test_what_a_set_changes(root: Path) -> None:
    (root / "set.yaml").write_text(
        """\
id: house
title: House
policies:
  - {id: health-data-in-eea, severity: note, waivable: false}
  - health-data-on-certified-host
  - health-data-under-eu-control
  - health-data-on-qualified-service
  - insured-identity-in-eea
  - insured-identity-under-eu-control
  - {id: data-class-known, severity: note}
under_eu_control: {accept: [CH]}
"""
    )
    _, changed = rules(root, "--policy-set", str(root / "set.yaml"))
    assert changed["kind"] == "policy-changed"
    assert changed["names"] == ["health-data-in-eea", "data-class-known", "under_eu_control"]
    details = {each["name"]: (each["before"], each["after"]) for each in changed["details"]}
    assert details == {
        "health-data-in-eea.severity": ("error", "note"),
        "health-data-in-eea.unproven": ("error", "note"),
        "health-data-in-eea.waivable": ("true", "false"),
        "data-class-known.severity": ("warning", "note"),
        "data-class-known.unproven": ("warning", "note"),
        "under_eu_control.accept": ("", "CH"),
    }


def test_a_policy_that_takes_a_shipped_id_must_say_so(root: Path) -> None:
    own = policies(root) / "own/eea.yaml"
    own.write_text(own.read_text().replace("replaces: true\n", ""))
    result = scan(root)
    assert result.exit_code == 2
    assert "`health-data-in-eea` is the id of a policy that ships" in result.stderr
    assert "policies/health-data-in-eea.yaml:" in result.stderr
    french = scan(root, "--lang", "fr").stderr
    assert "est l'id d'une politique livrée, à policies/health-data-in-eea.yaml:" in french
    assert "ou donnez-lui un id à elle" in french
    assert "own/eea.yaml:2" in result.stderr
    assert "replaces: true" in result.stderr


def test_a_policy_that_replaces_nothing(root: Path) -> None:
    result = scan(renamed(root, "replaces: true\n"))
    assert result.exit_code == 2
    assert "no policy `our-eea` ships" in result.stderr


def test_a_set_that_takes_a_shipped_id_must_say_so(root: Path) -> None:
    (root / "set.yaml").write_text(SET % "strict")
    for options in (
        ("--policy-set", str(root / "set.yaml")),
        ("--policy", str(root / "set.yaml")),
    ):
        result = scan(root, *options)
        assert result.exit_code == 2
        assert "`strict` is the id of a policy set that ships" in result.stderr


def test_a_file_outside_of_the_repository(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "set.yaml"
    outside.write_text(SET % "house")
    (_, _, path, _), _ = short(rules(root, "--policy-set", str(outside)))
    assert path is not None
    assert path.startswith("../")
    (run,) = json.loads(scan(root, "--policy-set", str(outside), form="sarif").stdout)["runs"]
    assert [
        each["locations"] for each in run["invocations"][0]["toolConfigurationNotifications"]
    ] == [[], []]


def test_overlays_with_what_they_replace(root: Path) -> None:
    catalogue = PROJECT / "sovlint/catalog"
    (root / "a/providers").mkdir(parents=True)
    (root / "b").mkdir()
    for name, folder in (("providers/hetzner.yaml", "a/providers"), ("registries.yaml", "b")):
        text = (catalogue / name).read_text()
        (root / folder / Path(name).name).write_text(f"{text}replaces: true\n")
    (root / "c").mkdir()
    found = rules(
        root,
        "--catalog",
        str(root / "a"),
        "--catalog",
        str(root / "b"),
        "--catalog",
        str(root / "c"),
    )
    assert [(each["kind"], each["path"]) for each in found] == [
        ("overlay", "a"),
        ("overlay", "b"),
        ("overlay", "c"),
    ]
    assert found[0]["names"] == ["providers/hetzner"]
    assert len(found[1]["names"]) > 1
    assert {name.partition("/")[0] for name in found[1]["names"]} == {
        "namespace",
        "registries",
    }
    assert found[2]["names"] == []
    assert "replaces nothing" in found[2]["message"]


def test_what_is_excluded(root: Path) -> None:
    (root / "sovlint.yaml").write_text('\nexclude: ["a/**", "!a/b", "c"]\n')
    assert short(rules(root)) == [("exclude", ["a/**", "c"], "sovlint.yaml", 2)]


@pytest.mark.parametrize(
    ("options", "folder", "expected"),
    [
        ((), "", ["a/sovlint.yaml", "b/pyproject.toml"]),
        ((), "a", []),
        ((), "b", []),
        (("--no-config",), "", ["a/sovlint.yaml", "b/pyproject.toml", "sovlint.yaml"]),
    ],
)
def test_configurations_that_are_not_used(
    root: Path, options: tuple[str, ...], folder: str, expected: list[str]
) -> None:
    for path, text in {
        "sovlint.yaml": "hds_scope: strict\n",
        "a/sovlint.yaml": "hds_scope: strict\n",
        "b/pyproject.toml": '[tool.sovlint]\nhds_scope = "strict"\n',
        "c/pyproject.toml": '[project]\nname = "sovlint"\n',
        "d/not-sovlint.yaml": "",
    }.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    others = ("option", "declared-elsewhere")
    found = [one for one in short(rules(root / folder, *options)) if one[0] not in others]
    kind = "configuration-not-wanted" if "--no-config" in options else "unused-configuration"
    assert found == ([(kind, expected, None, None)] if expected else [])


def test_a_folder_of_repositories(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / ".git").mkdir(parents=True)
        (tmp_path / name / "main.tf").write_text(BUCKET)
        (tmp_path / name / "sovlint.yaml").write_text("hds_scope: strict\n")
    assert short(rules(tmp_path)) == [
        ("unused-configuration", ["one/sovlint.yaml", "two/sovlint.yaml"], None, None)
    ]
    assert "not used" in said(tmp_path, "text")


def test_what_a_name_says_does_no_harm(root: Path) -> None:
    (root / "sovlint.yaml").write_text('exclude: ["a\\u001b[31m::error::x", "`x` @you"]\n')
    for form in FORMATS:
        assert "\x1b" not in scan(root, form=form).stdout
    assert "@you" not in scan(root, form="markdown").stdout

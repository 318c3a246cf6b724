"""No secret comes out of what a change edits, though what was and is there is taken out of its file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from sovlint.report import REPORTS
from sovlint.stages.edits import edits
from tests.gate.canaries.kinds import LINES, SETTINGS, canary, planted
from tests.gate.canaries.leaks import leaks
from tests.gate.canaries.writing import OWN
from tests.git_house import git
from tests.test_hostile import run

SPOKEN: Final[dict[str, Any]] = {
    "password": "correct @ battery staple", "passphrase": "one two @", "SECRET_KEY": "abc @ ghi",
    "DSN": "Server=x;Password=tulip @ b;User=u", "URL": "https://bob:tulip @@@h.acme.com/x", "pw": {"value": "@"},
    "secret": {"name": "a", "data": "@"}, "secrets": {"db": {"text": "@"}}, "passwd": ["@", "a @"], "PINS": {"token": ["@"]},
    "AWS": "@UtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "NOTE": "the password is @ there", 
    "env": [{"name": "DB_PASSWORD", "value": "a @"}],
    "args": ["--password", "tulip @"], "AUTH": "Authorization: Bearer a.b @", "key": "password: |\n  one\n  @ two\n",
    "login": "docker login -u bob -p tulip @", "folded": "export API_TOKEN=tulip @ b", "quoted": "API_TOKEN='a \"@\" b'",
}  # fmt: skip
"""Secrets of several words, below a key that says what they are, and beside a flag of a list."""


def _spoken(value: Any, number: int) -> Any:
    """A value with the canary of a number; ``@@`` stands for the sign itself after it."""
    text = json.dumps(value).replace("@@@", "@\0").replace("@", canary(number))
    return json.loads(text.replace("\0", "@"))


def secrets(start: int) -> dict[str, Any]:
    """Every kind of secret below a key, of which each differs from those of another start."""
    found = {
        each.name: planted(each.value, (number + start) % 1000, "p1")
        for number, each in enumerate(SETTINGS)
    }
    found |= {key: _spoken(value, start + 900) for key, value in SPOKEN.items()}
    lines = [planted(each.text, start + number, "p1") for number, each in enumerate(LINES)]
    return {**found, "script": lines, "one": "\n".join(lines)}


def _yaml(value: Any) -> str:
    return json.dumps(value, indent=1)


def _lines(value: dict[str, Any]) -> str:
    rows = [f"{key}={each}" for key, each in value.items() if isinstance(each, str)]
    return "".join(
        f"sovlint scan; {row}\n" for row in (*rows, *value["script"]) if "\n" not in row
    )


FORMS: Final[dict[str, tuple[str, Callable[[dict[str, Any]], str]]]] = {
    "the configuration": ("sovlint.yaml", lambda held: _yaml({"terraform": {"vars": held}, "exclude": held["script"]})),
    "an inventory": ("saas.yaml", lambda held: _yaml({"services": [held, {"id": "b", "facts": held}]})),
    "a policy": ("own/policy.yaml", _yaml),
    "the whole of a step": ("ci.yml", lambda held: _yaml({"jobs": {"a": {"steps": [{"run": "sovlint scan", **held}]}}})),
    "a step's variables": ("ci.yml", lambda held: _yaml({"steps": [{"run": "sovlint scan", "env": held}]})),
    "a step of another job": ("ci.yml", lambda held: _yaml({"a": {"run": "sovlint scan"}, "b": {"steps": [held]}})),
    "several documents": ("ci.yaml", lambda held: f"{_yaml(held)}\n---\n{_yaml({'run': 'sovlint scan', **held})}"),
    "a table": ("pyproject.toml", lambda held: "[tool.sovlint]\n" + "".join(
        f"{key} = {json.dumps(each)}\n" for key, each in held.items() if isinstance(each, str))),
    "a program": ("deploy.sh", _lines),
    "what git ignores": (".gitignore", _lines),
    "data that can't be read": ("sovlint.yaml", lambda held: "a: [\n" + _lines(held)),
}  # fmt: skip


@pytest.mark.parametrize(
    "chosen", [None, lambda text: "sovlint" in text], ids=["all", "starting"]
)
@pytest.mark.parametrize("form", FORMS)
def test_no_kind_comes_out_of_an_edit(
    form: str, chosen: Callable[[str], bool] | None
) -> None:
    name, written = FORMS[form]
    states = [None, *(written(secrets(start)).encode() for start in (0, 300))]
    for before in states:
        for after in states:
            if before == after:
                continue
            found = edits(name, before, after, chosen)
            assert found is not None
            assert found.told or found.more
            said = "\n".join(
                f"{each.name}: {each.before} > {each.after}" for each in found.told
            )
            assert leaks(said) == []


def _write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def _files(start: int) -> dict[str, str]:
    """What governs a run, and starts it, with every kind of secret, each another than of another start."""
    held = secrets(start)
    step = {"run": f"sovlint scan --token {canary(start)}", **held}
    reasons = (each.replace('"', "'") for each in held["script"])
    comments = "".join(f'# sovlint: ignore[all] reason="{each}"\n' for each in reasons)
    texts = {key: each for key, each in held.items() if isinstance(each, str)}
    config = {
        "terraform": {"vars": texts},
        "exclude": [f"{each}/**" for each in held["script"]],
    }
    service = {
        "id": "a",
        "vendor": "Datadog",
        "data": ["health"],
        "purpose": texts["JDBC_URL"],
    }
    return {
        "sovlint.yaml": OWN["sovlint.yaml"] + "".join(f"{key}: {_yaml(each)}\n" for key, each in config.items()),
        "saas.yaml": _yaml({"services": [service, {**service, "id": "b", "purpose": held["NOTE"]}]}),
        "ci/deploy.yml": _yaml({"jobs": {"a": {"steps": [step]}, "b": held}}),
        ".gitlab-ci.yml": _yaml({"variables": held, "lint": {"script": ["sovlint scan", *held["script"]]}}),
        "Makefile": _lines(held),
        ".gitignore": _lines(held),
        "main.tf": f'provider "aws" {{\n  region = "us-east-1"\n}}\n{comments}resource "aws_s3_bucket" "a" {{}}\n',
    }  # fmt: skip


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose last commit edits all of them."""
    folder = tmp_path_factory.mktemp("edits") / "r"
    git(folder.parent, "init", "--quiet", str(folder))
    for start in (0, 300):
        _write(folder, {"one.yaml": OWN["one.yaml"], **_files(start)})
        git(folder, "add", "--all", "--force")
        git(folder, "commit", "--quiet", "--message", "a")
    return folder


ALL: Final = [
    *(("scan", form) for form in REPORTS),
    *(("scan", f"{form}, its target's rules") for form in ("json", "text")),
]


@pytest.mark.parametrize(("command", "form"), ALL)
def test_no_format_of_a_merge_request_tells_one(
    merged: Path, command: str, form: str
) -> None:
    form, judged, _ = form.partition(", its target's rules")
    options = ("--rules-from", "HEAD~1") if judged else ()
    done = run(
        merged, "--diff-base", "HEAD~1", "--format", form, "--full", "--allow-failures", *options,
        command=command,
    )  # fmt: skip
    assert done.stdout, done.stderr
    assert leaks(done.stdout) == []
    assert leaks(done.stderr) == []
    assert "deploy.yml" in done.stdout or form == "sarif"


def test_values_that_the_configuration_wins_over_tell_none(tmp_path: Path) -> None:
    names = [key for key in {**secrets(0), "db": {}} if not key.startswith("script")]
    before, after = (
        {**secrets(start), "db": {"password": f"a {canary(start)} b"}} for start in (0, 300)
    )
    blocks = (
        f'variable "{name}" {{\n  default = {quoted_value(before[name])}\n}}\n'
        for name in names
    )
    bucket = 'resource "aws_s3_bucket" "a" {\n  tags = { data_class = "health", a = var.db.password }\n}\n'
    given = {name: after[name] for name in names}
    git(tmp_path, "init", "--quiet")
    _write(
        tmp_path,
        {
            "main.tf": "".join(blocks) + bucket,
            "sovlint.yaml": _yaml({"terraform": {"vars": given}}),
        },
    )
    for form in ("text", "json"):
        done = run(tmp_path, "--format", form, "--full", "--allow-failures")
        assert "terraform.vars" in done.stdout, done.stderr
        assert leaks(done.stdout) == []


def quoted_value(value: Any) -> str:
    """A value of HCL, which is that of JSON but for what is filled in."""
    return json.dumps(value).replace("${", "$${").replace("%{", "%%{")

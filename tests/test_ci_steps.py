"""``action.yml`` and ``templates/``: valid under the servers' schemas; their scripts do what they say and no more."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from sovlint.report import REPORTS
from tests import ci_schemas, scratch
from tests.ci_schemas import ACTION, AZURE, GITLAB

ACTION_TEXT = (scratch.ROOT / "action.yml").read_text(encoding="utf-8")
GITLAB_TEXT = (scratch.ROOT / "templates/sovlint.yml").read_text(encoding="utf-8")
AZURE_TEXT = (scratch.ROOT / "templates/azure-pipelines.yml").read_text(encoding="utf-8")

ON_GITHUB = pytest.mark.skipif(
    not {"github", "sarif", "markdown"} <= set(REPORTS), reason="no such format yet"
)
ON_GITLAB = pytest.mark.skipif(
    not {"gitlab-codequality", "gitlab-sast", "junit"} <= set(REPORTS),
    reason="no such format yet",
)
ON_AZURE = pytest.mark.skipif("junit" not in REPORTS, reason="no such format yet")

BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
HOSTILE = "\"; touch pwned; $(touch pwned) `touch pwned` && touch pwned ' #"
CLEAN = 'resource "aws_s3_bucket" "site" {\n  tags = { data_class = "anonymous" }\n}\n'
FINDING = (
    'provider "aws" {\n  region = "eu-west-3"\n}\n\n'
    'resource "aws_s3_bucket" "claims" {\n  tags = { data_class = "health" } # ##vso[task.setvariable variable=x]y\n}\n'
)

RECORDER = """#!/bin/sh
# Stands in for Python: writes down what it is asked, a line each, and makes the environment that it is asked for.
for each in "$@"; do printf '%s\\n' "$each" >> "$LOG"; done
if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi
"""


def github_steps() -> list[Any]:
    (action,) = ci_schemas.read(ACTION_TEXT, ACTION)
    return list(action["runs"]["steps"])


def gitlab_job(**inputs: str) -> Any:
    """The job with inputs put in as GitLab does, before the text is read as YAML."""
    spec, _ = ci_schemas.read(GITLAB_TEXT, GITLAB)
    given = {
        name: str((each or {}).get("default", ""))
        for name, each in spec["spec"]["inputs"].items()
    } | inputs
    text = re.sub(
        r"\$\[\[ inputs\.(\w+) \]\]",
        lambda match: given[match[1]].replace("False", "false"),
        GITLAB_TEXT,
    )
    return ci_schemas.read(text, GITLAB)[1]["sovlint"]


def azure_steps() -> list[Any]:
    (template,) = ci_schemas.read(AZURE_TEXT, AZURE)
    return list(template["steps"])


IN_EEA = """\
id: in-eea
title: {en: In the EEA, fr: Dans l'EEE}
policies: [health-data-in-eea]
under_eu_control: {accept: []}
"""


def repository(folder: Path, env: dict[str, str], text: str = FINDING) -> Path:
    """A repository with ``main.tf`` of this text; ``origin/main`` doesn't have it, HEAD does."""
    at = folder / "repository"
    scratch.write(at, {"other.tf": CLEAN, "in-eea.yaml": IN_EEA})
    scratch.git(at, env, "init", "--quiet")
    scratch.git(at, env, "add", "--all")
    scratch.git(at, env, "commit", "--quiet", "--message=What was there")
    scratch.git(at, env, "update-ref", "refs/remotes/origin/main", "HEAD")
    scratch.write(at, {"main.tf": text})
    scratch.git(at, env, "add", "--all")
    scratch.git(at, env, "commit", "--quiet", "--message=What is there now")
    return at


def talked_round(folder: Path, env: dict[str, str]) -> Path:
    """A repository whose last commit brings a finding, and an entry in its configuration that leaves it out."""
    at = repository(folder, env)
    scratch.git(at, env, "reset", "--quiet", "--hard", "origin/main")
    scratch.write(at, {"sovlint.yaml": "policy_set: sovereign-health\n"})
    scratch.git(at, env, "add", "--all")
    scratch.git(at, env, "commit", "--quiet", "--message=The rules")
    for name in ("main", "release/1"):
        scratch.git(at, env, "update-ref", f"refs/remotes/origin/{name}", "HEAD")
    scratch.write(at, {"sovlint.yaml": "exclude: [main.tf]\n", "main.tf": FINDING})
    scratch.git(at, env, "add", "--all")
    scratch.git(at, env, "commit", "--quiet", "--message=What is asked for")
    return at


def shallow(folder: Path, env: dict[str, str], branch: str = "main") -> Path:
    """A checkout of depth 1 of the last commit of a remote, whose branch isn't there."""
    remote = talked_round(folder, env)
    scratch.git(remote, env, "checkout", "--quiet", "-b", "change")
    scratch.git(remote, env, "branch", "--force", branch, "origin/main")
    at = folder / "shallow"
    address = remote.as_uri()
    scratch.git(
        folder, env, "clone", "--quiet", "--depth=1", "--branch=change", address, str(at)
    )
    return at


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A runner's variables. The environment that an install step would make is the one that runs the tests."""
    for name in ("sovlint", "builds/sovlint"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(sys.prefix, target_is_directory=True)
    return scratch.environment(
        tmp_path,
        VENV=str(tmp_path / "sovlint"),
        CI_BUILDS_DIR=str(tmp_path / "builds"),
        GITHUB_OUTPUT=str(tmp_path / "output"),
        GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"),
    )


def run(script: str, folder: Path, env: dict[str, str], **variables: str) -> tuple[int, str]:
    done = scratch.run(*BASH, "-c", script, cwd=folder, env={**env, **variables})
    return done.returncode, done.stdout


class TestTheirSchemas:
    def test_action(self) -> None:
        assert ci_schemas.problems_of(ACTION_TEXT, ACTION) == []

    def test_gitlab(self) -> None:
        spec, _ = ci_schemas.read(GITLAB_TEXT, GITLAB)
        assert ci_schemas.problems(spec, GITLAB) == []
        assert ci_schemas.problems({"sovlint": gitlab_job(package="wheel.whl")}, GITLAB) == []

    def test_azure(self) -> None:
        assert ci_schemas.problems_of(AZURE_TEXT, AZURE) == []

    @pytest.mark.parametrize(
        ("text", "word", "name"),
        [
            (ACTION_TEXT, "composite", ACTION),
            (GITLAB_TEXT, "before_script:", GITLAB),
            (AZURE_TEXT, "displayName:", AZURE),
        ],
        ids=["action", "gitlab", "azure"],
    )
    def test_they_would_tell(self, text: str, word: str, name: str) -> None:
        assert ci_schemas.problems_of(text.replace(word, f"x{word}"), name)


class TestInputsAreData:
    """Nothing that a user writes becomes part of a script."""

    @pytest.mark.parametrize("step", github_steps(), ids=lambda step: step["name"])
    def test_of_the_action(self, step: Any) -> None:
        assert "${{" not in step["run"]
        assert "uses" not in step

    def test_of_the_component(self) -> None:
        job = ci_schemas.read(GITLAB_TEXT, GITLAB)[1]["sovlint"]
        assert "$[[" not in json.dumps([job["before_script"], job["script"]])

    @pytest.mark.parametrize("step", azure_steps()[:2], ids=lambda step: step["displayName"])
    def test_of_the_template(self, step: Any) -> None:
        assert "${{" not in step["bash"]
        assert "$(" not in step["bash"], "Azure would put a variable in"

    def test_every_input_is_used(self) -> None:
        (action,) = ci_schemas.read(ACTION_TEXT, ACTION)
        assert set(re.findall(r"inputs\.([\w-]+)", ACTION_TEXT)) == set(action["inputs"])
        spec, _ = ci_schemas.read(GITLAB_TEXT, GITLAB)
        assert set(re.findall(r"inputs\.(\w+)", GITLAB_TEXT)) == set(spec["spec"]["inputs"])
        (template,) = ci_schemas.read(AZURE_TEXT, AZURE)
        assert set(re.findall(r"parameters\.(\w+)", AZURE_TEXT)) == {
            each["name"] for each in template["parameters"]
        }


class TestInstalling:
    """With a stand-in for Python: no test installs from the network."""

    @pytest.mark.parametrize("source", ["/some where/sovlint", HOSTILE])
    @pytest.mark.parametrize("server", ["github", "gitlab", "azure"])
    def test_what_is_asked_of_pip(self, tmp_path: Path, server: str, source: str) -> None:
        scratch.write(tmp_path, {"bin/python3": RECORDER})
        (tmp_path / "bin/python3").chmod(0o755)
        home = str(tmp_path / "builds/sovlint")
        env = scratch.environment(
            tmp_path, LOG=str(tmp_path / "log"), VENV=home, CI_BUILDS_DIR=str(tmp_path / "builds"),
            SOURCE=source, PACKAGE=source,
        )  # fmt: skip
        env["PATH"] = f"{tmp_path / 'bin'}{os.pathsep}{env['PATH']}"
        script = {
            "github": github_steps()[0]["run"],
            "gitlab": "\n".join(gitlab_job()["before_script"]),
            "azure": azure_steps()[0]["bash"],
        }[server]
        assert run(script, tmp_path, env) == (0, "")
        said = (tmp_path / "log").read_text().splitlines()
        assert said == [
            "-m",
            "venv",
            home,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            source,
        ]
        assert not (tmp_path / "pwned").exists()


@ON_GITHUB
class TestOnGitHub:
    SCRIPT = github_steps()[1]["run"]

    def scan(self, folder: Path, env: dict[str, str], **variables: str) -> tuple[int, str]:
        (action,) = ci_schemas.read(ACTION_TEXT, ACTION)
        given = {}
        for name, value in github_steps()[1]["env"].items():
            if name != "VENV":
                (key,) = re.findall(r"^\$\{\{ inputs\.([\w-]+) \}\}$", value)
                given[name] = action["inputs"][key]["default"]
        assert set(variables) <= set(given)
        return run(self.SCRIPT, folder, env, **{**given, **variables})

    def test_a_finding(self, tmp_path: Path, env: dict[str, str]) -> None:
        folder = repository(tmp_path, env)
        code, said = self.scan(folder, env)
        assert code == 1
        assert "::error file=main.tf,line=5" in said
        assert json.loads((folder / "sovlint.sarif").read_text())["version"] == "2.1.0"
        assert (tmp_path / "output").read_text() == "exit-code=1\n"
        assert "aws_s3_bucket.claims" in (tmp_path / "summary.md").read_text()

    def test_none(self, tmp_path: Path, env: dict[str, str]) -> None:
        code, said = self.scan(
            repository(tmp_path, env, CLEAN), env, SARIF_FILE="reports.sarif"
        )
        assert (code, "::error" in said) == (0, False)
        assert (tmp_path / "repository/reports.sarif").exists()
        assert (tmp_path / "output").read_text() == "exit-code=0\n"

    @pytest.mark.parametrize(
        ("variables", "code"),
        [
            ({"SOVLINT_FAIL_ON": "never"}, 0),
            ({"SOVLINT_POLICY_SET": "in-eea.yaml"}, 0),
            ({"SOVLINT_DIFF_BASE": "HEAD"}, 0),
            ({"SOVLINT_DIFF_BASE": "origin/main"}, 1),
            ({"SCAN_PATHS": "other.tf"}, 0),
            ({"SCAN_PATHS": "other.tf main.tf"}, 1),
            ({"SCAN_ARGS": "--exit-zero --lang=fr"}, 0),
            ({"SOVLINT_DIFF_BASE": "no-such-revision"}, 2),
        ],
        ids=str,
    )
    def test_its_inputs(
        self, tmp_path: Path, env: dict[str, str], variables: dict[str, str], code: int
    ) -> None:
        assert self.scan(repository(tmp_path, env), env, **variables)[0] == code
        assert (tmp_path / "output").read_text() == f"exit-code={code}\n"

    @pytest.mark.parametrize(
        ("rules", "base", "code"),
        [
            ("", "main", 1),
            ("", "", 0),
            ("none", "main", 0),
            ("origin/main", "", 1),
            ("", "not-fetched", 2),
        ],
    )
    def test_a_pull_request_is_judged_by_the_rules_of_its_target(
        self, tmp_path: Path, env: dict[str, str], rules: str, base: str, code: int
    ) -> None:
        given = {**env, "GITHUB_BASE_REF": base}
        found, said = self.scan(talked_round(tmp_path, env), given, SOVLINT_RULES_FROM=rules)
        assert (found, "aws_s3_bucket.claims" in said) == (code, code == 1), said

    @pytest.mark.parametrize("base", ["", "origin/release/1"])
    def test_the_target_is_fetched_into_a_shallow_checkout(
        self, tmp_path: Path, env: dict[str, str], base: str
    ) -> None:
        folder = shallow(tmp_path, env, "release/1")
        given = {**env, "GITHUB_BASE_REF": "release/1"}
        code, said = self.scan(folder, given, SOVLINT_DIFF_BASE=base)
        assert (code, "aws_s3_bucket.claims" in said) == (1, True), said

    def test_a_target_that_cannot_be_fetched_is_an_error_that_says_what_to_do(
        self, tmp_path: Path, env: dict[str, str]
    ) -> None:
        given = {**env, "GITHUB_BASE_REF": "gone"}
        code, said = self.scan(shallow(tmp_path, env), given)
        assert (code, "::error title=sovlint::" in said, "fetch-depth: 0" in said) == (
            2,
            True,
            True,
        )

    def test_a_hostile_branch_does_nothing(self, tmp_path: Path, env: dict[str, str]) -> None:
        given = {**env, "GITHUB_BASE_REF": HOSTILE}
        assert self.scan(shallow(tmp_path, env), given)[0] == 2
        assert not list(tmp_path.rglob("pwned"))

    def test_it_is_compared_with_where_it_left_the_target(
        self, tmp_path: Path, env: dict[str, str]
    ) -> None:
        folder = repository(tmp_path, env)
        scratch.git(folder, env, "update-ref", "refs/remotes/origin/main", "HEAD")
        scratch.git(folder, env, "checkout", "--quiet", "-b", "change")
        scratch.git(folder, env, "commit", "--quiet", "--allow-empty", "--message=The change")
        scratch.git(folder, env, "checkout", "--quiet", "origin/main")
        scratch.write(folder, {"main.tf": CLEAN.replace("site", "mended")})
        scratch.git(folder, env, "commit", "--quiet", "--all", "--message=Mended meanwhile")
        scratch.git(folder, env, "update-ref", "refs/remotes/origin/main", "HEAD")
        scratch.git(folder, env, "checkout", "--quiet", "change")
        given = {**env, "GITHUB_BASE_REF": "main"}
        rules = {"SOVLINT_RULES_FROM": "none", "SOVLINT_DIFF_BASE": "origin/main"}
        assert self.scan(folder, given, **rules)[0] == 0

    @pytest.mark.parametrize("name", ["SCAN_PATHS", "SCAN_ARGS", "SOVLINT_POLICY_SET", "SOVLINT_FAIL_ON",
                                      "SOVLINT_DIFF_BASE", "SARIF_FILE", "SOVLINT_RULES_FROM"])  # fmt: skip
    def test_a_hostile_input_does_nothing(
        self, tmp_path: Path, env: dict[str, str], name: str
    ) -> None:
        folder = repository(tmp_path, env)
        code, said = self.scan(folder, env, **{name: HOSTILE})
        assert code == (1 if name == "SARIF_FILE" else 2), said
        assert not list(tmp_path.rglob("pwned"))


@ON_GITLAB
class TestOnGitLab:
    def scan(self, folder: Path, env: dict[str, str], **inputs: str) -> tuple[int, str]:
        job = gitlab_job(**inputs)
        given = {
            name: env.get("BASE", "") if value == "$BASE" else value
            for name, value in job["variables"].items()
        }
        return run("\n".join(job["script"]), folder, env, **given)

    def test_its_reports(self, tmp_path: Path, env: dict[str, str]) -> None:
        folder = repository(tmp_path, env)
        code, said = self.scan(folder, env)
        assert code == 1
        assert "aws_s3_bucket.claims" in said
        reports = gitlab_job()["artifacts"]["reports"]
        assert "main.tf" in {
            each["location"]["path"]
            for each in json.loads((folder / reports["codequality"]).read_text())
        }
        assert json.loads((folder / reports["sast"]).read_text())["vulnerabilities"]
        assert ElementTree.parse(folder / reports["junit"]).findall(".//failure")

    def test_only_what_is_new(self, tmp_path: Path, env: dict[str, str]) -> None:
        folder = repository(tmp_path, env)
        new = {**env, "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD"}
        assert self.scan(folder, new)[0] == 1
        assert self.scan(folder, new, only_new="true")[0] == 0
        assert self.scan(folder, env, only_new="true")[0] == 1, "no merge request: all counts"

    @pytest.mark.parametrize(
        ("rules", "target", "code"),
        [
            ("", "main", 1),
            ("", "", 0),
            ("none", "main", 0),
            ("origin/main", "", 1),
            ("", "not-fetched", 1),
        ],
    )
    def test_a_merge_request_is_judged_by_the_rules_of_its_target(
        self, tmp_path: Path, env: dict[str, str], rules: str, target: str, code: int
    ) -> None:
        folder = talked_round(tmp_path, env)
        request = {
            **env,
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": target,
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD~1",
        }
        found, said = self.scan(folder, request, rules_from=rules)
        assert (found, "aws_s3_bucket.claims" in said) == (code, code == 1), said

    def test_the_target_is_fetched_into_a_shallow_checkout(
        self, tmp_path: Path, env: dict[str, str]
    ) -> None:
        folder = shallow(tmp_path, env)
        code, said = self.scan(folder, {**env, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"})
        assert (code, "aws_s3_bucket.claims" in said) == (1, True), said

    @pytest.mark.parametrize(
        "name", ["paths", "policy_set", "fail_on", "only_new", "rules_from"]
    )
    def test_a_hostile_input_does_nothing(
        self, tmp_path: Path, env: dict[str, str], name: str
    ) -> None:
        hostile = "; touch pwned; $(touch pwned) `touch pwned` #"  # a quote would end the YAML of whoever wrote it
        assert self.scan(repository(tmp_path, env), env, **{name: hostile})[0] == (
            1 if name == "only_new" else 2
        )
        assert not list(tmp_path.rglob("pwned"))


@ON_AZURE
class TestOnAzure:
    SCRIPT = azure_steps()[1]["bash"]

    def scan(self, folder: Path, env: dict[str, str], **variables: str) -> tuple[int, str]:
        given = {
            "SCAN_PATHS": ".",
            "ONLY_NEW": "False",
            "RULES_FROM": "",
            "SOVLINT_POLICY_SET": "",
            "SOVLINT_FAIL_ON": "error",
        }
        assert set(given) | {"VENV", "REPORT"} == set(azure_steps()[1]["env"])
        return run(
            self.SCRIPT,
            folder,
            env,
            **{**given, "REPORT": f"{env['HOME']}/junit.xml", **variables},
        )

    def test_a_finding(self, tmp_path: Path, env: dict[str, str]) -> None:
        code, said = self.scan(repository(tmp_path, env), env)
        assert code == 1
        assert ElementTree.parse(tmp_path / "junit.xml").findall(".//failure")
        commands = [line for line in said.splitlines() if "##vso[" in line]
        assert commands == [
            "##vso[task.logissue type=error]sovlint has findings: the log and the tab Tests have them."
        ], "what a scanned file says is no command"

    def test_what_could_not_be_done(self, tmp_path: Path, env: dict[str, str]) -> None:
        code, said = self.scan(repository(tmp_path, env), env, SCAN_PATHS="nowhere")
        assert (code, "could not do its work (exit code 2)" in said) == (2, True)

    @pytest.mark.parametrize(("only_new", "code"), [("True", 0), ("False", 1)])
    def test_only_what_is_new(
        self, tmp_path: Path, env: dict[str, str], only_new: str, code: int
    ) -> None:
        folder = repository(tmp_path, env)
        scratch.git(folder, env, "update-ref", "refs/remotes/origin/release/1", "HEAD")
        target = {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/release/1"}
        assert self.scan(folder, env, ONLY_NEW=only_new, **target)[0] == code

    @pytest.mark.parametrize(
        ("rules", "target", "code"),
        [
            ("", "main", 1),
            ("", "release/1", 1),
            ("", "", 0),
            ("none", "main", 0),
            ("origin/main", "", 1),
        ],
    )
    def test_a_pull_request_is_judged_by_the_rules_of_its_target(
        self, tmp_path: Path, env: dict[str, str], rules: str, target: str, code: int
    ) -> None:
        named = {"SYSTEM_PULLREQUEST_TARGETBRANCH": f"refs/heads/{target}"} if target else {}
        found, said = self.scan(talked_round(tmp_path, env), env, RULES_FROM=rules, **named)
        assert (found, "aws_s3_bucket.claims" in said) == (code, code == 1), said

    @pytest.mark.parametrize("only_new", ["True", "False"])
    def test_the_target_is_fetched_into_a_shallow_checkout(
        self, tmp_path: Path, env: dict[str, str], only_new: str
    ) -> None:
        folder = shallow(tmp_path, env)
        target = {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main", "ONLY_NEW": only_new}
        code, said = self.scan(folder, env, **target)
        assert (code, "aws_s3_bucket.claims" in said) == (1, True), said

    def test_a_target_that_cannot_be_fetched_is_an_error_that_says_what_to_do(
        self, tmp_path: Path, env: dict[str, str]
    ) -> None:
        target = {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/gone"}
        code, said = self.scan(shallow(tmp_path, env), env, **target)
        assert (code, "fetchDepth: 0" in said) == (2, True)

    @pytest.mark.parametrize("name", ["SCAN_PATHS", "ONLY_NEW", "RULES_FROM", "SOVLINT_POLICY_SET", "SOVLINT_FAIL_ON",
                                      "SYSTEM_PULLREQUEST_TARGETBRANCH"])  # fmt: skip
    def test_a_hostile_input_does_nothing(
        self, tmp_path: Path, env: dict[str, str], name: str
    ) -> None:
        variables = {"ONLY_NEW": "True", name: HOSTILE}
        assert self.scan(repository(tmp_path, env), env, **variables)[0] == (
            1 if name == "ONLY_NEW" else 2
        )
        assert not list(tmp_path.rglob("pwned"))

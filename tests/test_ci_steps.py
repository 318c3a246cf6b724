"""``action.yml`` and ``templates/``: valid under the servers' schemas; their scripts do what they say and no more."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pip
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
BARE = 'resource "aws_s3_bucket" "bare" {}\n'
FINDING = (
    'provider "aws" {\n  region = "eu-west-3"\n}\n\n'
    'resource "aws_s3_bucket" "claims" {\n  tags = { data_class = "health" } # ##vso[task.setvariable variable=x]y\n}\n'
)

PYTHON = """#!/bin/sh
# Stands in for Python 3.11 or newer: an environment is made in a moment, and the pip in it is that of the tests.
if [ "$2" != venv ]; then exec "$REAL" "$@"; fi
"$REAL" -m venv --clear --without-pip "$4"
for each in "$4"/lib/*/site-packages; do echo "$PIP_FOLDER" > "$each/pip.pth"; done
if [ -n "$SCRIPTS" ]; then mv "$4/bin" "$4/Scripts"; fi
"""
OLD_PYTHON = "#!/bin/sh\nexit 1\n"


def step(steps: list[Any], name: str) -> Any:
    """The step of this name."""
    (found,) = (each for each in steps if name in (each.get("name"), each.get("displayName")))
    return found


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
    for name in ("sovlint", "project.tmp/sovlint"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(sys.prefix, target_is_directory=True)
    return scratch.environment(
        tmp_path,
        VENV=str(tmp_path / "sovlint"),
        CI_PROJECT_DIR=str(tmp_path / "project"),
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

    @pytest.mark.parametrize("each", github_steps(), ids=lambda each: each["name"])
    def test_of_the_action(self, each: Any) -> None:
        assert "${{" not in each.get("run", "")
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each.get("uses", f"a@{'0' * 40}"))

    def test_of_the_component(self) -> None:
        job = ci_schemas.read(GITLAB_TEXT, GITLAB)[1]["sovlint"]
        assert "$[[" not in json.dumps([job["before_script"], job["script"]])

    @pytest.mark.parametrize("name", ["Install sovlint", "Scan"])
    def test_of_the_template(self, name: str) -> None:
        script = step(azure_steps(), name)["bash"]
        assert "${{" not in script
        assert "$(" not in script, "Azure would put a variable in"

    def test_every_input_is_used(self) -> None:
        (action,) = ci_schemas.read(ACTION_TEXT, ACTION)
        assert set(re.findall(r"inputs\.([\w-]+)", ACTION_TEXT)) == set(action["inputs"])
        spec, _ = ci_schemas.read(GITLAB_TEXT, GITLAB)
        assert set(re.findall(r"inputs\.(\w+)", GITLAB_TEXT)) == set(spec["spec"]["inputs"])
        (template,) = ci_schemas.read(AZURE_TEXT, AZURE)
        assert set(re.findall(r"parameters\.(\w+)", AZURE_TEXT)) == {
            each["name"] for each in template["parameters"]
        }


SERVERS = ("github", "gitlab", "azure")


class Machine:
    """A machine on which sovlint's wheel, a stand-in, is installed by the steps of a server; without network."""

    def __init__(self, folder: Path, server: str, **more: str) -> None:
        self.folder, self.server = folder, server
        self.wheel = stub_wheel(folder / "releases")
        self.sha256 = hashlib.sha256(self.wheel.read_bytes()).hexdigest()
        scratch.write(folder, {"bin/python3": PYTHON})
        (folder / "bin/python3").chmod(0o755)
        (folder / "only").mkdir()
        (folder / "only/pip").symlink_to(Path(pip.__file__).parent)
        self.venv = folder / "project.tmp/sovlint"
        self.env = scratch.environment(
            folder,
            REAL=sys.executable, PIP_FOLDER=str(folder / "only"), PIP_NO_INDEX="1", SCRIPTS="",
            VENV=str(self.venv), CI_PROJECT_DIR=str(folder / "project"),
            WHEELS=str(folder / "project/.sovlint-wheels"), GITHUB_OUTPUT=str(folder / "output"),
            GITHUB_STEP_SUMMARY=str(folder / "summary.md"), SOURCE=str(self.wheel), ACTION="https://ci.example/acme/sovlint",
            **dict.fromkeys(("PACKAGE", "RELEASE", "VERSION", "SHA256"), ""),
        )  # fmt: skip
        self.env.update(more)
        self.env.pop("PYTHONPATH", None)
        self.env["PATH"] = f"{folder / 'bin'}{os.pathsep}{self.env['PATH']}"

    def install(self, **inputs: str) -> tuple[int, str]:
        """Run the steps before the scan."""
        scripts = {
            "github": [step(github_steps(), name).get("run") for name in ("Look for Python", "Install sovlint")],
            "gitlab": ["\n".join(gitlab_job()["before_script"])],
            "azure": [step(azure_steps(), "Install sovlint")["bash"]],
        }[self.server]  # fmt: skip
        code, said = 0, ""
        for script in scripts:
            if code == 0:
                given = {**self.env, "PYTHON": "python3", **inputs}
                code, more = run(script, self.folder, given)
                said += more
        return code, said

    def outcome(self) -> str:
        """What later steps are told of a failure."""
        return {
            "github": lambda: (self.folder / "output").read_text(),
            "gitlab": lambda: (self.folder / "sovlint.env").read_text(),
            "azure": str,
        }[self.server]()

    def says(self) -> str:
        """What the program that was installed prints."""
        (program,) = (
            self.venv / name / "sovlint"
            for name in ("bin", "Scripts")
            if (self.venv / name / "sovlint").exists()
        )
        return scratch.run(program, cwd=self.folder, env=self.env).stdout


def stub_wheel(folder: Path, version: str = "9.9.9", says: str = "stub") -> Path:
    """A wheel that is called like sovlint's, needs nothing, and has a program of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    name, info = f"sovlint-{version}-py3-none-any.whl", f"sovlint-{version}.dist-info"
    with zipfile.ZipFile(folder / name, "w") as wheel:
        wheel.writestr("sovlint/__init__.py", f"def main():\n    print({says!r})\n")
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: sovlint\nVersion: {version}\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(
            f"{info}/entry_points.txt", "[console_scripts]\nsovlint = sovlint:main\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return folder / name


@pytest.mark.parametrize("server", SERVERS)
class TestInstalling:
    """A stand-in for the wheel, on a machine that is never asked for anything beyond it."""

    def test_the_wheel_of_a_release_by_its_hash_and_then_from_the_cache(
        self, tmp_path: Path, server: str
    ) -> None:
        machine = Machine(tmp_path, server)
        wanted = {
            "RELEASE": machine.wheel.parent.as_uri() + "/",
            "VERSION": "9.9.9",
            "SHA256": machine.sha256,
        }
        code, said = machine.install(**wanted)
        assert code == 0, said
        assert machine.says() == "stub\n"
        machine.wheel.unlink()
        shutil.rmtree(machine.venv)
        code, said = machine.install(**wanted)
        assert (code, machine.says()) == (0, "stub\n"), said


@pytest.mark.parametrize("server", SERVERS[:1])
class TestInstallingByTheSharedText:
    """The text is the same on every server, so that one stands for all."""

    def test_another_wheel_than_was_asked_for_is_not_installed(
        self, tmp_path: Path, server: str
    ) -> None:
        machine = Machine(tmp_path, server)
        code, said = machine.install(PACKAGE=str(machine.wheel), SHA256="0" * 64)
        assert (code, f"another SHA-256 than was asked for, {machine.sha256}" in said) == (
            2,
            True,
        ), said
        assert "failure" in (machine.outcome() or said)
        assert not list(machine.venv.rglob("sovlint"))
        assert not list(tmp_path.rglob(".sovlint-wheels/*"))

    def test_what_else_lies_in_the_cache_is_replaced(
        self, tmp_path: Path, server: str
    ) -> None:
        machine = Machine(tmp_path, server)
        stub_wheel(tmp_path / "project/.sovlint-wheels", says="somebody else's")
        code, said = machine.install(PACKAGE=str(machine.wheel), SHA256=machine.sha256)
        assert (code, machine.says()) == (0, "stub\n"), said

    def test_without_a_hash_the_cache_is_not_believed(
        self, tmp_path: Path, server: str
    ) -> None:
        machine = Machine(tmp_path, server)
        stub_wheel(tmp_path / "project/.sovlint-wheels", "9.9.10", says="somebody else's")
        code, said = machine.install(PACKAGE=str(machine.wheel))
        assert (code, machine.says()) == (0, "stub\n"), said

    def test_what_was_installed_before_is_gone(self, tmp_path: Path, server: str) -> None:
        """A machine that serves many runs: another wheel of the same version isn't taken for the one asked for."""
        machine = Machine(tmp_path, server)
        other = stub_wheel(tmp_path / "other", says="somebody else's")
        assert machine.install(PACKAGE=str(other))[0] == 0
        code, said = machine.install(PACKAGE=str(machine.wheel), SHA256=machine.sha256)
        assert (code, machine.says()) == (0, "stub\n"), said

    def test_programs_of_windows(self, tmp_path: Path, server: str) -> None:
        machine = Machine(tmp_path, server, SCRIPTS="yes")
        code, said = machine.install(PACKAGE=str(machine.wheel))
        assert (code, machine.says()) == (0, "stub\n"), said
        assert (machine.venv / "Scripts/python").exists()

    def test_an_old_python_is_a_failure_that_says_so(
        self, tmp_path: Path, server: str
    ) -> None:
        machine = Machine(tmp_path, server)
        for name in ("python3", "python"):
            scratch.write(tmp_path, {f"bin/{name}": OLD_PYTHON})
            (tmp_path / "bin" / name).chmod(0o755)
        code, said = machine.install(PACKAGE=str(machine.wheel))
        assert (code, "Python 3.11 or newer is needed" in said) == (2, True), said
        assert "failure" in (machine.outcome() or said)

    @pytest.mark.parametrize("name", ["PACKAGE", "RELEASE", "VERSION", "SHA256"])
    def test_a_hostile_input_does_nothing(
        self, tmp_path: Path, server: str, name: str
    ) -> None:
        machine = Machine(tmp_path, server)
        code, said = machine.install(**{"RELEASE": "x", "VERSION": "1", name: HOSTILE})
        assert (code, "could not be installed" in said) == (2, True), said
        assert not list(tmp_path.rglob("pwned"))


def test_every_server_installs_by_the_same_text() -> None:
    scripts = (
        step(github_steps(), "Install sovlint")["run"],
        "\n".join(gitlab_job()["before_script"]),
        step(azure_steps(), "Install sovlint")["bash"],
    )
    assert len({script[script.index("digest() {") :].strip() for script in scripts}) == 1


class TestInstallingByTheAction:
    def test_its_own_revision_where_nothing_is_asked_for(self, tmp_path: Path) -> None:
        machine = Machine(tmp_path, "github")
        assert machine.install() == (0, "")
        assert machine.says() == "stub\n"

    def test_the_release_of_its_own_version_beside_it(self, tmp_path: Path) -> None:
        machine = Machine(tmp_path, "github")
        scratch.write(tmp_path, {"own/sovlint/__init__.py": '__version__ = "9.9.9"\n'})
        there = tmp_path / "server/releases/download/v9.9.9"
        there.mkdir(parents=True)
        shutil.copy(machine.wheel, there)
        given = {"SOURCE": str(tmp_path / "own"), "ACTION": (tmp_path / "server").as_uri()}
        code, said = machine.install(SHA256=machine.sha256, **given)
        assert (code, machine.says()) == (0, "stub\n"), said

    def test_the_cache_goes_by_system_python_and_hash(self) -> None:
        cache = step(github_steps(), "Cache sovlint")
        assert cache["if"] == "inputs.sha256 != ''"
        for part in ("runner.os", "runner.arch", "python-version", "inputs.sha256"):
            assert part in cache["with"]["key"]
        assert (
            cache["with"]["path"] == step(github_steps(), "Install sovlint")["env"]["WHEELS"]
        )


@ON_GITHUB
class TestOnGitHub:
    SCRIPT = step(github_steps(), "Scan")["run"]

    def scan(self, folder: Path, env: dict[str, str], **variables: str) -> tuple[int, str]:
        (action,) = ci_schemas.read(ACTION_TEXT, ACTION)
        given = {}
        for name, value in step(github_steps(), "Scan")["env"].items():
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
        assert (tmp_path / "output").read_text() == "exit-code=1\noutcome=findings\n"
        assert "aws_s3_bucket.claims" in (tmp_path / "summary.md").read_text()

    def test_none(self, tmp_path: Path, env: dict[str, str]) -> None:
        code, said = self.scan(
            repository(tmp_path, env, CLEAN), env, SARIF_FILE="reports.sarif"
        )
        assert (code, "::error" in said) == (0, False)
        assert (tmp_path / "repository/reports.sarif").exists()
        assert (tmp_path / "output").read_text() == "exit-code=0\noutcome=clean\n"

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
        outcome = {0: "clean", 1: "findings", 2: "failure"}[code]
        assert (tmp_path / "output").read_text() == f"exit-code={code}\noutcome={outcome}\n"

    @pytest.mark.parametrize(
        ("variables", "code", "why"),
        [
            ({"SCAN_PATHS": "nowhere"}, 2, "could not do its work"),
            ({"SCAN_PATHS": "empty"}, 3, "found nothing to scan"),
        ],
    )
    def test_a_failure_is_told_from_findings(
        self,
        tmp_path: Path,
        env: dict[str, str],
        variables: dict[str, str],
        code: int,
        why: str,
    ) -> None:
        folder = repository(tmp_path, env)
        (folder / "empty").mkdir()
        found, said = self.scan(folder, env, **variables)
        assert (found, f"::error title=sovlint {why}" in said) == (code, True), said
        assert (tmp_path / "output").read_text() == f"exit-code={code}\noutcome=failure\n"
        assert "This is no finding." in (tmp_path / "summary.md").read_text()

    def test_programs_of_windows(self, tmp_path: Path, env: dict[str, str]) -> None:
        (tmp_path / "windows").mkdir()
        (tmp_path / "windows/Scripts").symlink_to(f"{sys.prefix}/bin")
        given = {**env, "VENV": str(tmp_path / "windows")}
        assert self.scan(repository(tmp_path, env), given)[0] == 1

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

    def test_labels_may_only_become_more(self, tmp_path: Path, env: dict[str, str]) -> None:
        folder, given = repository(tmp_path, env, BARE), {**env, "GITHUB_BASE_REF": "main"}
        code, said = self.scan(folder, given)
        assert (code, "aws_s3_bucket.bare (main.tf:1)" in said) == (1, True), said
        assert self.scan(folder, given, SOVLINT_MIN_CLASSIFIED="")[0] == 0

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
                                      "SOVLINT_DIFF_BASE", "SARIF_FILE", "SOVLINT_RULES_FROM",
                                      "SOVLINT_MIN_CLASSIFIED"])  # fmt: skip
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

    @pytest.mark.parametrize(
        ("paths", "code", "outcome"),
        [
            ("other.tf", 0, "clean"),
            (".", 1, "findings"),
            ("nowhere", 2, "failure"),
            ("empty", 3, "failure"),
        ],
    )
    def test_later_jobs_are_told_a_failure_from_findings(
        self, tmp_path: Path, env: dict[str, str], paths: str, code: int, outcome: str
    ) -> None:
        folder = repository(tmp_path, env)
        (folder / "empty").mkdir()
        found, said = self.scan(folder, env, paths=paths)
        assert (found, "this is no finding" in said) == (code, outcome == "failure"), said
        told = (folder / gitlab_job()["artifacts"]["reports"]["dotenv"]).read_text()
        assert told == f"SOVLINT_EXIT_CODE={code}\nSOVLINT_OUTCOME={outcome}\n"

    @pytest.mark.parametrize(
        ("asked", "target", "code"),
        [("ratchet", "main", 1), ("", "main", 0), ("ratchet", "", 0)],
    )
    def test_labels_may_only_become_more(
        self, tmp_path: Path, env: dict[str, str], asked: str, target: str, code: int
    ) -> None:
        folder = repository(tmp_path, env, BARE)
        given = {**env, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": target}
        found, said = self.scan(folder, given, min_classified=asked)
        assert (found, "aws_s3_bucket.bare (main.tf:1)" in said) == (code, code == 1), said
        assert ("there is nothing to compare with" in said) == (not target)

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
        "name", ["paths", "policy_set", "fail_on", "min_classified", "only_new", "rules_from"]
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
    SCRIPT = step(azure_steps(), "Scan")["bash"]

    def scan(self, folder: Path, env: dict[str, str], **variables: str) -> tuple[int, str]:
        given = {
            "SCAN_PATHS": ".",
            "ONLY_NEW": "False",
            "RULES_FROM": "",
            "SOVLINT_POLICY_SET": "",
            "SOVLINT_FAIL_ON": "error",
            "SOVLINT_MIN_CLASSIFIED": "ratchet",
        }
        assert set(given) | {"VENV", "REPORT"} == set(step(azure_steps(), "Scan")["env"])
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
            "##vso[task.logissue type=error]sovlint has findings: the log and the tab Tests have them.",
            "##vso[task.setvariable variable=SovlintExitCode]1",
            "##vso[task.setvariable variable=SovlintOutcome]findings",
        ], "what a scanned file says is no command"

    def test_what_could_not_be_done(self, tmp_path: Path, env: dict[str, str]) -> None:
        code, said = self.scan(repository(tmp_path, env), env, SCAN_PATHS="nowhere")
        assert (code, "could not do its work (exit code 2)" in said) == (2, True)
        assert "variable=SovlintOutcome]failure" in said

    def test_labels_may_only_become_more(self, tmp_path: Path, env: dict[str, str]) -> None:
        target = {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"}
        code, said = self.scan(repository(tmp_path, env, BARE), env, **target)
        assert (code, "aws_s3_bucket.bare (main.tf:1)" in said) == (1, True), said

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
                                      "SOVLINT_MIN_CLASSIFIED", "SYSTEM_PULLREQUEST_TARGETBRANCH"])  # fmt: skip
    def test_a_hostile_input_does_nothing(
        self, tmp_path: Path, env: dict[str, str], name: str
    ) -> None:
        variables = {"ONLY_NEW": "True", name: HOSTILE}
        assert self.scan(repository(tmp_path, env), env, **variables)[0] == (
            1 if name == "ONLY_NEW" else 2
        )
        assert not list(tmp_path.rglob("pwned"))

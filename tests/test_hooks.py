"""``.pre-commit-hooks.yaml``, as pre-commit runs it on real commits.

The hooks are those of the manifest in a ``repo: local`` with ``language: system``: nothing is installed, and the
``sovlint`` that runs is the one beside this Python.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from sovlint.catalog.load import load
from sovlint.catalog.shipped import index
from sovlint.frontends import registry
from sovlint.frontends.compose import claims as compose
from sovlint.frontends.kubernetes import claims as kubernetes
from sovlint.frontends.saas import claims as saas
from sovlint.frontends.terraform import claims as terraform
from tests import scratch
from tests.frontends.memory import MemoryReader

MANIFEST = scratch.ROOT / ".pre-commit-hooks.yaml"
HOOKS: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))

STORE = """
resource "aws_s3_bucket" "files" {
  tags = { data_class = "health" }
}
"""
SAFE = 'provider "scaleway" {\n  region = "fr-par"\n}\n\nresource "scaleway_object_bucket" "claims" {\n%s}\n'
HEALTH = '  tags = { data_class = "health" }\n'
MOVED = (
    'provider "aws" {\n  region = "us-east-1"\n}\n\nresource "aws_s3_bucket" "claims" {\n'
    + HEALTH
    + "}\n"
)


def configuration(*ids: str) -> str:
    """A configuration of pre-commit with hooks of the manifest."""
    hooks = [{**hook, "language": "system"} for hook in HOOKS if hook["id"] in ids]
    assert len(hooks) == len(ids)
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]})


class Repository:
    """A git repository with hooks installed, and a first commit that they have passed."""

    def __init__(self, folder: Path, files: dict[str, str], *ids: str) -> None:
        self.folder, self.env = folder / "repository", scratch.environment(folder)
        scratch.write(self.folder, {".pre-commit-config.yaml": configuration(*ids), **files})
        scratch.git(self.folder, self.env, "init", "--quiet")
        scratch.git(self.folder, self.env, "add", "--all")
        scratch.git(self.folder, self.env, "commit", "--quiet", "--message=What was there")
        done = scratch.run("pre-commit", "install", cwd=self.folder, env=self.env)
        assert done.returncode == 0, done.stdout

    def commit(self, files: dict[str, str], *, without: str = "") -> tuple[int, str]:
        """Try to commit files: git's exit code, and what was said in words."""
        scratch.write(self.folder, files)
        if without:
            (self.folder / without).unlink()
        scratch.git(self.folder, self.env, "add", "--all")
        done = scratch.run(
            "git", "commit", "--message=A change", cwd=self.folder, env=self.env
        )
        return done.returncode, " ".join(done.stdout.split())


def test_the_manifest_is_one(tmp_path: Path) -> None:
    done = scratch.run(
        "pre-commit", "validate-manifest", MANIFEST, cwd=tmp_path, env=scratch.environment(tmp_path)
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")


NAMES = (
    *terraform.ENDINGS, *terraform.UNIT, terraform.STACK, "terraform.tfstate",
    *kubernetes.ENDINGS, *kubernetes.KUSTOMIZATIONS, "Chart.yaml",
    *compose.MAIN, *compose.OVERRIDES,
    *saas.FILE_NAMES, "bom.json", "bom.xml",
)  # fmt: skip
"""Names and endings that front ends claim, but for those of the catalogue's formats."""


def test_a_change_of_any_file_that_is_read_runs_it() -> None:
    files = re.compile(HOOKS[0]["files"])
    formats = load().hints().formats
    globs = [glob for each in index()["formats"].values() for glob in each["files"]]
    examples = [glob.replace("**/", "a/").replace("*", "a") for glob in globs]
    templates = [
        f"{name}.{word}" for name in (".env", "a.toml") for word in formats.templates
    ]
    shown = scratch.ROOT / "fixtures"
    fixtures = [path.relative_to(shown).as_posix() for path in shown.rglob("*")]
    claimed = registry.claimed(fixtures, MemoryReader({}), load().hints())
    read = [*NAMES, *examples, *templates, *claimed]
    assert [name for name in read if not files.search(name)] == []


@pytest.mark.parametrize(
    "name", ["a.py", "README.md", "src/env.ts.map", "docs/environment.rst"]
)
def test_other_files_do_not(name: str) -> None:
    assert HOOKS[0]["files"] == HOOKS[1]["files"]
    assert re.search(HOOKS[0]["files"], name) is None


class TestWhatAChangeAffects:
    ATTESTED = (
        "attestations:\n"
        "  - {claim: {qualification: hds}, subject: {provider: scaleway}, evidence: contract, owner: dpo,\n"
        "     issued: 2026-01-01, expires: 9999-12-31}\n"
        "policy_set: own.yaml\n"
    )
    OWN = (
        "id: own\ntitle: What a hook can pass\n"
        "policies: [health-data-in-eea, health-data-on-certified-host, health-data-under-eu-control]\n"
    )

    @pytest.fixture
    def repository(self, tmp_path: Path) -> Repository:
        files = {
            "infra/main.tf": SAFE % HEALTH,
            "sovlint.yaml": self.ATTESTED,
            "own.yaml": self.OWN,
            "notes.txt": "one\n",
        }
        return Repository(tmp_path, files, "sovlint")

    def test_health_data_moved_to_another_law_is_stopped_and_the_fix_passes(
        self, repository: Repository
    ) -> None:
        code, said = repository.commit({"infra/main.tf": MOVED})
        assert code == 1
        found = "infra/main.tf:5:1: error health-data-in-eea: Amazon Web Services, us-east-1 (US), law of US"
        assert found in said
        assert "`sovlint explain POLICY` what to do" in said
        assert "Traceback" not in said
        code, said = repository.commit({"infra/main.tf": (SAFE % HEALTH) + "# as it was\n"})
        assert (code, "Passed" in said) == (0, True), said

    def test_a_change_that_has_nothing_to_do_with_it_is_left_alone(
        self, repository: Repository
    ) -> None:
        scratch.write(repository.folder, {"infra/main.tf": MOVED})
        scratch.git(
            repository.folder,
            repository.env,
            "commit",
            "--all",
            "--no-verify",
            "--message=Past the hook",
        )
        assert repository.commit({"notes.txt": "two\n"})[0] == 0
        code, said = repository.commit(
            {"other/main.tf": 'resource "aws_s3_bucket" "site" {}\n'}
        )
        assert (code, "us-east-1" in said) == (0, False), said

    def test_a_commit_that_only_deletes_runs_no_hook(self, repository: Repository) -> None:
        code, said = repository.commit({}, without="infra/main.tf")
        assert (code, "no files to check" in said) == (0, True)


def test_a_shared_module_tells_of_every_root_that_calls_it(tmp_path: Path) -> None:
    call = 'provider "aws" {\n  region = "us-east-1"\n}\nmodule "store" {\n  source = "../modules/store"\n}\n'
    files = {
        "claims/main.tf": call,
        "letters/main.tf": call,
        "modules/store/main.tf": "",
        "alone/main.tf": MOVED,
    }
    repository = Repository(tmp_path, files, "sovlint")
    code, said = repository.commit({"modules/store/main.tf": STORE})
    assert code == 1
    assert "modules/store/main.tf" in said
    for root in ("claims", "letters"):
        assert f"module.store.aws_s3_bucket.files, in {root}" in said
    assert "alone/main.tf:" not in said  # no finding
    assert "alone/main.tf (1)" in said  # but what the change doesn't affect is named


def test_the_whole_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path, {"infra/main.tf": MOVED, "other.tf": ""}, "sovlint-all")
    code, said = repository.commit({"other.tf": "# a change elsewhere\n"})
    assert (code, "infra/main.tf" in said) == (1, True)


@pytest.mark.parametrize(
    "files", [{}, {"ci.yaml": "a: 1\n", "pyproject.toml": "[project]\n"}]
)
@pytest.mark.parametrize("hook", [hook["id"] for hook in HOOKS])
def test_where_there_is_nothing_to_check_all_pass(
    tmp_path: Path, hook: str, files: dict[str, str]
) -> None:
    """A repository without infrastructure, and without anything of the house's."""
    repository = Repository(tmp_path, {"README.md": "# None\n", **files}, hook)
    code, said = repository.commit({"notes.yaml": "b: 2\n", "settings.json": "{}\n"})
    assert (code, "Failed" in said, "Passed" in said) == (0, False, True), said


def test_what_nobody_reads_is_not_nothing(tmp_path: Path) -> None:
    """A hook of the whole repository says so where its infrastructure is in files that sovlint doesn't read alone."""
    files = {
        "infra/main.bicep": "resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {\n}\n"
    }
    repository = Repository(tmp_path, files, "sovlint-all")
    code, said = repository.commit({"notes.yaml": "b: 2\n"})
    assert (code, "exit code: 3" in said) == (1, True), said


def test_policies_of_the_house(tmp_path: Path) -> None:
    repository = Repository(
        tmp_path, {"sovlint.yaml": "policy_set: strict\n"}, "sovlint-policies"
    )
    code, said = repository.commit({"sovlint.yaml": "policy_sett: strict\n"})
    assert (code, "Did you mean `policy_set`?" in said) == (1, True)
    assert repository.commit({"sovlint.yaml": "policy_set: statutory\n"})[0] == 0

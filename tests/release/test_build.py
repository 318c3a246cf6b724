"""``make release``: of a small project by the same name, since the whole takes ten seconds each time."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from base64 import b64decode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from release import __main__ as release
from release import building, provenance, sbom
from sovlint import signing
from sovlint.catalog import shipped
from sovlint.evidence.statement import STATEMENT
from sovlint.files import index_file
from sovlint.policy import compile as policies
from tests import scratch
from tests.scratch import ROOT

PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.25"]
build-backend = "hatchling.build"

[project]
name = "sovlint"
dynamic = ["version"]
requires-python = ">=3.11"
license = "Apache-2.0"
dependencies = ["click>=8.0", "tomli>=2; python_version < '3'"]

[project.optional-dependencies]
sign = ["securesystemslib[crypto]>=1.0"]
dev = ["there-is-no-such-library"]

[tool.hatch.version]
path = "sovlint/__init__.py"
"""
CHANGELOG = "# Changelog\n\n## [1.2.3] - 2026-12-03\n\n- What is new.\n\n## [1.2.2] - 2026-11-01\n\n- Old.\n"
SMALL = {
    "pyproject.toml": PYPROJECT,
    "CHANGELOG.md": CHANGELOG,
    "README.md": "rev: v1.2.3\n",
    "sovlint/__init__.py": '__version__ = "1.2.3"\n',
    "sovlint/data/index.json": "{}\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a small project with one commit, and a file that isn't in it."""
    env = scratch.environment(tmp_path)
    folder = tmp_path / "clone"
    scratch.write(folder, SMALL)
    for arguments in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["commit", "--quiet", "-m", "All"],
    ):
        scratch.git(folder, env, *arguments)
    scratch.write(folder, {"sovlint/left.py": "not committed\n"})
    monkeypatch.setattr(release, "ROOT", folder)
    return folder


def made(out: Path, *arguments: str) -> dict[str, bytes]:
    """The files of a release, by name."""
    assert release.main(["build", "--out", str(out), *arguments]) == 0
    return {each.name: each.read_bytes() for each in out.iterdir()}


FILES = {
    "RELEASE-NOTES.md", "SHA256SUMS", "sovlint-1.2.3-py3-none-any.whl", "sovlint-1.2.3.cdx.json",
    "sovlint-1.2.3.intoto.json", "sovlint-1.2.3.tar.gz",
}  # fmt: skip


def test_two_builds_in_two_folders_are_the_same(root: Path, tmp_path: Path) -> None:
    one = made(tmp_path / "one")
    assert set(one) == FILES
    (root / "README.md").write_text("changed, and not committed\n", encoding="utf-8")
    assert made(tmp_path / "else/where") == one


def test_what_is_not_committed_is_not_released(root: Path, tmp_path: Path) -> None:
    made(tmp_path / "out")
    (wheel,) = (tmp_path / "out").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "sovlint/data/index.json" in names
    assert "sovlint/left.py" not in names


def test_files_of_an_earlier_release_go(root: Path, tmp_path: Path) -> None:
    scratch.write(tmp_path / "out", {"sovlint-0.0.1.tar.gz": "old"})
    assert set(made(tmp_path / "out")) == FILES


def test_lines_end_alike_whatever_git_is_told(root: Path, tmp_path: Path) -> None:
    before = made(tmp_path / "out")
    env = scratch.environment(tmp_path)
    for key, value in {"core.autocrlf": "true", "log.showSignature": "true"}.items():
        scratch.git(root, env, "config", key, value)
    assert made(tmp_path / "out") == before


def test_checksums_are_those_of_sha256sum(root: Path, tmp_path: Path) -> None:
    files = made(tmp_path / "out")
    lines = dict(
        reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines()
    )
    own = FILES - {"SHA256SUMS"}
    assert lines == lines | {name: sha256(files[name]).hexdigest() for name in own}


def test_the_provenance_names_commit_files_and_builder(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    files = made(out, "--builder", "https://example.org/builder")
    envelope = json.loads(files["sovlint-1.2.3.intoto.json"])
    assert envelope["signatures"] == []
    stated = json.loads(b64decode(envelope["payload"]))
    assert (stated["_type"], stated["predicateType"]) == (STATEMENT, provenance.PREDICATE)
    assert {each["name"]: each["digest"]["sha256"] for each in stated["subject"]} == {
        name: sha256(files[name]).hexdigest()
        for name in FILES
        if name.endswith((".whl", ".gz", ".cdx.json"))
    }
    definition = stated["predicate"]["buildDefinition"]
    commit = building.commit(root)
    assert definition["externalParameters"] == {"version": "1.2.3", "commit": commit.id}
    source, *tools = definition["resolvedDependencies"]
    assert source == {"name": "source", "digest": {"gitCommit": commit.id}}
    assert [each["name"] for each in tools] == ["hatchling"]
    assert stated["predicate"]["runDetails"]["builder"]["id"] == "https://example.org/builder"


def test_a_key_of_ones_own_signs_the_provenance(root: Path, tmp_path: Path) -> None:
    keyid, public = signing.generated(tmp_path / "key")
    made(tmp_path / "out", "--key", str(tmp_path / "key"))
    envelope = json.loads((tmp_path / "out/sovlint-1.2.3.intoto.json").read_bytes())
    payload, kind = b64decode(envelope["payload"]), envelope["payloadType"]
    assert signing.accepted(payload, kind, envelope["signatures"], [public]) == keyid


def depends(bill: Sequence[dict[str, object]], ref: str) -> list[str]:
    """The names of what a component of a bill depends on."""
    (found,) = (each for each in bill if each["ref"] == ref)
    listed = found.get("dependsOn", [])
    assert isinstance(listed, list)
    return [each.removeprefix("pkg:pypi/").partition("@")[0] for each in listed]


def test_the_bill_says_what_the_wheel_and_each_extra_need(root: Path, tmp_path: Path) -> None:
    text = made(tmp_path / "out")["sovlint-1.2.3.cdx.json"].decode()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert depends(bill["dependencies"], "pkg:pypi/sovlint@1.2.3") == [
        "click",
        "sovlint[sign]",
    ]
    assert depends(bill["dependencies"], "sovlint[sign]") == ["securesystemslib"]
    assert "tomli" not in text
    by_name = {each["name"]: each for each in bill["components"]}
    assert "cryptography" in by_name, "an extra of what the extra needs"
    assert by_name["click"]["scope"] == "required"
    assert by_name["click"]["licenses"] == [{"license": {"id": "BSD-3-Clause"}}]
    assert by_name["securesystemslib"]["scope"] == "optional"
    assert all(each["version"] and each["licenses"] for each in bill["components"])


def test_what_is_not_installed_is_told(root: Path, tmp_path: Path) -> None:
    text = PYPROJECT.replace("click>=8.0", "there-is-no-such-library")
    sdist = tmp_path / "source"
    scratch.write(sdist, {**SMALL, "pyproject.toml": text})
    built = building.build(sdist, 0x60000000, tmp_path / "out")
    with pytest.raises(LookupError, match="there-is-no-such-library"):
        sbom.bill(built.wheel, 0x60000000)


def test_a_version_that_the_changelog_lacks_stops_before_the_build(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    env = scratch.environment(tmp_path)
    scratch.write(root, {"CHANGELOG.md": CHANGELOG.replace("1.2.3", "1.2.4")})
    scratch.git(root, env, "commit", "--all", "--quiet", "-m", "Another")
    assert release.main(["build", "--out", str(tmp_path / "out")]) == 2
    assert "says nothing of 1.2.3" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_a_tag_of_another_version_is_refused(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release.main(["build", "--out", str(tmp_path / "out"), "--tag", "v1.2.2"]) == 2
    assert "has to be v1.2.3" in capsys.readouterr().err
    made(tmp_path / "out", "--tag", "v1.2.3")


SCANNING = """\
import json
import sys

found = {{"policy": "p", "verdict": "{verdict}", "address": "x.a", "path": "main.tf"}}
assert sys.argv[1] == "scan"
print(json.dumps({{"findings": [found]}}))
"""


def test_the_notes_compare_with_another_revision(root: Path, tmp_path: Path) -> None:
    """On every fixture, and on folders that are given; by the code of both commits, not of the checkout."""
    env = scratch.environment(tmp_path)
    for verdict in ("violation", "unproven"):
        code = SCANNING.format(verdict=verdict)
        scratch.write(root, {"sovlint/__main__.py": code, "fixtures/one/main.tf": ""})
        scratch.git(root, env, "add", "sovlint/__main__.py", "fixtures")
        scratch.git(root, env, "commit", "--quiet", "-m", verdict)
    scratch.write(root, {"sovlint/__main__.py": "raise SystemExit(9)\n"})
    clone = tmp_path / "clone-of-theirs"
    scratch.write(clone, {"main.tf": ""})
    files = made(tmp_path / "out", "--base", "HEAD^", "--folders", str(clone))
    notes = files["RELEASE-NOTES.md"].decode()
    assert "- What is new." in notes
    assert "Compared with HEAD^ (" in notes
    for folder in ("one", "clone-of-theirs"):
        assert f"| `{folder}/main.tf` | `p` | `x.a` | violation | unproven |" in notes
    assert "- 2 times: violation, now unproven" in notes


def test_the_last_tag_is_compared_with(root: Path, tmp_path: Path) -> None:
    env = scratch.environment(tmp_path)
    scratch.write(root, {"sovlint/__main__.py": SCANNING.format(verdict="violation")})
    scratch.write(root, {"fixtures/one/main.tf": ""})
    for arguments in (
        ["tag", "v1.2.2"],
        ["add", "--all"],
        ["commit", "--quiet", "-m", "More"],
    ):
        scratch.git(root, env, *arguments)
    scratch.git(root, env, "tag", "v1.2.3")
    notes = made(tmp_path / "out", "--tag", "v1.2.3")["RELEASE-NOTES.md"].decode()
    assert "Compared with v1.2.2 (" in notes
    assert "could not be read" in notes, "the one before couldn't scan"


@pytest.mark.slow
def test_the_indexes_are_the_same_whatever_the_order_of_sets(tmp_path: Path) -> None:
    """All else in a wheel is a copy of a file. This checkout's index of the catalogue was made in some order too."""
    stored = {key: part for key, part in shipped.index().items() if key != index_file.KEY}
    index_file.write(stored, tmp_path / "stored", shipped.BY_ENTRY)
    catalogue = made_by(shipped, "1", tmp_path)
    assert catalogue == (tmp_path / "stored").read_bytes()
    assert made_by(policies, "1", tmp_path) == made_by(policies, "2", tmp_path)


def made_by(module: ModuleType, seed: str, folder: Path) -> bytes:
    """The index that a module makes in a process with this seed of sets."""
    out = folder / f"{module.__name__}-{seed}"
    done = subprocess.run(
        [sys.executable, "-m", module.__name__, str(out)],
        cwd=ROOT,
        env={**scratch.environment(folder), "PYTHONHASHSEED": seed},
        check=False,
    )
    assert done.returncode == 0
    return out.read_bytes()

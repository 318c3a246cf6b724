"""The built wheel, installed into a fresh environment and used there: what a pre-commit hook gets.

No network: the dependencies are those of this environment (that all are declared is checked in ``test_architecture``).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterable
from functools import partial
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from sovlint.commands.schema import SCHEMAS
from tests.scratch import made_once

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = (
    "sovlint",
    "policies",
    "pyproject.toml",
    "hatch_build.py",
    "README.md",
    "LICENSE",
    ".gitignore",
)
BUILT = shutil.ignore_patterns("index.jsonl", "__pycache__")


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run outside the checkout, without its modules in the way."""
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(
        [*map(str, arguments)], capture_output=True, text=True, cwd=cwd, env=env, check=False
    )


def required(names: Iterable[str]) -> dict[str, Distribution]:
    """The distributions of these requirements, and all that they need themselves."""
    found: dict[str, Distribution] = {}
    wanted = [Requirement(each) for each in names]
    while wanted:
        name = wanted.pop().name
        if name not in found:
            found[name] = distribution(name)
            needs = [Requirement(each) for each in found[name].requires or ()]
            wanted += [
                each
                for each in needs
                if each.marker is None or each.marker.evaluate({"extra": ""})
            ]
    return found


def link(names: Iterable[str], packages: Path) -> None:
    """Put what these requirements need into an environment, from this one: there is no network."""
    for each in required(names).values():
        for top in {Path(file).parts[0] for file in each.files or ()} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(Path(str(each.locate_file(top))))


PROGRAMS = "Scripts" if sys.platform == "win32" else "bin"
"""Where an environment has its programs."""


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that can import the standard library and what a build requires, as pip makes one for it."""
    return made_once(tmp_path_factory, "builder", _make_builder) / PROGRAMS / "python"


def _make_builder(home: Path) -> None:
    venv.create(home, with_pip=False)
    (packages,) = home.rglob("site-packages")
    link(PYPROJECT["build-system"]["requires"], packages)


@pytest.fixture(scope="module")
def wheel(builder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout, so that nothing of it is found by accident."""
    (found,) = made_once(tmp_path_factory, "dist", partial(_build, builder)).glob("*.whl")
    return found


def _build(builder: Path, out: Path) -> None:
    source = out / "source"
    source.mkdir()
    for name in SOURCES:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=BUILT)
        else:
            shutil.copy(path, source / name)
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    built = run(builder, "-c", build, out, cwd=source)
    assert built.returncode == 0, built.stderr
    shutil.rmtree(source)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that has the wheel, and what a scan may need: no extra."""
    make = partial(_install, wheel)
    return made_once(tmp_path_factory, "environment", make) / PROGRAMS


def _install(wheel: Path, home: Path) -> None:
    venv.create(home, with_pip=False)
    done = run(
        sys.executable, "-m", "pip", "--python", home / PROGRAMS / "python", "install", "--quiet", "--no-index", "--no-deps",
        "--disable-pip-version-check", wheel, cwd=home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (packages,) = home.rglob("site-packages")
    link(PYPROJECT["project"]["dependencies"], packages)


def test_it_is_built_with_what_the_build_requires_alone(builder: Path, wheel: Path) -> None:
    missing = run(builder, "-c", "import click", cwd=wheel.parent)
    assert "No module named 'click'" in missing.stderr
    assert wheel.is_file()


def test_what_the_wheel_holds(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "sovlint/catalog/index.jsonl", "sovlint/policy/index.jsonl", "sovlint/_policies/health-data-in-eea.yaml",
        "sovlint/_policies/sets/sovereign-health.yaml", "sovlint/catalog/schema.json", "sovlint/policy/schema.json",
        "sovlint/schemas/config.json", "sovlint/schemas/report.json",
        "sovlint/report/messages/terraform.json", "sovlint/report/messages/report/words.json",
        "sovlint/report/french/usage.json", "sovlint/report/french/errors.json", "sovlint/report/french/words.json",
        "sovlint/report/page/outlines.json", "sovlint/report/page/drawings.css",
        "sovlint/report/page/style.css", "sovlint/report/page/script.js", "sovlint/report/page/templates/layout.html",
    ):  # fmt: skip
        assert needed in names
    data = (ROOT / "sovlint").rglob("*.json")
    assert {path.relative_to(ROOT).as_posix() for path in data} <= names
    assert not [
        name
        for name in names
        if name.startswith("sovlint/catalog/") and name.endswith(".yaml")
    ]
    assert not [name for name in names if name.endswith("README.md")]
    assert not [
        name
        for name in names
        if name.split("/")[0] not in ("sovlint",) and ".dist-info/" not in name
    ]


def test_it_runs_from_the_environment_alone(installed: Path, tmp_path: Path) -> None:
    where = run(
        installed / "python", "-c", "import sovlint; print(sovlint.__file__)", cwd=tmp_path
    ).stdout
    assert Path(where).is_relative_to(installed.parent)
    version = run(installed / "sovlint", "--version", cwd=tmp_path)
    assert version.returncode == 0, version.stderr
    assert "catalogue of 20" in version.stdout


def test_it_scans(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'provider "aws" {\n  region = "eu-west-3"\n}\n\n'
        'resource "aws_s3_bucket" "claims" {\n  tags = { data_class = "health" }\n}\n'
    )
    result = run(
        installed / "sovlint",
        "scan",
        "--format",
        "json",
        "--as-of",
        "2026-11-24",
        ".",
        cwd=tmp_path,
    )
    assert result.returncode == 1, result.stderr
    found = {
        (each["policy"], each["verdict"], each["address"])
        for each in json.loads(result.stdout)["findings"]
    }
    assert ("health-data-under-eu-control", "violation", "aws_s3_bucket.claims") in found


def test_its_page_needs_no_extra(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "claims" {}\n')
    result = run(installed / "sovlint", "report", "-o", "page.html", cwd=tmp_path)
    assert (result.returncode, (tmp_path / "page.html").exists()) == (0, True), result.stderr


def test_it_explains(installed: Path, tmp_path: Path) -> None:
    result = run(installed / "sovlint", "explain", "health-data-in-eea", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "area: EEA" in result.stdout


def test_it_looks_things_up_and_says_what_it_can_not_check(
    installed: Path, tmp_path: Path
) -> None:
    page = run(installed / "sovlint", "provider", "osc", cwd=tmp_path)
    assert "Outscale SAS, seat: France (FR) [1]" in page.stdout, page.stderr
    where = run(installed / "sovlint", "where", "eu-west-2", cwd=tmp_path)
    assert "United Kingdom (GB)" in where.stdout, where.stderr
    checked = run(installed / "sovlint", "catalog", "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert "Only the compiled index is installed here" in checked.stdout


def test_it_has_every_schema(installed: Path, tmp_path: Path) -> None:
    told = {
        name: run(installed / "sovlint", "schema", name, cwd=tmp_path) for name in SCHEMAS
    }
    assert [result.stderr for result in told.values() if result.returncode] == []
    untitled = [
        name for name, result in told.items() if not json.loads(result.stdout)["title"]
    ]
    assert untitled == []


def test_it_drafts_a_configuration_and_checks_it(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "claims" {}\n')
    (tmp_path / "overlay").mkdir()
    (tmp_path / "overlay/lexicon.yaml").write_text(
        "terms: [{term: casier, class: contact}]\n"
    )
    assert run(installed / "sovlint", "init", cwd=tmp_path).returncode == 0
    result = run(installed / "sovlint", "check", "--catalog", "overlay", cwd=tmp_path)
    assert (result.returncode, result.stdout.count("no problem found")) == (0, 3), (
        result.stdout
    )


def test_overlays_and_own_policies_are_validated_there_too(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "policy.yaml").write_text("id: own\nseverty: error\n")
    (tmp_path / "main.tf").touch()
    result = run(installed / "sovlint", "scan", "--policy", "policy.yaml", ".", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Did you mean `severity`?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (("register", "dora", "-o", "dora.xlsx"), "registers"),
        (("calendar", "-o", "lapses.ics"), "registers"),
        (("evidence", "--sign", "key", "-o", "evidence.json"), "sign"),
        (("fleet", "scan", ".", "--store", "fleet"), "fleet"),
        (("label", "aws_s3_bucket.claims", "health"), "edit"),
    ],
)
def test_without_an_extra_it_says_what_brings_it_to_this_wheel(
    installed: Path, wheel: Path, tmp_path: Path, arguments: tuple[str, ...], extra: str
) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "claims" {}\n')
    (tmp_path / "key").touch()
    run("git", "init", "--quiet", cwd=tmp_path)
    result = run(installed / "sovlint", *arguments, cwd=tmp_path)
    assert result.returncode == 2, result.stderr
    assert f"pip install '{wheel}[{extra}]'" in "".join(result.stderr.split("\n"))


CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
STEPS = re.findall(r"^RUN (.*?)(?<!\\)$", CONTAINER, re.MULTILINE | re.DOTALL)


class Container:
    """A folder in which the steps of ``Containerfile`` are run, as if it were the root of an image: what only a system
    can do (packages, users) is written down, and pip is kept from the network."""

    def __init__(self, root: Path, wheel: Path, sha256: str) -> None:
        self.root, self.wheel, self.asked = root, wheel, root / "asked"
        self.environment = {
            "PATH": f"{root / 'bin'}:/usr/bin:/bin", "LANG": "C.UTF-8", "ASKED": str(self.asked), "HOME": str(root),
            "GIT_CONFIG_SYSTEM": str(root / "gitconfig"), "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1",
            "WHEEL": wheel.name, "SHA256": sha256,
        }  # fmt: skip

    def prepare(self) -> None:
        """What is there before the first step."""
        root = self.root
        for folder in ("bin", "library", "tmp/wheel", "opt", "lists"):
            (root / folder).mkdir(parents=True)
        (root / "library/one.py").write_text("ONE = 1\n")
        for name in ("apt-get", "useradd"):
            (root / "bin" / name).write_text(f'#!/bin/sh\necho {name} "$@" >> "$ASKED"\n')
            (root / "bin" / name).chmod(0o755)
        (root / "bin/python").symlink_to(sys.executable)
        shutil.copy(self.wheel, root / "tmp/wheel")

    def run(self, script: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """A step, or what is done in the image, by a shell; the image's folders are ours."""
        for inside, here in {
            "/opt/": "opt/", "/tmp/wheel": "tmp/wheel", "/var/lib/apt/lists": "lists",
        }.items():  # fmt: skip
            script = script.replace(inside, f"{self.root}/{here}")
        script = script.replace(
            'print(sysconfig.get_path("stdlib"))', f'print("{self.root}/library")'
        )
        return subprocess.run(
            ["sh", "-c", script], cwd=cwd or self.root, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def built(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Container:
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()

    def take_steps(root: Path) -> None:
        container = Container(root, wheel, digest)
        container.prepare()
        assert len(STEPS) == 4
        for step in STEPS:
            done = container.run(step)
            assert done.returncode == 0, step + done.stdout + done.stderr
        (packages,) = (root / "opt").rglob("site-packages")
        link(PYPROJECT["project"]["dependencies"], packages)

    return Container(made_once(tmp_path_factory, "image", take_steps), wheel, digest)


@pytest.mark.skipif(sys.platform == "win32", reason="an image of Linux")
class TestContainer:
    def test_what_is_asked_of_the_system(self, built: Container) -> None:
        asked = built.asked.read_text().splitlines()
        assert asked[:2] == [
            "apt-get update",
            "apt-get install --yes --no-install-recommends git",
        ]
        assert [line.split()[0] for line in asked[2:]] == ["useradd"]
        assert "--uid 10001" in asked[2]
        assert CONTAINER.index("USER 10001") > CONTAINER.rindex("RUN ")

    def test_bytecode_is_there(self, built: Container) -> None:
        package = next((built.root / "opt").rglob("site-packages")) / "sovlint"
        sources = {path.stem for path in package.rglob("*.py")}
        compiled = {path.name.partition(".")[0] for path in package.rglob("*.pyc")}
        assert sources == compiled
        assert [*(built.root / "library/__pycache__").glob("one.*.pyc")]

    def test_nothing_of_the_building_stays(self, built: Container) -> None:
        assert not (built.root / "tmp/wheel").exists()

    def test_it_scans_a_clone_of_somebody_else(
        self, built: Container, tmp_path: Path
    ) -> None:
        assert (built.root / "gitconfig").read_text() == "[safe]\n\tdirectory = /src\n"
        (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "claims" {}\n')
        done = built.run("/opt/sovlint/bin/sovlint scan", cwd=tmp_path)
        assert (done.returncode, "aws_s3_bucket.claims" in done.stdout) == (0, True), (
            done.stderr
        )

    def test_another_file_of_that_name_is_not_installed(
        self, wheel: Path, tmp_path: Path
    ) -> None:
        container = Container(tmp_path / "image", wheel, "0" * 64)
        container.prepare()
        done = container.run(STEPS[1])
        assert done.returncode != 0
        assert "computed checksum did NOT match" in done.stderr
        assert not (container.root / "opt/sovlint").exists()

    def test_its_base_is_pinned(self) -> None:
        assert re.search(
            r"^ARG BASE=python:3\.\d+-slim@sha256:[0-9a-f]{64}$", CONTAINER, re.M
        )

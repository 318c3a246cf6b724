"""What a run imports: a front end only where files have names that it claims. Imports take most of a small scan."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sovlint.frontends.registry import FRONT_ENDS

ROOT = Path(__file__).parents[1]
MODULES = {
    "terraform": "sovlint.frontends.terraform.front_end",
    "kubernetes": "sovlint.frontends.kubernetes.manifests",
    "compose": "sovlint.frontends.compose.front_end",
    "saas": "sovlint.frontends.saas.front_end",
    "configuration": "sovlint.frontends.configuration.front_end",
}
MANIFEST = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
INVENTORY = "version: 1\nservices:\n  - {id: mail, vendor: brevo, data: [health]}\n"


BUCKET = 'resource "aws_s3_bucket" "a" {}\n'
SLOW = {
    "asyncio", "dataclasses", "hashlib", "hcl2", "jsonschema", "junitparser", "logging", "packaging", "pathspec",
    "pickle", "publicsuffixlist", "random", "rich", "ruamel", "shutil", "subprocess", "tempfile", "tomllib", "xml",
    "zipfile",
}  # fmt: skip
"""What few runs need, and what takes long to import: no run imports it unasked."""
COMPILERS = {
    "sovlint.catalog.checks.check",
    "sovlint.catalog.compiling.compile",
    "sovlint.catalog.compiling.files",
}
"""What makes the catalogue's index."""


def imported_by(arguments: list[str]) -> set[str]:
    """The modules that a run imports, and the packages that they are in."""
    code = (
        "import sys\nfrom sovlint.cli import main\n"
        f"main.main({arguments!r}, standalone_mode=False)\nprint(*sys.modules)"
    )
    command = [sys.executable, "-c", code]
    plain = {
        name: value for name, value in os.environ.items() if name != "COLUMNS"
    }  # else the width is asked for
    ran = [
        subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, env=plain, check=True
        )
        for _ in range(2)
    ]
    return set(
        ran[1].stdout.splitlines()[-1].split()
    )  # the first run may have made the indexes


@pytest.mark.parametrize(
    ("name", "text", "late"),
    [
        ("main.tf", BUCKET, {"yaml", MODULES["kubernetes"], MODULES["compose"]}),
        ("a.yaml", MANIFEST, {"tree_sitter", MODULES["terraform"], MODULES["compose"]}),
        (
            "compose.yaml",
            "services: {api: {image: a}}\n",
            {"tree_sitter", MODULES["terraform"]},
        ),
    ],
)
def test_a_scan_imports_nothing_that_it_does_not_need(
    tmp_path: Path, name: str, text: str, late: set[str]
) -> None:
    """A file is named, as a hook does it."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    imported = imported_by(
        ["scan", str(tmp_path / name), "--no-config", "--format", "concise"]
    )
    assert imported & (SLOW | COMPILERS | late) == set()


def test_the_version_imports_hardly_anything() -> None:
    imported = imported_by(["--version"])
    assert imported & (SLOW | {"msgspec", "tree_sitter", "yaml"}) == set()
    assert {module for module in imported if module.startswith("sovlint.")} == {
        "sovlint.catalog", "sovlint.catalog.releases", "sovlint.catalog.shipped", "sovlint.cli", "sovlint.commands",
        "sovlint.commands.version", "sovlint.errors", "sovlint.files", "sovlint.files.index_file",
    }  # fmt: skip


def test_what_a_run_made_is_not_looked_through_for_garbage_at_its_end() -> None:
    """That would take a sixth of a small scan. What is registered first comes last."""
    code = (
        "import atexit, gc, sys\natexit.register(lambda: print(gc.get_freeze_count() > 0))\n"
        "from sovlint.cli import main\nsys.argv = ['sovlint', '--version']\nmain()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ran.stdout.splitlines()[-1] == "True"


def test_every_front_end_is_looked_at() -> None:
    assert list(MODULES) == list(FRONT_ENDS)


@pytest.mark.parametrize(
    ("name", "text", "imported"),
    [
        ("main.tf", BUCKET, ["terraform"]),
        ("live/terragrunt.hcl", "inputs = {}\n", ["terraform"]),
        ("prod.tfstate", "{}\n", ["terraform"]),
        ("deploy/a.yaml", MANIFEST, ["kubernetes"]),
        ("Kustomization", "resources: []\n", ["kubernetes"]),
        ("compose.yaml", "services: {api: {image: a}}\n", ["kubernetes", "compose"]),
        ("saas.yaml", INVENTORY, ["kubernetes", "saas"]),
        ("package.json", "{}\n", ["kubernetes"]),
        (
            "sbom.json",
            '{"bomFormat": "CycloneDX", "specVersion": "1.6"}\n',
            ["kubernetes", "saas"],
        ),
        (".env", "A=b\n", ["configuration"]),
        ("src/app.py", "kind = apiVersion = 1\n", []),
    ],
)
def test_a_front_end_is_imported_where_it_has_something_to_read(
    tmp_path: Path, name: str, text: str, imported: list[str]
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    code = (
        "import sys\nfrom sovlint.cli import main\n"
        f"main.main(['facts', {str(tmp_path)!r}, '--no-config'], standalone_mode=False)\n"
        f"print([name for name, module in {MODULES!r}.items() if module in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ran.stdout.splitlines()[-1] == str(imported)

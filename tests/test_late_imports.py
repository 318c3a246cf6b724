"""What a run imports: a front end only where files have names that it claims. Imports take most of a small scan."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("name", "text", "imported"),
    [
        ("main.tf", 'resource "aws_s3_bucket" "a" {}\n', ["terraform"]),
        ("live/terragrunt.hcl", "inputs = {}\n", ["terraform"]),
        ("prod.tfstate", "{}\n", ["terraform"]),
        ("deploy/a.yaml", MANIFEST, ["kubernetes"]),
        ("Kustomization", "resources: []\n", ["kubernetes"]),
        ("compose.yaml", "services: {api: {image: a}}\n", ["kubernetes", "compose"]),
        ("saas.yaml", INVENTORY, ["kubernetes", "saas"]),
        ("package.json", "{}\n", ["kubernetes"]),
        ("sbom.json", '{"bomFormat": "CycloneDX", "specVersion": "1.6"}\n', ["kubernetes", "saas"]),
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
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.splitlines()[-1] == str(imported)

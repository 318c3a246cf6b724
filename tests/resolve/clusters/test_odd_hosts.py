"""Addresses of clusters that are no text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main

CLAIM = """
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: claims, labels: {sovlint.dev/data: health}}
"""


@pytest.mark.parametrize("host", ["[]", "{}", "null", "1", "true", '["a", "b"]'])
def test_a_host_that_is_no_text_shows_nothing(tmp_path: Path, host: str) -> None:
    (tmp_path / "main.tf").write_text(f'provider "kubernetes" {{\n  host = {host}\n}}\n')
    (tmp_path / "claim.yaml").write_text(CLAIM)
    ran = CliRunner().invoke(main, ["scan", str(tmp_path), "--format", "json"])
    findings = json.loads(ran.stdout)["findings"]
    assert {each["verdict"] for each in findings} == {"unproven"}

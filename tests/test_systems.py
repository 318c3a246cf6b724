"""What differs between systems: drives, backslashes, ends of lines, encodings of terminals. All of it is tried on any."""

from __future__ import annotations

import json
import ntpath
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.commands import check
from sovlint.files.paths import slashes
from tests.scratch import ROOT, write

FILES = {
    "main.tf": 'provider "aws" {\n  region = "eu-west-3" # Paris\n}\n\nresource "aws_s3_bucket" "a" {\n'
    '  tags = {\n    data_class = "health"\n  }\n}\n',
    "text.tf": 'resource "aws_sqs_queue" "b" {\n  name = <<-EOT\n    claims\n  EOT\n  tags = { data_class = "claims" }\n}\n',
    "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    sovlint.dev/data: health\n"
    "spec:\n  containers:\n  - name: a\n    image: a\n    env:\n    - name: SENTRY_DSN\n"
    "      value: https://a@o1.ingest.sentry.io/1\n",
    "compose.yaml": "services:\n  api:\n    image: a\n    labels:\n      sovlint.dev/data: contact\n"
    "    environment:\n      STRIPE_URL: https://api.stripe.com\n",
    ".env": "# sent\nSENTRY_DSN=https://a@o1.ingest.sentry.io/1\n",
    "saas.yaml": "services:\n- id: mail\n  vendor: brevo\n  data: [health]\n",
    "sovlint.yaml": "clusters:\n- paths: ['*.yaml']\n  provider: scaleway\n  region: fr-par\n"
    "data:\n  paths:\n    .env: [contact]\n",
}


def scanned(root: Path, ends: str) -> list[tuple[str, ...]]:
    """What is found in files whose lines end so: all but columns and words of the source."""
    (root / ".git").mkdir(parents=True)
    for name, text in FILES.items():
        (root / name).write_bytes(text.replace("\n", ends).encode())
    done = CliRunner().invoke(
        main, ["scan", str(root), "--format", "json", "--as-of", "2026-12-01"]
    )
    report = json.loads(done.stdout)
    assert report["failures"] == []
    keys = ("policy", "verdict", "severity", "address", "path", "line")
    assert all(each.keys() >= set(keys) for each in report["findings"]), report["findings"][
        0
    ].keys()
    return sorted(tuple(str(each.get(key)) for key in keys) for each in report["findings"])


def test_ends_of_lines_change_no_finding(tmp_path: Path) -> None:
    unix, windows = scanned(tmp_path / "unix", "\n"), scanned(tmp_path / "windows", "\r\n")
    assert len({each[3] for each in unix}) >= 5
    assert unix == windows


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "cp437"])
def test_a_console_of_windows(tmp_path: Path, encoding: str, language: str) -> None:
    """It shows a report in its own letters; a program that reads one is given UTF-8."""
    write(tmp_path, {"main.tf": FILES["main.tf"]})
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("SOVLINT_")
    } | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}  # fmt: skip
    for form in ("text", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "sovlint", "scan", ".", "--lang", language, "-f", form],
            cwd=tmp_path, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        text = done.stdout.decode(encoding if form == "text" else "utf-8")
        assert "aws_s3_bucket.a" in text
        if form == "text" and language == "fr":
            assert "Données de santé" in text
        if form == "json":
            assert json.loads(text)["findings"]


def test_paths_are_told_with_forward_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    path = PureWindowsPath("infra", "prod", "main.tf")
    monkeypatch.setattr(os, "sep", "\\")
    assert slashes(str(path)) == path.as_posix() == "infra/prod/main.tf"


def test_a_path_is_told_from_the_folder_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"sovlint.yaml": "policy_sett: strict\n"})
    said = CliRunner().invoke(main, ["check"]).stdout
    assert said.startswith("sovlint.yaml:1:1: ")
    house = PureWindowsPath("C:\\house")
    monkeypatch.setattr(
        check, "Path", type("Windows", (), {"cwd": staticmethod(lambda: house)})
    )
    monkeypatch.setattr(os, "sep", "\\")
    assert check._near("C:\\house\\sovlint.yaml:1:1: x") == "sovlint.yaml:1:1: x"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "What is scanned lies on several drives."), ("fr", "sur plusieurs lecteurs")],
)
def test_several_drives_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    """As Windows has them: there is no folder above both."""
    write(tmp_path, {"a/main.tf": "", "b/main.tf": ""})

    def common(folders: object) -> str:
        return ntpath.commonpath(["C:\\a", "D:\\b"])

    monkeypatch.setattr(os.path, "commonpath", common)
    done = CliRunner().invoke(
        main, ["scan", str(tmp_path / "a"), str(tmp_path / "b"), "--lang", language]
    )
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr

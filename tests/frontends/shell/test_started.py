"""Scripts that a pipeline starts: a file, a target of a Makefile, a script of a package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

COPY = "pg_dump claims | aws s3 cp - s3://claims/x.sql --region us-east-1\n"
PACKAGE = '{"scripts": {\n"backup": "' + COPY.strip() + '"}}'
WORKFLOW = """\
on: push
jobs:
  backup:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          {run}
"""


def sends(folder: Path, run: str, files: dict[str, str]) -> list[tuple[str, int, str, str]]:
    """The file and the line of what is sent, its company and its region."""
    workflow = WORKFLOW.format(run=run.replace("\n", "\n          "))
    write(folder, {".github/workflows/backup.yml": workflow, **files})
    arguments = ["facts", str(folder), "--format", "json"]
    facts: dict[str, Any] = json.loads(CliRunner().invoke(main, arguments).stdout)
    return [
        (each["path"], each["line"], placement["provider"], placement["region"])
        for each in facts["resources"]
        for placement in each["placements"]
        if placement["role"] == "at-rest"
    ]


@pytest.mark.parametrize(
    ("run", "files", "at"),
    [
        ("./scripts/backup.sh", {"scripts/backup.sh": COPY}, ("scripts/backup.sh", 1)),
        ("bash -eu scripts/backup.sh", {"scripts/backup.sh": "\n" + COPY}, ("scripts/backup.sh", 2)),
        ("cd scripts && ./backup", {"scripts/backup": "#!/usr/bin/env bash\n" + COPY}, ("scripts/backup", 2)),
        ("$GITHUB_WORKSPACE/backup.sh", {"backup.sh": COPY}, ("backup.sh", 1)),
        ("source lib.sh\nupload x", {"lib.sh": f"upload() {{\n  {COPY}}}\n"}, ("lib.sh", 2)),
        ("make backup", {"Makefile": f"build:\n\ttrue\nbackup: dump\n\t@true\ndump:\n\t{COPY}"}, ("Makefile", 6)),
        ("make -C ops backup", {"ops/Makefile": "backup:\n\t./b.sh\n", "ops/b.sh": COPY}, ("ops/b.sh", 1)),
        ("npm run backup", {"package.json": PACKAGE}, ("package.json", 2)),
        ("sh a.sh", {"a.sh": "sh b.sh", "b.sh": COPY}, ("b.sh", 1)),
    ],
)  # fmt: skip
def test_started(
    tmp_path: Path, run: str, files: dict[str, str], at: tuple[str, int]
) -> None:
    assert sends(tmp_path, run, files) == [(*at, "aws", "us-east-1")]


@pytest.mark.parametrize(
    ("run", "files"),
    [
        ("./scripts/other.sh", {"scripts/backup.sh": COPY}),
        ("python backup.py", {"backup.py": COPY}),
        ("make build", {"Makefile": f"build:\n\ttrue\nbackup:\n\t{COPY}"}),
        ("npm run build", {"package.json": '{"scripts": ["x"]}'}),
        ("npm run build", {"package.json": "{"}),
        ("sh a.sh", {"a.sh": "sh a.sh\n. ./a.sh\n" * 50}),
        ("../outside.sh; ../../etc/passwd; bash /etc/passwd", {}),
    ],
)
def test_not_started(tmp_path: Path, run: str, files: dict[str, str]) -> None:
    assert sends(tmp_path, run, files) == []

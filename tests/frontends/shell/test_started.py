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


OWN = "$(dir $(abspath $(lastword $(MAKEFILE_LIST))))"


@pytest.mark.parametrize(
    ("run", "own", "script"),
    [
        ("make -C ops", OWN, "bin/b.sh"),
        ("make -f ops/Makefile", OWN, "bin/b.sh"),
        ("make -C ops", "$(shell dirname $(realpath $(firstword $(MAKEFILE_LIST))))", "/bin/b.sh"),
        ("make -C ops", f"$(patsubst %/,%,{OWN})", "/bin/b.sh"),
        ("make -C ops", "$(shell cd $(dir $(lastword ${MAKEFILE_LIST})) && pwd)", "/bin/b.sh"),
        ("make -C ops", "$(CURDIR)", "/bin/b.sh"),
    ],
)  # fmt: skip
def test_a_makefile_knows_its_folder(tmp_path: Path, run: str, own: str, script: str) -> None:
    """What lies elsewhere under the same name isn't meant."""
    makefile = f"HERE := {own}\nall:\n\tcd /tmp && $(HERE){script}\n"
    other = COPY.replace("us-east-1", "eu-west-3")
    files = {"ops/Makefile": makefile, "ops/bin/b.sh": COPY, "bin/b.sh": other}
    assert sends(tmp_path, run, files) == [("ops/bin/b.sh", 1, "aws", "us-east-1")]


def test_a_justfile_knows_its_folder(tmp_path: Path) -> None:
    files = {"ops/justfile": "all:\n\t{{justfile_directory()}}/b.sh\n", "ops/b.sh": COPY}
    found = sends(tmp_path, "just -d ops all", files)
    assert found == [("ops/b.sh", 1, "aws", "us-east-1")]


def test_where_a_makefile_runs_is_not_where_it_lies(tmp_path: Path) -> None:
    files = {"ops/Makefile": "all:\n\t$(CURDIR)/b.sh\n", "ops/b.sh": COPY}
    assert sends(tmp_path, "make -f ops/Makefile", files) == []


LIB = "BUCKET=s3://claims\nexport AWS_DEFAULT_REGION=us-east-1\n"
TO_BUCKET = "pg_dump claims | aws s3 cp - $BUCKET/x.sql\n"


@pytest.mark.parametrize(
    ("script", "lib"),
    [
        ('. "$(dirname "$0")/lib.sh"', "ops/bin/lib.sh"),
        (". `dirname $0`/lib.sh", "ops/bin/lib.sh"),
        ('source "${BASH_SOURCE%/*}/lib.sh"', "ops/bin/lib.sh"),
        ('. "${0%/*}/../lib.sh"', "ops/lib.sh"),
        ('HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\n. "$HERE/lib.sh"', "ops/bin/lib.sh"),
        ('A="$(cd -- "$(dirname -- "${BASH_SOURCE[0]:-$0}")" &>/dev/null && pwd -P)"\n. "$A/lib.sh"', "ops/bin/lib.sh"),
        ('HERE=$(dirname "$(dirname "$(readlink -f "$0")")")\n. $HERE/etc/lib.sh', "ops/etc/lib.sh"),
        ('HERE=$(dirname "$(realpath "${BASH_SOURCE[0]}")")\n. $HERE/vars', "ops/bin/vars"),
        ('ROOT=$(git rev-parse --show-toplevel)\n. "$ROOT/lib.sh"', "lib.sh"),
        ('cd "$(dirname "$0")"\n. ./lib.sh', "ops/bin/lib.sh"),
        ('cd "$(dirname "$0")/.." && . ./lib.sh', "ops/lib.sh"),
        ('pushd "${0%/*}"\n. ./lib.sh', "ops/bin/lib.sh"),
        ('(cd /elsewhere; true)\nset -a; . ops/bin/vars; set +a', "ops/bin/vars"),
    ],
)  # fmt: skip
def test_a_script_knows_its_folder(tmp_path: Path, script: str, lib: str) -> None:
    """What it reads in from there counts, and not what lies elsewhere under the same name."""
    other = LIB.replace("us-east-1", "eu-west-3")
    files = dict.fromkeys(("lib.sh", "vars", "ops/lib.sh", "ops/bin/lib.sh"), other)
    held = {**files, lib: LIB, "ops/bin/b.sh": f"{script}\n{TO_BUCKET}"}
    line = script.count("\n") + 2
    assert sends(tmp_path, "ops/bin/b.sh", held) == [
        ("ops/bin/b.sh", line, "aws", "us-east-1")
    ]


def test_each_script_has_its_own_folder(tmp_path: Path) -> None:
    files = {
        "a/run.sh": '. "$(dirname "$0")/../b/lib.sh"\n"$(dirname "$0")/../c/copy.sh"\n',
        "b/lib.sh": '. "$(dirname "${BASH_SOURCE[0]}")/more.sh"\n',
        "b/more.sh": f"export {LIB}",
        "c/copy.sh": f'. "${{0%/*}}/region"\n{TO_BUCKET}',
        "c/region": "export AWS_DEFAULT_REGION=us-west-2\n",
    }
    assert sends(tmp_path, "a/run.sh", files) == [("c/copy.sh", 2, "aws", "us-west-2")]


def test_what_is_read_in_and_is_not_here_may_set_anything(tmp_path: Path) -> None:
    script = f'export AWS_DEFAULT_REGION=us-east-1\n. "$(dirname "$0")/lib.sh"\n{COPY.replace("--region us-east-1", "")}'
    found = sends(tmp_path, "ops/b.sh", {"ops/b.sh": script, "lib.sh": ""})
    assert found == [("ops/b.sh", 3, "aws", None)]


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

"""What a branch is held to have declared where it left a target that has gone on since."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exceptions.house import PROVIDER, bucket, committed, scan
from tests.git_house import git

BARE = {"main.tf": PROVIDER + 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n'}
LABELLED = {"main.tf": PROVIDER + bucket("a")}
NOTHING = {"sovlint.yaml": "data: {}\n"}
DECLARES = {"sovlint.yaml": "data: {paths: {'main.tf': [health]}}\n"}
STRICT = {"sovlint.yaml": DECLARES["sovlint.yaml"] + "hds_scope: strict\n"}
BROKEN = {"sovlint.yaml": "data: ["}


@pytest.mark.parametrize(
    ("base", "target", "change", "lost"),
    [
        (BARE, DECLARES, {"README.md": "b"}, False),
        (BARE | DECLARES, STRICT, NOTHING, True),
        (LABELLED | NOTHING, {"README.md": "b"}, BARE, True),
        (BARE | BROKEN, DECLARES, NOTHING, True),
    ],
    ids=[
        "the target declares it since", "both declared it", "rules are the same",
        "the branch's own rules can't be read: by those of the target it did",
    ],
)  # fmt: skip
def test_a_branch_takes_away_what_it_declared_by_its_own_rules_and_the_targets(
    tmp_path: Path,
    base: dict[str, str],
    target: dict[str, str],
    change: dict[str, str],
    lost: bool,
) -> None:
    committed(tmp_path, base)
    git(tmp_path, "branch", "-M", "target")
    git(tmp_path, "checkout", "-q", "-b", "change")
    committed(tmp_path, change)
    git(tmp_path, "checkout", "-q", "target")
    committed(tmp_path, target)
    git(tmp_path, "checkout", "-q", "change")
    left = git(tmp_path, "merge-base", "target", "HEAD")
    report = scan(tmp_path, "--diff-base", left, "--rules-from", "target", configured=True)
    told = {each["policy"] for each in report["findings"] if each["suppressed"] is None}
    assert ("data-class-removed" in told) is lost

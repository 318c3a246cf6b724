"""``--diff-base``: what a change adds, removes and leaves, in real repositories with a history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exceptions.house import (
    CONTROL,
    EEA,
    PROVIDER,
    QUALIFIED,
    Json,
    bucket,
    committed,
    counting,
    run,
    scan,
    suppressed,
)
from tests.git_house import git

BOTH = {CONTROL, QUALIFIED}


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A history: bucket a; then b is added, c replaced by d."""
    committed(tmp_path, {"main.tf": PROVIDER + bucket("a") + bucket("c")})
    committed(
        tmp_path,
        {"main.tf": PROVIDER + "\n\n" + bucket("a") + bucket("b"), "d.tf": bucket("d")},
    )
    return tmp_path


def gone(report: Json) -> set[tuple[str, str]]:
    """Policy and address of what stands no more."""
    return {(each["policy"], each["address"]) for each in report["difference"]["removed"]}


def test_what_a_merge_request_adds_removes_and_leaves(repo: Path) -> None:
    report = scan(repo, "--diff-base", "HEAD~1")
    assert counting(report) == {
        (policy, f"aws_s3_bucket.{name}") for policy in BOTH for name in "bd"
    }
    assert gone(report) == {(policy, "aws_s3_bucket.c") for policy in BOTH}
    assert suppressed(report) == {("baseline", policy, "aws_s3_bucket.a") for policy in BOTH}
    assert {
        each["suppressed"]["reason"] for each in report["findings"] if each["suppressed"]
    } == {"already there at HEAD~1"}
    found = report["difference"]
    assert (found["base"], found["commit"]) == ("HEAD~1", git(repo, "rev-parse", "HEAD~1"))
    assert (found["left"], found["excused"], found["unread"], report["code"]) == (2, 0, 0, 1)


def test_in_words(repo: Path) -> None:
    text = " ".join(run(repo, "--diff-base", "HEAD~1").stdout.split())
    commit = git(repo, "rev-parse", "HEAD~1")[:12]
    assert (
        f"Since HEAD~1 ({commit}): 4 findings are new, 2 are gone, 2 were there already."
        in text
    )
    assert f"gone: error[{CONTROL}] aws_s3_bucket.c, was at main.tf:8:1" in text
    french = " ".join(run(repo, "--diff-base", "HEAD~1", "--lang", "fr").stdout.split())
    assert "4 constats sont nouveaux, 2 ont disparu, 2 étaient déjà là." in french


def test_nothing_new_is_clean(repo: Path) -> None:
    report = scan(repo, "--diff-base", "HEAD")
    assert (counting(report), report["difference"]["left"], report["code"]) == (set(), 6, 0)


def test_what_became_worse_is_new(tmp_path: Path) -> None:
    unset = (
        'variable "region" { type = string }\nprovider "aws" {\n  region = var.region\n}\n'
    )
    committed(tmp_path, {"main.tf": unset + bucket("a")})
    committed(tmp_path, {"main.tf": PROVIDER.replace("eu-west-3", "us-east-1") + bucket("a")})
    report = scan(tmp_path, "--diff-base", "HEAD~1")
    assert (EEA, "aws_s3_bucket.a") in counting(report)


def test_an_exception_added_by_the_change_is_told(repo: Path) -> None:
    committed(repo, {"d.tf": f'# sovlint: ignore[{CONTROL}] reason="moves"\n' + bucket("d")})
    report = scan(repo, "--diff-base", "HEAD~1")
    found = report["difference"]
    assert (counting(report), gone(report), found["excused"], found["left"]) == (
        set(),
        set(),
        1,
        5,
    )
    assert "1 that counted there is excused since by an exception." in " ".join(
        run(repo, "--diff-base", "HEAD~1").stdout.split()
    )


def test_each_revision_is_read_with_its_own_configuration(repo: Path) -> None:
    committed(repo, {"sovlint.yaml": "policy_set: sovereign-health\n"})
    committed(repo, {"sovlint.yaml": "policy_set: statutory\n"})
    report = scan(repo, "--diff-base", "HEAD~1", configured=True)
    assert (counting(report), len(gone(report))) == (set(), 6)


def test_switching_it_on_makes_nothing_new(repo: Path) -> None:
    committed(repo, {"sovlint.yaml": "policy_set: strict\ndata:\n  assume: health\n"})
    report = scan(repo, "--diff-base", "HEAD~1", configured=True)
    assert (counting(report), gone(report), report["difference"]["left"]) == (
        set(),
        set(),
        12,
    )


def test_what_is_not_committed_counts_too(repo: Path) -> None:
    (repo / "e.tf").write_text(bucket("e"))
    assert {address for _, address in counting(scan(repo, "--diff-base", "HEAD"))} == {
        "aws_s3_bucket.e"
    }


def test_a_path_that_was_not_there_is_all_new(repo: Path) -> None:
    committed(repo, {"new/main.tf": PROVIDER + bucket("n")})
    report = scan(repo / "new", "--diff-base", "HEAD~1")
    assert ({address for _, address in counting(report)}, gone(report)) == (
        {"aws_s3_bucket.n"},
        set(),
    )


def test_what_could_not_be_read_there_is_said(repo: Path) -> None:
    committed(repo, {"d.tf": "resource {"})
    committed(repo, {"d.tf": bucket("d")})
    report = scan(repo, "--diff-base", "HEAD~1")
    assert (report["difference"]["unread"], report["code"]) == (1, 1)
    assert {address for _, address in counting(report)} == {"aws_s3_bucket.d"}


def test_with_a_baseline_and_a_values_file(repo: Path) -> None:
    run(repo / "main.tf", "--write-baseline", repo / "b.json")
    committed(repo, {"x.tfvars": "x = 1\n"})
    report = scan(
        repo,
        "--baseline",
        repo / "b.json",
        "--diff-base",
        "HEAD~1",
        "--var-file",
        repo / "x.tfvars",
    )
    assert (counting(report), report["difference"]["left"]) == (set(), 2)


def test_together_with_affected(repo: Path) -> None:
    report = scan(repo / "d.tf", "--affected", "--diff-base", "HEAD~1")
    assert {address for _, address in counting(report)} == {
        "aws_s3_bucket.b",
        "aws_s3_bucket.d",
    }


def test_the_repository_is_left_as_it_was(repo: Path) -> None:
    before = (
        git(repo, "status", "--porcelain"),
        git(repo, "worktree", "list"),
        git(repo, "branch", "--all"),
    )
    scan(repo, "--diff-base", "HEAD~1")
    assert (
        git(repo, "status", "--porcelain"),
        git(repo, "worktree", "list"),
        git(repo, "branch", "--all"),
    ) == before


@pytest.mark.parametrize("revision", ["absent", "HEAD~9", "--help", "", "HEAD:main.tf"])
def test_a_revision_that_is_none(repo: Path, revision: str) -> None:
    result = run(repo, f"--diff-base={revision}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"There is no revision `{revision}` here" in result.stderr


def test_a_shallow_clone_says_so(
    repo: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clone = tmp_path_factory.mktemp("clone") / "c"
    git(repo, "clone", "--quiet", "--depth", "1", f"file://{repo}", str(clone))
    result = run(clone, "--diff-base", "HEAD~1")
    assert (result.exit_code, "This clone is shallow" in result.stderr) == (2, True)


def test_outside_of_git(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(PROVIDER)
    result = run(tmp_path, "--diff-base", "HEAD")
    assert (result.exit_code, "is no git repository" in result.stderr) == (2, True)


def test_a_configuration_that_was_broken_there_can_be_mended(repo: Path) -> None:
    committed(repo, {"sovlint.yaml": "policy_sets: strict\n"})
    committed(repo, {"sovlint.yaml": "policy_set: sovereign-health\n", "e.tf": bucket("e")})
    report = scan(repo, "--diff-base", "HEAD~1")
    assert {address for _, address in counting(report)} == {"aws_s3_bucket.e"}
    assert (
        report["difference"]["left"],
        report["difference"]["differs"],
        report["code"],
    ) == (
        6,
        True,
        1,
    )


def test_a_configuration_that_hides_what_stood_there_is_told(repo: Path) -> None:
    committed(repo, {"sovlint.yaml": "exclude: [d.tf]\n"})
    committed(repo, {"sovlint.yaml": "exclude: [d.tf, main.tf]\n"})
    report = scan(repo, "--diff-base", "HEAD~1", "--exit-zero")
    assert (report["difference"]["differs"], len(gone(report))) == (True, 4)
    text = " ".join(run(repo, "--diff-base", "HEAD~1").stdout.split())
    assert (
        "The configuration isn't that of HEAD~1: what is gone may only be judged no more"
        in text
    )
    assert scan(repo, "--diff-base", "HEAD")["difference"]["differs"] is False


def test_policies_given_as_files_are_those_of_then(repo: Path) -> None:
    text = "id: own\ntitle: Own\npolicies: [%s]\n"
    committed(repo, {"set.yaml": text % QUALIFIED})
    committed(repo, {"set.yaml": text % f"{QUALIFIED}, {CONTROL}"})
    report = scan(repo, "--diff-base", "HEAD~1", "--policy-set", repo / "set.yaml")
    assert {policy for policy, _ in counting(report)} == {CONTROL}


def test_worktrees_of_others_that_are_not_there_just_now_are_kept(
    repo: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "tree"
    git(repo, "worktree", "add", "--quiet", "--detach", str(other))
    other.rename(other.with_name("away"))
    scan(repo, "--diff-base", "HEAD~1")
    other.with_name("away").rename(other)
    assert git(other, "rev-parse", "HEAD") == git(repo, "rev-parse", "HEAD")


def test_hooks_do_not_run_and_what_git_tells_a_hook_does_not_count(
    repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    mark = tmp_path_factory.mktemp("mark") / "ran"
    hook = repo / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    hook.chmod(0o755)
    monkeypatch.setenv("GIT_DIR", str(repo / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(repo / "nothing"))
    assert scan(repo, "--diff-base", "HEAD~1")["difference"]["left"] == 2
    assert not mark.exists()

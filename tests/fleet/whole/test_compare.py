"""What tells findings and repositories of two runs from each other."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.fleet.whole.compare import compare, renamed_repositories
from sovlint.fleet.whole.view import FleetFinding, RepositoryLine

ONE = FleetFinding(
    "g/a", "p", "violation", "error", "f1", "infra/a", "", "x.y", "at-rest", "aws", "eu-west-3", ("health",),
    "infra/a/m.tf", 1,
)  # fmt: skip


def became(before: list[FleetFinding], after: list[FleetFinding]) -> tuple[int, int, int]:
    """How many are new, gone and moved."""
    found = compare(before, after, {})
    return len(found.new), len(found.gone), len(found.moved)


def test_what_is_the_same() -> None:
    assert became([ONE], [ONE]) == (0, 0, 0)
    assert became([ONE], [replace(ONE, path="infra/a/n.tf", line=9)]) == (0, 0, 0)
    assert became([ONE], [replace(ONE, severity="warning", verdict="unproven")]) == (0, 0, 0)
    assert became([ONE], [replace(ONE, repository="g/b")]) == (1, 1, 0)


def test_one_excuses_one() -> None:
    assert became([ONE], [ONE, ONE]) == (1, 0, 0)
    assert became([ONE, ONE], [ONE]) == (0, 1, 0)


def test_what_is_worse_is_new_and_not_gone() -> None:
    assert became([replace(ONE, verdict="unproven")], [ONE]) == (1, 0, 0)
    assert became([replace(ONE, classes=("contact",))], [ONE]) == (1, 0, 0)
    assert became([replace(ONE, excused=True)], [ONE]) == (1, 0, 0)
    assert became([ONE], [replace(ONE, excused=True)]) == (0, 1, 0)


def test_a_root_that_is_renamed_and_one_that_was_there() -> None:
    other = replace(ONE, root="infra/b", fingerprint="f2", path="infra/b/m.tf")
    there = replace(other, address="z", fingerprint="f3")
    assert became([ONE], [other]) == (0, 0, 0)
    assert became([ONE, there], [other, there]) == (1, 1, 0)


def test_another_place_is_a_move() -> None:
    there = replace(ONE, company="google-cloud", region="europe-west9", fingerprint="f2")
    assert became([ONE], [there]) == (0, 0, 1)


def test_renamed_repositories() -> None:
    """By address, then by commit, then by all that was found; and nothing that could be two."""
    before = [
        RepositoryLine("a", addresses=("u1",), commit="c1"), RepositoryLine("b", commit="c2"),
        RepositoryLine("c"), RepositoryLine("d", commit="c4"), RepositoryLine("e", commit="c4"),
    ]  # fmt: skip
    after = [
        RepositoryLine("a2", addresses=("u1",), commit="c9"), RepositoryLine("b2", commit="c2"),
        RepositoryLine("c2"), RepositoryLine("d2", commit="c4"),
    ]  # fmt: skip
    found = renamed_repositories(
        before, after, [replace(ONE, repository="c")], [replace(ONE, repository="c2")]
    )
    assert found == {"a2": "a", "b2": "b", "c2": "c"}

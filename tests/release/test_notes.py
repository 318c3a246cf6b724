"""Notes of a release: its part of the changelog, and each verdict that is another."""

from __future__ import annotations

import pytest

from release import notes
from release.notes import Comparison
from release.verdicts import Changed, differences

CHANGELOG = "# Changelog\n\n## [1.1.0] - 2026-12-03\n\n### Added\n\n- This.\n\n## [1.0.0] - 2026-11-01\n\n- That.\n"


def finding(policy: str, verdict: str, address: str, **more: object) -> dict[str, object]:
    return {"policy": policy, "verdict": verdict, "address": address, "path": "a.tf", **more}


def scan(*findings: dict[str, object], **more: object) -> dict[str, object]:
    return {"findings": list(findings), **more}


def test_the_same_verdict_on_another_line_is_the_same() -> None:
    before = scan(finding("p", "violation", "x.a", line=1))
    after = scan(finding("p", "violation", "x.a", line=9))
    assert list(differences("f", before, after)) == []


def test_what_turned_is_one_change() -> None:
    before = scan(finding("p", "compliant", "x.a"), finding("q", "unproven", "x.a"))
    after = scan(finding("p", "violation", "x.a"), finding("q", "unproven", "x.a"))
    assert list(differences("f", before, after)) == [
        Changed("f/a.tf", "p", "x.a", "compliant", "violation")
    ]


def test_what_is_there_twice_counts_twice() -> None:
    one = finding("p", "violation", "x.a")
    assert list(differences("f", scan(one), scan(one, one, one))) == [
        Changed("f/a.tf", "p", "x.a", "none", "2 violation")
    ]


def test_what_cannot_be_read_any_more_is_told() -> None:
    after = scan(failures=[{"path": "a.tf", "line": 1}])
    (found,) = differences("f", scan(), after)
    assert (found.where, found.after) == ("f/a.tf", "could not be read")


def test_the_part_of_a_version() -> None:
    assert notes.part(CHANGELOG, "1.1.0") == "### Added\n\n- This."
    assert notes.part(CHANGELOG, "1.0.0") == "- That."
    with pytest.raises(ValueError, match="nothing of 1\\.0"):
        notes.part(CHANGELOG, "1.0")


def test_notes_name_each_change_and_count_them() -> None:
    changed = [Changed("f", "p", f"x.{number}", "none", "unproven") for number in range(3)]
    text = notes.written("1.1.0", CHANGELOG, Comparison("v1.0.0", ["f", "g@0123"], changed))
    assert text.startswith("# sovlint 1.1.0\n\n### Added")
    assert "Compared with v1.0.0" in text
    assert "`f`, `g@0123`" in text
    assert "- 3 times: none, now unproven" in text
    assert "| `f` | `p` | `x.2` | none | unproven |" in text


def test_of_very_many_the_first_are_told() -> None:
    changed = [Changed("f", "p", f"x.{number}", "none", "unproven") for number in range(70)]
    text = notes.written("1.1.0", CHANGELOG, Comparison("v1.0.0", ["f"], changed))
    assert text.count("| `f` |") == notes.ROWS
    assert "And 10 more" in text


def test_nothing_to_compare_with_and_nothing_changed_are_told_apart() -> None:
    first = notes.written("1.1.0", CHANGELOG, Comparison(None, [], []))
    same = notes.written("1.1.0", CHANGELOG, Comparison("v1.0.0", ["f"], []))
    assert "no earlier release has a tag" in first
    assert "No verdict is another." in same


def test_what_a_repository_says_is_no_markdown() -> None:
    hostile = Changed("f/`a|b`", "", "](x) | `<b>`\n# No", "none", "unproven")
    text = notes.written("1.1.0", CHANGELOG, Comparison("v1.0.0", ["f"], [hostile]))
    assert "| `f/'a'b'` | - | `](x) ' '<b>' # No` | none | unproven |" in text

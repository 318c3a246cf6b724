"""Every kind of rule has its sentence in both languages, in every format, whoever made it."""

from __future__ import annotations

import json
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

import pytest

from sovlint.model.findings.change import revision_words
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.report import FACTS_REPORTS, MAP_REPORTS, REPORTS, Renderer
from sovlint.report.pieces.style import Style
from sovlint.report.run import own_rules
from tests.report.build import report

TELLING: dict[str, Renderer] = {
    **{f"scan {name}": render for name, render in REPORTS.items()},
    **{f"map {name}": render for name, render in MAP_REPORTS.items()},
    **{f"facts {name}": render for name, render in FACTS_REPORTS.items() if name != "csv"},
}
"""All formats but the one that has a column for each fact, and no room for anything else."""
WIDE = Style(color=False, width=2000, full=True)


def rule(kind: RuleKind) -> OwnRule:
    detail = RuleDetail("severity", "error", "note")
    return OwnRule(kind, (f"name-{kind.value}",), "own/rules.yaml", 7, (detail,))


def read(text: str) -> str:
    """What a format says without its escapes."""
    plain = text.replace("\\u2192", "→").replace("&#8288;", "").replace("\\u2060", "")
    return unescape(plain.replace("\\", "").replace("%3A", ":"), {"&#8594;": "→"})


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", TELLING)
def test_each_kind_in_each_format(form: str, language: str) -> None:
    rules = tuple(map(rule, RuleKind))
    text = read(TELLING[form](report(rules=rules), language, WIDE))
    missing = [kind.value for kind in RuleKind if f"name-{kind.value}" not in text]
    assert missing == []
    assert text.count("own/rules.yaml:7") >= len(rules)
    assert text.count("error → note") >= len(rules)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", RuleKind)
def test_each_kind_is_a_sentence_of_its_own(kind: RuleKind, language: str) -> None:
    words = own_rules.sentence(rule(kind), language)
    assert words.endswith(": error → note")
    assert "(own/rules.yaml:7)" in words


@pytest.mark.parametrize(
    "form", sorted(set(TELLING) - {"scan concise", "scan gitlab-codequality"})
)
def test_what_every_run_does_is_no_rule_of_ones_own(form: str) -> None:
    told = report(rules=(rule(RuleKind.PASSED_OVER), rule(RuleKind.TRACKED)))
    text = TELLING[form](told, "en", WIDE)
    alone = own_rules.shipped_alone(told, "en")
    assert form.endswith(" json") or read(alone) in read(text)
    assert "Rules of this run that aren't the default" not in text
    assert own_rules.sentences(told, "en") == []


def test_what_there_is_nothing_of() -> None:
    details = (
        RuleDetail("owners", "US", ""),
        RuleDetail("technology", "", "FR"),
        RuleDetail("notes"),
    )
    told = own_rules.sentence(OwnRule(RuleKind.OVERLAY, ("a/b",), "own", None, details), "en")
    assert told == (
        "an overlay of the catalogue replaces a/b (own): owners: US → nothing, technology: FR, notes"
    )


def test_long_lists_are_short_for_people_and_whole_as_data() -> None:
    names = tuple(f"n{number}" for number in range(30))
    details = tuple(RuleDetail(f"d{number}", "x" * 500, "y") for number in range(30))
    told = report(rules=(OwnRule(RuleKind.OVERLAY, names, "own", None, details),))
    (words,) = own_rules.sentences(told, "en")
    assert "n7, 22 more (own)" in words
    assert words.endswith("24 more (`--full` or `--format json` tells all)")
    assert len(words) < 1000
    (entry,) = own_rules.entries(told.rules, "en")
    assert entry["names"] == list(names)
    assert len(entry["details"]) == 30
    assert entry["details"][0] == {"name": "d0", "before": "x" * 500, "after": "y"}
    (full,) = own_rules.sentences(told, "en", full=True)
    assert f"d29: {'x' * 500} → y" in full
    assert "more" not in full


def change(*details: RuleDetail, more: int = 0) -> str:
    found = OwnRule(RuleKind.RULE_CHANGE, ("a.yml",), details=details, more=more)
    return own_rules.sentence(found, "en").partition("a.yml: ")[2]


def test_a_long_list_ends_after_one_of_its_items() -> None:
    items = json.dumps(
        [
            {"claim": {"qualification": "hds"}, "subject": {"provider": f"p{n}"}}
            for n in range(9)
        ]
    )
    shown = change(RuleDetail("attestations", "", items))
    assert (
        shown
        == 'attestations: [{"claim": {"qualification": "hds"}, "subject": {"provider": "p0"}}, …]'
    )


def test_lines_and_values_without_a_key_stand_alone() -> None:
    details = (
        RuleDetail("+", "", "infra/"),
        RuleDetail("-", "b/", ""),
        RuleDetail("", "a", "b"),
    )
    assert change(*details, more=2) == "+ infra/, - b/, a → b, 2 edits that aren't shown"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_by_whose_rules_findings_count_has_words(language: str) -> None:
    detail = RuleDetail("health-data-in-eea", "0", "2")
    told = own_rules.sentence(
        OwnRule(RuleKind.RULES_FROM, ("main",), details=(detail,)), language
    )
    words = {"en": "findings that count by the change's own rules → by these: ",
             "fr": "constats qui comptent selon ses propres règles → selon celles-ci : "}  # fmt: skip
    assert told.partition(words[language])[2].endswith("0 → 2")


def test_nothing_that_is_secret_comes_out() -> None:
    secret = "postgres://admin:hunter2secret@db.example.org/claims"
    detail = RuleDetail("var.url", secret, f"{'z' * 60}{secret}")
    told = report(rules=(OwnRule(RuleKind.EXCLUDE, (secret,), "own", None, (detail,)),))
    for render in TELLING.values():
        assert "hunter2secret" not in render(told, "en", WIDE)


def test_rules_in_no_file_of_the_repository_are_issues_too() -> None:
    alike = OwnRule(RuleKind.ENVIRONMENT, ("SOVLINT_EXIT_ZERO=1",))
    outside = OwnRule(RuleKind.OVERLAY, ("a/b",), "../own")
    issues = json.loads(
        REPORTS["gitlab-codequality"](report(rules=(alike, alike, outside)), "en", WIDE)
    )
    own = [each for each in issues if each["check_name"] == "own-rule"]
    assert {each["severity"] for each in own} == {"info"}
    assert {each["location"]["path"] for each in own} == {"sovlint.yaml"}
    assert len({each["fingerprint"] for each in own}) == 3


@pytest.mark.parametrize(
    "form", sorted(set(TELLING) - {"scan concise", "scan gitlab-codequality"})
)
def test_shipped_rules_alone(form: str) -> None:
    text = TELLING[form](report(rules=()), "en", WIDE)
    if form.endswith(" json"):
        assert json.loads(text)["rules"] == []
    else:
        assert "goes by what ships with sovlint alone" in text


EDITED = OwnRule(
    RuleKind.RULE_CHANGE,
    (".github/workflows/ci.yml",),
    details=(RuleDetail("run", "a", "b"),),
)


def test_an_edit_is_shown_at_the_file_that_is_edited() -> None:
    told = report(rules=(EDITED,))
    issues = json.loads(REPORTS["gitlab-codequality"](told, "en", WIDE))
    places = [one["location"] for one in issues if one["check_name"] == "own-rule"]
    assert places == [{"path": ".github/workflows/ci.yml", "lines": {"begin": 1}}]
    invocation = json.loads(REPORTS["sarif"](told, "en", WIDE))["runs"][0]["invocations"][0]
    (said,) = invocation["toolConfigurationNotifications"]
    assert (
        said["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == ".github/workflows/ci.yml"
    )


def test_each_is_a_case_that_passes() -> None:
    xml = ElementTree.fromstring(
        REPORTS["junit"](report(rules=(EDITED, rule(RuleKind.EXCLUDE))), "en", WIDE)
    )
    (suite,) = (each for each in xml if each.get("name") == "sovlint.rules")
    assert [suite.get(key) for key in ("tests", "failures", "errors", "skipped")] == [
        "2",
        "0",
        "0",
        "0",
    ]
    cases = [(each.get("file"), each.get("line")) for each in suite.iter("testcase")]
    assert cases == [(".github/workflows/ci.yml", None), ("own/rules.yaml", "7")]


def test_notices_are_short() -> None:
    long = OwnRule(RuleKind.EXCLUDE, tuple("x" * 90 + str(number) for number in range(8)))
    text = REPORTS["github"](report(rules=(long,) * 30), "en", WIDE)
    notices = [line for line in text.splitlines() if "Rules of this run" in line]
    assert [line.count("%0A") for line in notices] == [12, 12, 6]
    assert max(len(row) for line in notices for row in line.split("%0A")) <= 500


def test_what_says_otherwise_comes_before_what_is_added_and_taken_away() -> None:
    gone = tuple(
        RuleDetail(f"region-{number}", "x", "") for number in range(own_rules.MOST_DETAILS)
    )
    rule = OwnRule(
        RuleKind.OVERLAY, ("a/b",), None, None, (*gone, RuleDetail("seat", "US", "FR"))
    )
    assert "seat: US → FR" in own_rules.sentence(rule, "en")


@pytest.mark.parametrize(
    ("name", "said"),
    [("main", "main (44be4c18458f)"), ("44be4c18458f0a", "44be4c18458f"), ("HEAD~1", "HEAD~1 (44be4c18458f)")],
)  # fmt: skip
def test_a_commit_is_told_once(name: str, said: str) -> None:
    assert revision_words(name, "44be4c18458f0a3d7a0f0c3d7a0f0c3d7a0f0c3d") == said

"""The documents: sentences that are read once, and, of those for who works on sovlint, names of modules that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.model.value import Reason
from tests import scratch
from tests.scratch import ROOT

ROOMS = sorted((ROOT / "sovlint").rglob("README.md"))
"""What is worth knowing of a room, beside its code."""
DECISIONS = sorted((ROOT / "docs/decisions").glob("0*.md"))
GUIDES = [
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "RELEASING.md",
    *ROOMS,
    *DECISIONS,
]
PROSE = [
    *GUIDES,
    ROOT / "README.md",
    ROOT / "SECURITY.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]

LARGE_ROOMS = [
    "catalog", "edit", "exceptions", "expressions", "files", "frontends/compose", "frontends/configuration",
    "frontends/kubernetes", "frontends/saas", "frontends/shell", "frontends/terraform", "policy", "report", "resolve",
    "settings",
]  # fmt: skip

LONGEST_PARAGRAPH = 80
WORDS_A_SENTENCE = 20
"""Fewer than these, on the average of a document."""
LONGEST_SENTENCE = 50
"""Words; a list of names may be as long."""

BLOCK = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
ITEM = re.compile(r"^\s*(?:[-*]|\d+\.)\s+")
SENTENCE_END = re.compile(r"(?<=[.!?])[*)\"”]*\s+(?=[A-Z`*\"“(\[0-9])")
QUOTED = re.compile(r"`([^`\s]+)`")
BUILT = "index.jsonl"
"""What the first run makes, and git doesn't have."""
PLACEHOLDER = re.compile(r"[<>*{}$]|\bacme\b|\.\.\.")


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def paragraphs(text: str) -> list[str]:
    """Paragraphs and items of lists, each on one line; what is a heading, a table or a block is left out."""
    found: list[list[str]] = [[]]
    for line in BLOCK.sub("\n", text).splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "|", "<!--")):
            found.append([])
        elif ITEM.match(line):
            found.append([ITEM.sub("", line)])
        else:
            found[-1].append(line.strip())
    return [" ".join(lines) for lines in found if lines]


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph."""
    return SENTENCE_END.split(paragraph)


def words(text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize("page", PROSE, ids=page_name)
def test_sentences_are_short(page: Path) -> None:
    lengths = [
        words(each)
        for part in paragraphs(page.read_text(encoding="utf-8"))
        for each in sentences(part)
    ]
    assert sum(lengths) / len(lengths) < WORDS_A_SENTENCE


@pytest.mark.parametrize("page", PROSE, ids=page_name)
def test_no_sentence_is_long(page: Path) -> None:
    assert [
        f"{words(each)} words: {each[:60]}"
        for part in paragraphs(page.read_text(encoding="utf-8"))
        for each in sentences(part)
        if words(each) > LONGEST_SENTENCE
    ] == []


@pytest.mark.parametrize("page", PROSE, ids=page_name)
def test_no_paragraph_is_long(page: Path) -> None:
    parts = paragraphs(page.read_text(encoding="utf-8"))
    assert [
        f"{words(each)} words: {each[:60]}"
        for each in parts
        if words(each) > LONGEST_PARAGRAPH
    ] == []


@pytest.mark.parametrize("page", PROSE, ids=page_name)
def test_lines_are_wrapped(page: Path) -> None:
    prose = BLOCK.sub("\n", page.read_text(encoding="utf-8")).splitlines()
    assert [each for each in prose if len(each) > 120 and not each.startswith("|")] == []


def test_each_large_room_says_what_is_worth_knowing() -> None:
    here = {page.parent.relative_to(ROOT / "sovlint").as_posix() for page in ROOMS}
    assert set(LARGE_ROOMS) <= here


CITED = re.compile(r"\bdesign, section \d|\bthe design(?:'s|\.|,| says| names)|\bhouse\.md\b")
"""A document that isn't in the project."""


def test_nothing_cites_a_document_that_is_not_here() -> None:
    texts = [
        path
        for folder in ("sovlint", "tests", "benchmarks", "docs")
        for kind in ("*.py", "*.md")
        for path in (ROOT / folder).rglob(kind)
        if path != Path(__file__)
    ]
    assert [
        page_name(path) for path in texts if CITED.search(path.read_text(encoding="utf-8"))
    ] == []


def is_path(name: str, beside: Path) -> bool:
    """Whether a name that is quoted can only be a path: it ends like a module, or begins with a folder of ours."""
    if (
        PLACEHOLDER.search(name)
        or name.startswith(("/", ".", "http"))
        or name.endswith(BUILT)
    ):
        return False
    if name.endswith(".py"):
        return True
    first, slash, _ = name.partition("/")
    return bool(slash) and any((base / first).is_dir() for base in bases(beside))


def bases(beside: Path) -> list[Path]:
    """Where a path may begin."""
    return [beside, ROOT / "sovlint", ROOT]


@pytest.mark.parametrize("page", GUIDES, ids=page_name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    named = QUOTED.findall(BLOCK.sub("\n", page.read_text(encoding="utf-8")))
    paths = {each for each in named if is_path(each, page.parent)}
    assert (
        sorted(
            each
            for each in paths
            if not any((base / each).exists() for base in bases(page.parent))
        )
        == []
    )


@pytest.mark.parametrize("page", GUIDES, ids=page_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [each for each in targets if not (page.parent / each).exists()] == []


def test_decisions_are_numbered_dated_and_listed() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    for page in DECISIONS:
        title, dated, *rest = page.read_text(encoding="utf-8").split("\n\n")
        day = re.match(r"Decided on (\d{4}-\d\d-\d\d)\. ", dated)
        assert day is not None, page.name
        row = f"| [{title.removeprefix('# ')}]({page.name}) | {day[1]} |"
        assert row in index, page.name
        parts = [each for each in rest if each.startswith("## ")]
        assert parts == ["## Context", "## Decision", "## Consequence"], page.name


def test_the_limits_fit_on_a_screen_and_have_every_reason() -> None:
    page = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
    assert len(page.splitlines()) <= 50
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == [
        each.value for each in Reason
    ]


LIFE = "module.documents.aws_s3_bucket.copie"
"""The resource that ARCHITECTURE.md follows."""


def followed() -> list[str]:
    """What stands in blocks of the life of a resource: its source, and what is said of it from stage to stage."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.partition("## The life of one resource")[2].partition("\n## ")[0]
    return re.findall(r"^ *```\n(.*?)^ *```$", section, re.DOTALL | re.MULTILINE)


def said(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What sovlint says of the insurer's repository on that day."""
    monkeypatch.chdir(scratch.alone("mutuelle").parents[1])
    command = [*arguments, "fixtures/mutuelle", "--as-of", "2026-11-24", "--lang", "en"]
    return CliRunner().invoke(main, command, env={"NO_COLOR": "1"}).stdout


def test_the_life_of_a_resource_is_what_the_tool_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, read, placed, reported = followed()
    name, *numbered = source.splitlines()
    written = (ROOT / name).read_text(encoding="utf-8").splitlines()
    for line in numbered:
        number, _, text = line.partition(" | ")
        assert written[int(number) - 1] == text

    facts = json.loads(said(monkeypatch, "facts", "--format", "json"))
    (resource,) = (each for each in facts["resources"] if each["address"] == LIFE)
    for key in ("address", "type", "root"):
        assert re.search(rf"{key} +{re.escape(resource[key])}$", read, re.MULTILINE)
    (placement,) = resource["placements"]
    for key in ("role", "provider", "service", "region", "country"):
        assert f"{key} {placement[key]}" in placed
    assert placement["control"] == ["US"]
    assert "control US" in placed
    for step in (*resource["data"][0]["because"], *placement["because"]):
        where = f"{step['path'].removeprefix('fixtures/mutuelle/')}:{step['line']}"
        assert re.search(
            rf"{re.escape(where)} +{re.escape(step['note'])}$", placed, re.MULTILINE
        )

    report = " ".join(said(monkeypatch, "scan", "--full").split())
    for line in reported.splitlines():
        assert " ".join(line.split()) in report

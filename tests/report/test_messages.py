"""Every room's templates: complete, in both languages, and filled by notes that exist."""

from __future__ import annotations

import ast
import json
import string
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sovlint.model.placement import ROLES, How
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import NAMED_FACTS, Known, Reason
from sovlint.report import messages
from sovlint.report.messages import counted, say, templates
from sovlint.report.pieces.contract import FACTS

PACKAGE = Path(__file__).parents[2] / "sovlint"
MESSAGES = PACKAGE / "report/messages"
ROOMS = sorted(MESSAGES.rglob("*.json"))
WRITTEN = [*ROOMS, *sorted((PACKAGE / "report/french").glob("*.json"))]


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@cache
def notes_in_code() -> tuple[tuple[str, str, set[str] | None], ...]:
    """All that ``notes`` finds, looked for once."""
    return tuple(notes())


def notes() -> Iterator[tuple[str, str, set[str] | None]]:
    """(where, key, parameter names if they are literal) of every ``Note("key", ...)`` and ``phrase("key", ...)``.

    A key may have a name in its file.
    """
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = dict(_named_texts(tree))
        for node in ast.walk(tree):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in FILLING
            ):
                continue
            first, *rest = node.args or [None]
            key = _text_of(first, named)
            if key is not None:
                names = FILLING[node.func.id](rest, node.keywords)
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", key, names


def _named_texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names of a file that stand for a text."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                yield name, text
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str(text))):
                yield name, text


def _text_of(node: ast.expr | None, named: dict[str, str]) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return named.get(name)
    return None


def _of_note(given: list[ast.expr], keywords: list[ast.keyword]) -> set[str] | None:
    params = [*given, *(keyword.value for keyword in keywords)]
    return _literal_keys(params[0]) if params else set()


def _of_phrase(_: list[ast.expr], keywords: list[ast.keyword]) -> set[str] | None:
    names = {keyword.arg for keyword in keywords}
    return None if None in names else {str(name) for name in names}


FILLING = {"Note": _of_note, "phrase": _of_phrase}
"""Functions that take a key, and what reads the names of the parameters that it is filled with."""


def _literal_keys(node: ast.expr) -> set[str] | None:
    if isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys):
        return {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}
    return None


def test_no_two_rooms_share_a_key() -> None:
    counts = Counter(
        key for path in ROOMS for key in json.loads(path.read_text(encoding="utf-8"))
    )
    assert [key for key, count in counts.items() if count > 1] == []
    assert counts.keys() == templates().keys() - {"test.said"}


@pytest.mark.parametrize(
    "path", ROOMS, ids=lambda path: path.relative_to(MESSAGES).as_posix()
)
def test_keys_begin_with_their_room(path: Path) -> None:
    name = path.relative_to(MESSAGES).with_suffix("").parts[0]
    keys = json.loads(path.read_text(encoding="utf-8"))
    assert [key for key in keys if not key.startswith(f"{name}.")] == []


@pytest.mark.parametrize(
    "path", WRITTEN, ids=lambda path: path.relative_to(PACKAGE / "report").as_posix()
)
def test_a_file_is_laid_out_so_that_a_change_is_a_line_of_the_difference(path: Path) -> None:
    """A key twice would be gone in what is written anew."""
    text = path.read_text(encoding="utf-8")
    assert text == f"{json.dumps(json.loads(text), ensure_ascii=False, indent=2)}\n"


def test_both_languages_are_there_with_the_same_placeholders() -> None:
    said = templates()
    unequal = [
        key for key, each in said.items() if placeholders(each.en) != placeholders(each.fr)
    ]
    empty = [key for key, each in said.items() if not each.en.strip() or not each.fr.strip()]
    assert (unequal, empty) == ([], [])


@pytest.mark.parametrize(
    "path", ROOMS, ids=lambda path: path.relative_to(MESSAGES).as_posix()
)
def test_a_message_is_its_two_languages_and_nothing_else(path: Path) -> None:
    said = json.loads(path.read_text(encoding="utf-8"))
    assert {key for key, each in said.items() if [*each] != ["en", "fr"]} == set()


def test_every_note_in_the_code_has_a_template() -> None:
    unknown = [
        f"{where} {key}" for where, key, _ in notes_in_code() if key not in templates()
    ]
    assert unknown == []


def test_every_note_in_the_code_fills_its_template() -> None:
    short = [
        f"{where} {key} lacks {sorted(missing)}"
        for where, key, names in notes_in_code()
        if names is not None
        and key in templates()
        and (missing := placeholders(templates()[key].en) - names)
    ]
    assert short == []


def test_the_contract_s_words_have_names() -> None:
    wanted = [
        *(f"report.role-{role}" for role in ROLES),
        *(
            f"model.reason.{reason.value}{bare}"
            for reason in Reason
            for bare in ("", ".bare")
        ),
        *(f"model.fact.{fact}" for fact in NAMED_FACTS),
        *(f"report.how-{how.value}" for how in How),
        *(f"report.fact-{fact}" for fact in FACTS),
    ]
    assert [key for key in wanted if key not in templates()] == []


def test_nothing_claims_what_no_scan_can_show() -> None:
    boasts = ("gdpr-compliant", "gdpr compliant", "conforme au rgpd", "immune", "immunis")
    texts = [text.lower() for each in templates().values() for text in (each.en, each.fr)]
    assert [text for text in texts if any(boast in text for boast in boasts)] == []


@pytest.fixture
def made_up_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, both in {
        "test.one": ("one {x}", "un {x}"),
        "test.many-one": ("{count} thing", "{count} chose"),
        "test.many-many": ("{count} things", "{count} choses"),
    }.items():
        monkeypatch.setitem(messages.templates(), key, Bilingual(*both))  # type: ignore[arg-type]


@pytest.mark.usefixtures("made_up_templates")
@pytest.mark.parametrize(
    ("param", "english", "french"),
    [
        ("text", "one text", "un text"),
        (3, "one 3", "un 3"),
        (date(2026, 11, 24), "one 2026-11-24", "un 24 novembre 2026"),
        ("2026-03-01", "one 2026-03-01", "un 1er mars 2026"),
        ("2026-02-30", "one 2026-02-30", "un 2026-02-30"),
        (Bilingual("Germany", "Allemagne"), "one Germany", "un Allemagne"),
        (Note("test.one", {"x": Bilingual("a", "b")}), "one one a", "un un b"),
        (("a", Bilingual("b", "c"), 4), "one a, b, 4", "un a, c, 4"),
        (Reason.UNSET_VARIABLE, "one unset-variable", "un unset-variable"),
        ("{x} {y!r}", "one {x} {y!r}", "un {x} {y!r}"),
        ("\x1b[2J\u202e", "one \\x1b[2J\\u202e", "un \\x1b[2J\\u202e"),
        ("https://u:p@h?sig=1", "one https://***@h?sig=***", "un https://***@h?sig=***"),
        (("\x07",), "one \\x07", "un \\x07"),
    ],
)
def test_say_fills_in_any_parameter(param: object, english: str, french: str) -> None:
    note = Note("test.one", {"x": param})
    assert (say(note, "en"), say(note, "fr")) == (english, french)


@pytest.mark.usefixtures("made_up_templates")
def test_say_refuses_what_is_no_text() -> None:
    with pytest.raises(TypeError, match="Known"):
        say(Note("test.one", {"x": Known("secret", sensitive=True)}), "en")
    with pytest.raises(KeyError):
        say(Note("test.nobody"), "en")


@pytest.mark.usefixtures("made_up_templates")
def test_plurals_follow_the_language() -> None:
    english = [counted("test.many", number, "en") for number in (0, 1, 2)]
    french = [counted("test.many", number, "fr") for number in (0, 1, 2)]
    assert english == ["0 things", "1 thing", "2 things"]
    assert french == ["0 chose", "1 chose", "2 choses"]

"""No sentence of a French run is English: every error and every line of help has its French."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sovlint.cli import COMMANDS, command, main
from sovlint.documents import DocumentError, load
from sovlint.model.text import Note
from sovlint.report.french import all_sentences, in_language, sentences
from sovlint.report.messages import say
from sovlint.report.messages.declared import templates
from tests import scratch

PACKAGE = Path(__file__).parents[2] / "sovlint"
ENGLISH = re.compile(
    r"\b(the|which|where|what|this|that|from|with|are|isn't|not|here|holds|its|was|were)\b"
)
RAISING = {
    "SovlintError", "UsageError", "BadParameter", "error_at", "Problem", "DocumentError", "StatementError",
    "SuppositionError",
}  # fmt: skip
REFUSING = {"fail", "wrong", "problem"}
"""Methods that take a sentence first; those of front ends take a key, or a place."""
SAYING = re.compile(rf"\b(?:{'|'.join((*RAISING, *REFUSING))})\b")
"""What a file has in which any of them is called: most have none, and needn't be parsed."""


def shape(node: ast.expr) -> str:
    """The text of a literal, with ``x`` where something is filled in, and nothing where something may be added after a
    word or a sentence; empty for what is no literal."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        text = ""
        for each in node.values:
            added = re.search(r"[.\w]$", text)
            text += (
                str(each.value) if isinstance(each, ast.Constant) else "" if added else "x"
            )
        return text
    return ""


def errors() -> Iterator[tuple[str, str]]:
    """Every sentence that an error is raised with, or that a check of the catalogue yields, and where."""
    for path in sorted(PACKAGE.rglob("*.py")):
        written = path.read_text(encoding="utf-8")
        if "checks" not in path.parts and not SAYING.search(written):
            continue
        tree = ast.parse(written)
        constants = dict(_constants(tree))
        for node in ast.walk(tree):
            for each in said_by(node, "checks" in path.parts):
                text = (
                    constants.get(each.id, "") if isinstance(each, ast.Name) else shape(each)
                )
                if re.search(r"[a-wyz]{2,} [a-wyz]{2,}", text):
                    yield f"{path.relative_to(PACKAGE)}:{each.lineno}", text


def said_by(node: ast.AST, checks: bool) -> Iterator[ast.expr]:
    """The expressions that a call or a yield says something by."""
    if checks and isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
        yield from node.value.elts
    if not isinstance(node, ast.Call):
        return
    called = node.func
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    if name in RAISING or (name in REFUSING and isinstance(called, ast.Attribute)):
        yield from node.args


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The texts of a module that have a name; what is filled in later is filled."""
    for node in tree.body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        if isinstance(node, ast.Assign):
            target = node.targets[0]
        if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign):
            text = shape(node.value) if node.value is not None else ""
            yield target.id, re.sub(r"{\w*}", "x", text)


def helps() -> Iterator[str]:
    """Every paragraph and line of help."""
    inside = command("catalog")
    assert isinstance(inside, click.Group)
    yield from COMMANDS.values()
    for each in (main, *map(command, COMMANDS), *inside.commands.values()):
        yield each.get_short_help_str(1000) if each.short_help else ""
        yield from (
            " ".join(text.split())
            for text in (each.help or "").split("\n\n")
            if "\b" not in text
        )
        for param in each.params:
            yield (getattr(param, "help", "") or "").partition("  [")[0]


def test_every_error_has_its_french() -> None:
    told = list(errors())
    assert len(told) > 400
    assert [(where, text) for where, text in told if in_language(text, "fr") == text] == []


def test_every_line_of_help_has_its_french() -> None:
    usage = sentences("usage")
    assert [text for text in dict.fromkeys(helps()) if text and text not in usage] == []


def test_french_fills_the_same_holes() -> None:
    def holes(template: str) -> set[str]:
        return {
            name for _, name, _, _ in string.Formatter().parse(template) if name is not None
        }

    french_of = all_sentences()
    assert [
        each for each, french in french_of.items() if not holes(french) <= holes(each)
    ] == []
    assert [
        each for each, french in french_of.items() if not each.strip() or not french.strip()
    ] == []


def test_no_sentence_stands_in_two_files() -> None:
    assert sentences("usage").keys() & sentences("errors").keys() == set()


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("`a b` doesn't exist.", "`a b` n'existe pas."),
        (
            "There is no command `none`. There are: scan, facts.",
            "La commande `none` n'existe pas. Commandes : scan, facts.",
        ),
        (
            "/x/sovlint.yaml:3:5: unknown key `polcies`. Did you mean `policies`?",
            "/x/sovlint.yaml:3:5 : clé inconnue `polcies`. Vouliez-vous dire `policies` ?",
        ),
        (
            "a.yaml can't be written: No space left on device.\nb can't be written: Permission denied.",
            "Impossible d'écrire a.yaml : il n'y a plus de place sur le disque.\n"
            "Impossible d'écrire b : accès refusé.",
        ),
        (
            "At main: a.yaml:1:1: `x` lacks the key `id`.",
            "À la révision main : a.yaml:1:1 : il manque à `x` la clé `id`.",
        ),
        ("`Give one of them.` doesn't exist.", "`Give one of them.` n'existe pas."),
        ("Something that nobody wrote.", "Something that nobody wrote."),
        ("", ""),
    ],
)
def test_sentences_are_put_into_french_and_names_are_left(english: str, french: str) -> None:
    assert in_language(english, "fr") == french
    assert in_language(english, "en") == english


WRONG = [
    "a: b: c", "a: [1", "a: {b", "\tx: 1", "a: 'x", "a: *x", "a: &", "- a\nb: 1", "%x", "a: !<", "a: |x", "{a: b}}",
    'a: "\\q"', "a:\n  - b\n c: d", "a: \x01", "? a\n- b", "a: !x!y z", "a: -\n- b", "- ? a: ]",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_with_yaml_is_said_in_french(text: str) -> None:
    with pytest.raises(DocumentError) as caught:
        list(load(text.encode(), "a.yaml"))
    note = Note("kubernetes.unreadable", {"problem": caught.value.problem})
    assert caught.value.problem in say(note, "en")
    assert caught.value.problem not in say(note, "fr")


def test_a_sentence_of_a_report_is_put_into_french_as_a_whole() -> None:
    """Another that is shorter, and meets it as well, doesn't take it."""

    def with_names(template: str) -> str:
        parts = string.Formatter().parse(template)
        return "".join(text + (f"a {name}" if name else "") for text, name, *_ in parts)

    pairs = {(each.en, each.fr) for each in templates().values() if len(each.en) > 40}
    wanted = {(with_names(english), with_names(french)) for english, french in pairs}
    assert {(english, in_language(english, "fr")) for english, _ in wanted} - wanted == set()


BOTH = {
    "attestation", "attestations", "configuration", "doctrine", "exceptions", "existence", "export", "hyperscaler",
    "iaas", "infrastructure", "note", "notes", "placements", "qualifications", "service", "sources", "verdict",
    "violation", "violations", "concise", "source", "date", "version", "catalogue", "commit", "iban", "nir",
    "sovlint", "sren", "code", "exception", "qualification", "question", "questions",
}  # fmt: skip
"""Words of both languages."""


def test_what_is_said_alike_in_both_languages_has_words_of_both() -> None:
    alike = {key: each.en for key, each in templates().items() if each.en == each.fr}
    words = {
        key: set(re.findall(r"[a-z]{2,}", re.sub(r"{\w+}", "", text).casefold())) - BOTH
        for key, text in alike.items()
    }
    assert {key: left for key, left in words.items() if left} == {}


def test_a_french_scan_has_no_line_in_english() -> None:
    """English sentences have words that no French one, name or address has; quoted source lines aren't ours."""
    ran = CliRunner().invoke(
        main,
        ["scan", str(scratch.alone("mutuelle")), "--lang", "fr", "--as-of", "2026-11-24"],
        env={"COLUMNS": "120"},
    )
    ours = [
        line
        for line in ran.stdout.splitlines()
        if not any(sign in line for sign in ("://", "|", "contract 2026"))
    ]
    assert ran.exit_code == 1
    assert [line for line in ours if ENGLISH.search(line)] == []

"""Asking a store, and writing what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sovlint.commands.parts import output
from sovlint.commands.parts.exit_code import CLEAN, FAILED
from sovlint.commands.parts.output import Voice
from sovlint.model.redaction.redact import safe_text
from sovlint.report.messages import counted, phrase

if TYPE_CHECKING:
    from sovlint.fleet.store.asking import QueryAnswer

FORMATS: Final = ("table", "csv", "json")
WIDEST: Final = 60
"""Columns of a cell that the table shows; the other formats have all of it."""


def answered(
    address: str,
    question: str,
    run: str | None,
    form: str,
    file: Path | None,
    voice: Voice,
    *,
    of_a_state: bool = True,
) -> int:
    """Ask the store at an address about a run, and write the answer in a form; the exit code. ``of_a_state``: where no
    run has ended there is nothing to ask about."""
    from sovlint.fleet.store.asking import ask
    from sovlint.fleet.store.runs import none_ended
    from sovlint.fleet.store.store import open_store

    store = open_store(address)
    if of_a_state and not store.runs():
        raise none_ended(store.place)
    answer = ask(store, question, run)
    output.emit(_WRITTEN[form](answer, voice), file, exact=form != "table")
    for name, why in answer.broken:
        output.say(phrase("fleet.broken", voice.language, file=safe_text(name), why=why))
    return FAILED if answer.broken else CLEAN


def _table(answer: QueryAnswer, voice: Voice) -> str:
    from sovlint.fleet.store.asking import cell
    from sovlint.report.pieces.columns import aligned, widths_of

    names = [f"{number}" for number, _ in enumerate(answer.columns)]
    header = dict(zip(names, map(safe_text, answer.columns), strict=True))
    rows = [
        {name: _short(cell(value)) for name, value in zip(names, row, strict=True)}
        for row in answer.rows
    ]
    widths = widths_of([header, *rows], names)
    lines = [aligned(each, widths) for each in (header, *rows)]
    return "\n".join([*lines, "", counted("fleet.rows", len(rows), voice.language), ""])


def _short(text: str) -> str:
    shown = " ".join(safe_text(text).split())
    return shown if len(shown) <= WIDEST else f"{shown[: WIDEST - 3]}..."


def _csv(answer: QueryAnswer, voice: Voice) -> str:
    from sovlint.fleet.store.asking import as_csv

    return as_csv(answer)


def _json(answer: QueryAnswer, voice: Voice) -> str:
    from sovlint.fleet.store.asking import as_json

    return as_json(answer)


_WRITTEN: Final[Mapping[str, Callable[[QueryAnswer, Voice], str]]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
}

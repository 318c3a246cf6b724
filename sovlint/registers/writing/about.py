"""What a register says of itself: what it is, of which day, how much is left to fill, and what it is no proof of."""

from __future__ import annotations

from sovlint.registers.cells import CellOrigin
from sovlint.registers.register import Register
from sovlint.registers.writing.json_ import digest
from sovlint.report.messages import counted, phrase, say
from sovlint.report.pieces.sources import source_text


def about(register: Register, language: str) -> list[str]:
    """The sentences, in the order in which they are shown."""
    lines = [
        register.form.about[language],
        phrase("registers.as-of", language, day=register.as_of),
        *_left(register, language),
        *_legend(register, language),
        *(each[language] for each in register.form.limits),
        *(say(each, language) for each in register.problems),
        phrase("registers.as-json", language, digest=digest(register, language)),
    ]
    for source in register.form.sources.values():
        lines.append(f"{source_text(source.cited(), language)} {source.url}".strip())
    return lines


def _legend(register: Register, language: str) -> list[str]:
    """What the colours of cells say, where there are cells of several kinds."""
    kinds = (CellOrigin.ATTESTED, CellOrigin.BLANK)
    if not any(register.count(kind) for kind in kinds):
        return []
    return [phrase("registers.legend", language)]


def _left(register: Register, language: str) -> list[str]:
    """How many blanks are left, and how many questions would fill them."""
    blanks = register.count(CellOrigin.BLANK)
    if not blanks:
        return []
    asked = len(register.questions())
    return [
        counted("registers.count-blanks", blanks, language),
        counted("registers.count-questions", asked, language),
    ]

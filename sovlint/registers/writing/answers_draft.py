"""The questions of a register as a file of answers to be: each question as a comment, and a blank to replace."""

from __future__ import annotations

import json
from typing import Final

from sovlint.model.text import BLANK
from sovlint.registers.register import Register
from sovlint.registers.writing.proof import questions
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces.style import wrap

WIDTH: Final = 100


def render(register: Register, language: str) -> str:
    """The YAML text; `read_answers` reads it back, once filled in."""
    lines = _comment(phrase("registers.answers-head", language))
    for each in questions(register, language):
        fills = counted("registers.fills", each.fills, language)
        # A text in double quotes of JSON is one of YAML too.
        key = json.dumps(each.id, ensure_ascii=False)
        lines += ["", *_comment(f"{each.text} {fills}"), f"{key}: {BLANK}"]
    return "\n".join([*lines, ""])


def _comment(text: str) -> list[str]:
    return wrap(text, WIDTH, "# ", "# ")

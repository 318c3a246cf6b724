"""Text inside quotes and heredocs: escapes and indentation, by HCL's native syntax specification."""

from __future__ import annotations

import re

from sovlint.frontends.terraform.nodes import Expression, Literal

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4\{", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_DOUBLED = re.compile(r"([$%])\1\{")


def quoted_text(raw: str) -> str:
    """Text between quotes with its escapes resolved; ``$${`` and ``%%{`` are literal ``${`` and ``%{``."""
    return _ESCAPE.sub(_unescape, raw) if "\\" in raw or "{" in raw else raw


def heredoc_text(raw: str) -> str:
    """Text of a heredoc: no backslash escapes; line ends are plain."""
    return _DOUBLED.sub(r"\1{", raw.replace("\r\n", "\n"))


def dedent(parts: list[Expression]) -> list[Expression]:
    """Drop the indentation that all lines of a ``<<-`` heredoc share; interpolations count as text."""
    indents: list[int] = []
    at_line_start = True
    for part in parts:
        if not isinstance(part, Literal):
            if at_line_start:
                indents.append(0)
            at_line_start = False
            continue
        lines = str(part.value).split("\n")
        for index, line in enumerate(lines):
            starts = at_line_start if index == 0 else True
            last = index == len(lines) - 1
            if starts and (line.strip() or (last and line and part is not parts[-1])):
                indents.append(len(line) - len(line.lstrip(" \t")))
        at_line_start = lines[-1] == "" and (len(lines) > 1 or at_line_start)
        if lines[-1] and not lines[-1].strip() and len(lines) > 1:
            at_line_start = False  # its indentation was counted with this literal
    shared = min(indents, default=0)
    return _cut(parts, shared) if shared else parts


def _cut(parts: list[Expression], width: int) -> list[Expression]:
    cut: list[Expression] = []
    at_line_start = True
    for part in parts:
        if not isinstance(part, Literal):
            cut.append(part)
            at_line_start = False
            continue
        lines = str(part.value).split("\n")
        kept = [
            line[min(width, len(line) - len(line.lstrip(" \t"))) :] if index or at_line_start else line
            for index, line in enumerate(lines)
        ]
        cut.append(Literal("\n".join(kept)))
        at_line_start = lines[-1] == "" and len(lines) > 1
    return cut


def _unescape(match: re.Match[str]) -> str:
    short, long, simple, doubled = match.groups()
    if short or long:
        number = int(short or long, 16)
        return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"
    if doubled:
        return doubled + "{"
    return _SIMPLE.get(simple, "\\" + simple)

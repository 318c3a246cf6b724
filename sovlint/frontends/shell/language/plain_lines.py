"""Commands of a text that is no valid script, a line at a time: its words, with variables filled in. Better a word too
many than a command that nobody sees."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from sovlint.frontends.shell.language.variables import Text, Variables, hole, nowhere
from sovlint.frontends.shell.language.words import joined
from sovlint.model.partial.holes import HOLE

MAX_LINES: Final = 2_000
MAX_LINE: Final = 5_000

_GOING_ON: Final = re.compile(r"\\\r?\n")
_SIGNS: Final = frozenset(";|&()")
_REDIRECTING: Final = frozenset("<>&|")
_EXPANDING: Final = re.compile(r"\$\{?([A-Za-z_]\w*)\}?|[$`].*", re.DOTALL)
_KEYWORDS: Final = frozenset(
    {"then", "do", "else", "elif", "if", "while", "until", "!", "{", "}", "fi", "done"}
)


def simple_commands(
    text: str, variables: Variables, source: Text
) -> Iterator[tuple[int, list[Text]]]:
    """The words of each command, and its line from 0."""
    holes = source.holes if text.count(HOLE) == len(source.holes) else ()
    for number, line in enumerate(_GOING_ON.sub("  ", text).split("\n")[:MAX_LINES]):
        words: list[Text] = []
        is_file = False
        own, holes = holes[: line.count(HOLE)], holes[line.count(HOLE) :]
        for token in _tokens(line[:MAX_LINE]):
            there = replace(source, holes=own[: token.count(HOLE)])
            own = own[token.count(HOLE) :]
            if is_file or _is_redirection(token):
                is_file = not is_file
            elif _SIGNS.issuperset(token):
                if words:
                    yield number, words
                words = []
            elif words or token not in _KEYWORDS:
                words.append(_filled(token, variables, there))
        if words:
            yield number, words


def _tokens(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:
        return re.findall(r"[;|&()<>]+|[^\s;|&()<>\"']+", line)


def _is_redirection(token: str) -> bool:
    return _REDIRECTING.issuperset(token) and any(sign in token for sign in "<>")


def _filled(token: str, variables: Variables, source: Text) -> Text:
    texts: list[Text] = []
    at = 0
    for met in _EXPANDING.finditer(token):
        texts.append(_literal(token, at, met.start(), source))
        texts.append(hole(nowhere("$(...)")) if met[1] is None else variables.get(met[1]))
        at = met.end()
    return joined([*texts, _literal(token, at, len(token), source)], "")


def _literal(token: str, start: int, end: int, source: Text) -> Text:
    first = token.count(HOLE, 0, start)
    text = token[start:end]
    return replace(source, text=text, holes=source.holes[first : first + text.count(HOLE)])

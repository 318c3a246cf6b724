"""What commands write into files of variables: ``echo "NAME=value" >> .env``, ``cat > .env <<EOF``, ``... | tee .env``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from sovlint.frontends.shell.language.command import Command
from sovlint.frontends.shell.language.redirections import printed
from sovlint.frontends.shell.language.variables import Text
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE
from sovlint.rules.destination import Setting

_LINE: Final = late_pattern(
    r"^[ \t]*(?:export[ \t]+|Environment=)?[\"']?([A-Za-z_]\w*)=[\"']?([^\r\n]*?)[\"']?[ \t]*(?:\\n)?\r?$",
    re.MULTILINE,
)
_TEE: Final = "tee"
_MOST: Final = 200
"""So many variables of one text are looked at."""


def file_of(command: Command, redirected: Text | None) -> Text | None:
    """The file that what a command prints goes to: where it is ``redirected`` to, or what ``tee`` names."""
    words = _unwrapped(command).words
    if not words or words[0].text.rpartition("/")[2] != _TEE:
        return redirected
    return next((each for each in words[1:] if not each.text.startswith("-")), redirected)


def written_text(command: Command) -> Text:
    """What a command writes into a file."""
    return printed(_unwrapped(command))


def written_by(command: Command) -> Iterator[Setting]:
    """The variables that a command writes into a file."""
    if command.file is None:
        return
    text = written_text(command)
    where, because = command.place.where, command.place.because
    for _, met in zip(range(_MOST), _LINE.finditer(text.text), strict=False):
        value = part(text, *met.span(2)).value(because)
        yield Setting(met[1], value, where)


def part(text: Text, start: int, end: int) -> Text:
    """A part of a text, with the holes in it."""
    first = text.text.count(HOLE, 0, start)
    holes = text.holes[first : first + text.text.count(HOLE, start, end)]
    return replace(text, text=text.text[start:end], holes=holes)


def _unwrapped(command: Command) -> Command:
    """``sudo tee`` is ``tee``."""
    if [word.text for word in command.words[:2]] == ["sudo", _TEE]:
        return Command(command.words[1:], command.settings, command.place, command.input)
    return command

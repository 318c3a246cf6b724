"""One command of a script, as a shell would run it."""

from __future__ import annotations

from msgspec import Struct

from sovlint.frontends.shell.language.variables import ScriptPlace, Text
from sovlint.rules.commands.command import Branch, Shell


class Command(Struct):
    """One command: its words, the program first, the variables that are set for it alone, its place, and what it is
    fed: by a here-document, a pipe or a file."""

    words: list[Text]
    settings: dict[str, Text]
    place: ScriptPlace
    input: Text | None = None
    image: str = ""
    """The short name of the image whose program gets the words, where it runs in a container of that."""
    depth: int = 0
    """How deep it stands in others."""
    branch: Branch = ()
    shell: Shell = ()
    fed_by: Text | None = None
    """The file that it is fed."""
    read: tuple[Text, ...] = ()
    """What variables hold that its words name in a language of its own (``env.CLAIMS`` of jq)."""
    file: Text | None = None
    """The file that what it prints goes to."""

"""What commands that edit sources share: showing what would change, writing it, and saying why it isn't."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sovlint.commands.parts import output
from sovlint.commands.parts.output import Voice
from sovlint.edit.quoting import few, quoted
from sovlint.edit.splice import diff
from sovlint.errors import SovlintError
from sovlint.model.placement import Placed
from sovlint.model.redaction.redact import inert
from sovlint.model.text import Note
from sovlint.report.messages import phrase

if TYPE_CHECKING:
    from sovlint.commands.parts.labelling import Outcome

MOST: Final = 8
"""As many addresses are named; how many more there are is said."""


def explained(
    note: Note, placed: Placed, classes: tuple[str, ...], language: str
) -> tuple[str, str]:
    """Why a class isn't written, and what to write elsewhere instead."""
    resource = placed.resource
    lines = f"{quoted(resource.address)}: [{', '.join(classes)}]"
    return phrase(
        "edit.refused",
        language,
        place=at(placed),
        address=resource.address,
        type=resource.type,
        why=note,
    ), phrase("edit.instead", language, lines=lines)


def show(outcome: Outcome, voice: Voice) -> None:
    """The diff on stdout, and who else gets the class on stderr."""
    output.emit(inert(diff(outcome.path, outcome.before, outcome.after)))
    if outcome.dropped:
        voice.say("edit.dropped", classes=outcome.dropped)
    if outcome.instances:
        voice.say("edit.instances", addresses=few(outcome.instances, MOST))
    if outcome.others:
        voice.say("edit.others", addresses=few(outcome.others, MOST))


def save(file: Path, before: bytes, after: bytes) -> None:
    """Put a file in the place of one that is still what was read, in one step and with the same permissions.

    Raises ``SovlintError`` where it isn't, or can't be written.
    """
    try:
        if file.read_bytes() != before:
            raise SovlintError(
                f"{file} has changed meanwhile: it isn't written.", "Run the command again."
            )
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(after)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(name, file.stat().st_mode & 0o7777)  # noqa: PTH101
            os.replace(name, file)  # noqa: PTH105
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise output.unwritable(f"{file}", file, error) from None


def at(placed: Placed) -> str:
    """Where a resource is declared: path and line."""
    span = placed.resource.span
    return f"{span.path}:{span.line}"

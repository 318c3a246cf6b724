"""Files to be written or added to: shown as a diff, then written, each in one step. Nothing that is there is lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from sovlint.commands.parts import editing, output
from sovlint.edit.splice import EditError, diff
from sovlint.edit.yaml_entries import dumped
from sovlint.errors import SovlintError
from sovlint.model.redaction.redact import inert
from sovlint.report.messages import say


class Addition(Struct, frozen=True):
    """A file with what it has now, and what it is to have; ``before`` is ``None`` where it isn't there."""

    path: Path
    before: bytes | None
    after: bytes


def new_file(path: Path, text: str) -> Addition:
    """A file that isn't there yet. Raises ``SovlintError`` where it is."""
    if os.path.lexists(path):
        raise SovlintError(
            f"{path} is there already, and is left as it is.",
            "Edit it, or give another --id or --to.",
        )
    return Addition(path, None, text.encode())


def edited(path: Path, edit: Callable[[str], str], lines: Any, language: str) -> Addition:
    """A file, which needn't be there, with an entry more. Raises ``SovlintError``, with the lines to add by hand, where
    that can't be done safely."""
    try:
        before = path.read_bytes() if os.path.lexists(path) else None
        text = (before or b"").decode()
    except OSError as error:
        raise SovlintError(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SovlintError(f"{path} isn't UTF-8: it isn't edited.") from None
    try:
        return Addition(path, before, edit(text).encode())
    except EditError as error:
        raise SovlintError(
            f"{path} isn't edited: {say(error.note, language)}\n"
            f"Add this by hand:\n{dumped(lines)}"
        ) from None


def show(additions: Iterable[Addition]) -> None:
    """What would change, as a diff on stdout."""
    for each in additions:
        output.emit(inert(diff(_near(each.path), each.before or b"", each.after)))


def write(additions: Iterable[Addition]) -> None:
    """Write them: a new file only where none is there, another only where it is still what was read."""
    for each in additions:
        if each.before is not None:
            editing.save(each.path, each.before, each.after)
            continue
        try:
            each.path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(each.path, flags, 0o666), "wb") as file:
                file.write(each.after)
        except OSError as error:
            raise output.unwritable(f"{each.path}", each.path, error) from None


def _near(path: Path) -> str:
    """A path as people write it from where they are."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)

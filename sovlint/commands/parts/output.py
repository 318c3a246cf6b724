"""Where words go: the language and style of the output, and writing it to stdout, stderr or a file."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

import click
from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.model.redaction.redact import inert
from sovlint.model.text import LANGUAGES
from sovlint.report.messages import phrase
from sovlint.report.pieces.style import Style

_AT_ONCE: Final = 1_000_000
"""Characters that are encoded at once: the bytes of a report may take as much memory as its text."""


class Voice(Struct, frozen=True):
    """How a command speaks: the options ``--lang``, ``--color`` and ``--quiet``, and how much it tells (``--limit``,
    ``--full``, ``--config-too``), as far as it has them."""

    lang: str | None = None
    color: str = "never"
    quiet: bool = False
    limit: int | None = None
    full: bool = False
    config_too: bool = False

    @property
    def language(self) -> str:
        """``en`` or ``fr``."""
        return language(self.lang)

    def style(self, file: Path | None = None) -> Style:
        """How to lay out what goes to a file (``None``: stdout), and how much of it to tell."""
        return replace(
            style(self.color, file),
            limit=self.limit,
            full=self.full,
            config=self.config_too,
            warns=self.quiet or on_terminal(file),
        )

    def say(self, key: str, **params: object) -> None:
        """Say the sentence of a key on stderr, unless nothing but errors is to be said."""
        if not self.quiet:
            say(phrase(key, self.language, **params))


WIDTH = 80
"""Columns where there is no terminal to ask."""
WIDEST = 120
"""Longer lines than this are hard to read, however wide the terminal."""


def language(chosen: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """``en`` or ``fr``: as chosen, else by the locale of messages (``LC_ALL``, ``LC_MESSAGES``, ``LANG``)."""
    if chosen in LANGUAGES:
        return chosen
    locale = next(
        (
            value
            for name in ("LC_ALL", "LC_MESSAGES", "LANG")
            if (value := environment.get(name))
        ),
        "",
    )
    return "fr" if locale.casefold().startswith("fr") else "en"


def colored(chosen: str, terminal: bool, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to use colours: as chosen (``always``, ``never``), else by ``NO_COLOR``, ``FORCE_COLOR``, a terminal."""
    if chosen != "auto":
        return chosen == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return terminal and environment.get("TERM") != "dumb"


def on_terminal(output: Path | None) -> bool:
    """Whether somebody reads what goes to ``output`` (``None``: stdout) while it is written."""
    return output is None and sys.stdout is not None and sys.stdout.isatty()


def style(color: str, output: Path | None) -> Style:
    """How to lay out what goes to ``output`` (``None``: stdout)."""
    terminal = on_terminal(output)
    asked = output is None and (terminal or "COLUMNS" in os.environ)
    painted = colored(color, terminal)
    return Style(
        color=painted, width=_columns() if asked else WIDTH, links=terminal and painted
    )


def _columns() -> int:
    from shutil import get_terminal_size  # imported late: it brings in all ways to compress

    return min(get_terminal_size((WIDTH, 24)).columns, WIDEST)


def emit(text: str, output: Path | None = None, *, exact: bool = False) -> None:
    """Write a result to a file, or to stdout; a reader that has gone away (``| head``) is no error.

    ``exact``: a program reads it, so stdout gets UTF-8 as a file does, whatever the locale is.

    Raises ``SovlintError`` where it can't be written.
    """
    if output is not None:
        try:
            output.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise unwritable(f"{output}", output, error) from None
        return
    try:
        if exact:
            for start in range(0, len(text), _AT_ONCE):
                piece = text[start : start + _AT_ONCE]
                click.echo(piece.encode("utf-8", "backslashreplace"), nl=False)
        else:
            known = sys.stdout.encoding if sys.stdout else "utf-8"
            click.echo(encodable(text, known), nl=False, color=True)
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        # What is still buffered would fail again when the interpreter ends: let it go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(
            error, BrokenPipeError
        ):  # a reader that has gone away is none of our business
            raise SovlintError(
                f"Standard output can't be written: {error.strerror}."
            ) from None


def refuse_inputs(output: Path | None, read: Collection[str]) -> None:
    """Raise ``SovlintError`` where an output is one of the files that were ``read`` (real paths): it would be lost."""
    if output is not None and os.path.realpath(output) in read:
        raise SovlintError(
            f"{output} is one of the files that are read, and is left as it is.",
            "Name another file.",
        )


def refuse_unwritable(output: Path | None, folder: bool = False) -> None:
    """Raise ``SovlintError`` where it is plain, before anything is read, that a file can't be written, or a ``folder``
    made or written into. Nothing is made."""
    if output is None:
        return
    try:
        _look_whether_writable(output, folder)
    except OSError as error:
        raise unwritable(f"{output}", output, error) from None


def _look_whether_writable(output: Path, folder: bool) -> None:
    above = output.parent
    if output.is_dir() and not folder:
        problem = errno.EISDIR
    elif output.is_dir() or (os.path.lexists(output) and not folder):
        # What a link that points at nothing leads to may be made.
        problem = 0 if not output.exists() or os.access(output, os.W_OK) else errno.EACCES
    elif folder and os.path.lexists(output):
        raise SovlintError(f"{output} is a file, and a folder is needed.")
    elif not above.exists():
        problem = errno.ENOENT
    elif not above.is_dir():
        problem = errno.ENOTDIR
    else:
        problem = 0 if os.access(above, os.W_OK | os.X_OK) else errno.EACCES
    if problem:
        raise OSError(problem, os.strerror(problem))


def emit_bytes(data: bytes, output: Path | None = None) -> None:
    """Write what no terminal shows to a file, or to stdout. Raises ``SovlintError`` where it can't be written."""
    if output is None:
        click.echo(data, nl=False)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise unwritable(f"{output}", output, error) from None


def emit_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder, which is made where it isn't there. Raises ``SovlintError`` where that can't be done."""
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise SovlintError(f"{folder} is a file, and a folder is needed.") from None
    except OSError as error:
        raise unwritable(f"{folder}", folder, error) from None
    for name, data in files.items():
        emit_bytes(data, folder / name)


def unwritable(name: str, file: Path, error: OSError) -> SovlintError:
    """That a file, called ``name`` here, can't be written, why, and what to do about it."""
    message = f"{name} can't be written: {error.strerror}."
    return SovlintError(message, _way_out(file, error))


def _way_out(file: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOENT if not file.parent.exists():
            return (
                f"Make the folder `{file.parent}` first, or name a file in one that is there."
            )
        case errno.ENOENT | errno.EACCES | errno.EPERM | errno.EROFS:
            return "Name a file in a folder that you may write to."
        case errno.EISDIR | errno.ENOTDIR:
            return "Name a file, not a folder."
        case errno.ENOSPC | errno.EDQUOT:
            return "Make room on the disk, or name a file on another one; what is there now isn't whole."
    return ""


def say(text: str) -> None:
    """Say a sentence on stderr, where no CI server takes it for a command. Where stderr is closed or full, nobody can
    be told, and that is all."""
    known = sys.stderr.encoding if sys.stderr else "utf-8"
    try:
        click.echo(encodable(inert(text), known), err=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def encodable(text: str, encoding: str | None) -> str:
    """What a stream's encoding can't hold, said with what it can: letters without their accents; what isn't a letter of
    ours (a file name that isn't UTF-8) as an escape."""
    name = encoding or "utf-8"
    try:
        text.encode(name)
    except UnicodeEncodeError:
        return "".join(_plain(char, name) for char in text)
    return text


_PLAIN: Final[Mapping[str, str]] = {
    "«": '"', "»": '"', "…": "...", "’": "'", "–": "-", "—": "-", "·": "-", "→": "->", "œ": "oe", "Œ": "OE",
    "\u00a0": " ", "\u202f": " ",
}  # fmt: skip
"""Signs of our own sentences, as old typewriters have them."""


def _plain(char: str, encoding: str) -> str:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        from unicodedata import normalize

        plain = _PLAIN.get(char) or normalize("NFD", char)[:1]
        return plain if plain.isascii() else char.encode("ascii", "backslashreplace").decode()
    return char

"""Help and errors of the command line, in the reader's language and as wide as the terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import click

from sovlint.commands.parts.output import encodable, language
from sovlint.model.text import LANGUAGES
from sovlint.report.french import help_words, in_language

_VARIABLE: Final = "SOVLINT_LANG"
_OPTION: Final = "--lang"
_NARROW: Final = 52
"""Click lays help out for no fewer columns."""
_LEAST: Final = 38


def spoken_language(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> str:
    """``en`` or ``fr``, before any option is understood: by ``--lang``, else its variable, else the locale."""
    chosen = environment.get(_VARIABLE)
    for index, each in enumerate(arguments):
        if each == "--":
            break
        if each.startswith(f"{_OPTION}="):
            chosen = each.partition("=")[2]
        elif each == _OPTION:
            chosen = "".join(arguments[index + 1 : index + 2])
    folded = (chosen or "").casefold()
    return language(folded if folded in LANGUAGES else None, environment)


class SpokenHelp(click.HelpFormatter):
    """Click's help, in a language; narrower than click lays it out where the terminal is."""

    def __init__(self, language: str, width: int | None = None) -> None:
        from shutil import (
            get_terminal_size,  # imported late: it brings in all ways to compress
        )

        columns = get_terminal_size().columns
        narrow = columns < _NARROW
        super().__init__(width=max(columns - 1, _LEAST) if narrow else width)
        self._language, self._narrow = language, narrow

    def getvalue(self) -> str:
        """The help, as the stream can show it."""
        return encodable(super().getvalue(), sys.stdout.encoding if sys.stdout else None)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        if self._language == "fr":
            prefix, args = prefix or "Utilisation : ", _words(args)
        super().write_usage(prog, args, prefix)

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        if self._language == "fr":
            heading = f"{help_words().headings.get(heading, heading)} "
        super().write_heading(heading)

    def write_text(self, text: str) -> None:
        """Paragraphs of help; one that keeps its lines stays as it is."""
        if self._language == "fr":
            text = "\n\n".join(map(_paragraph, text.split("\n\n")))
        super().write_text(text)

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = 30,
        col_spacing: int = 2,
        col_min: int = 0,
    ) -> None:
        """Options and commands, each with what it is for; sections of one ``col_min`` are in line."""
        if self._language == "fr":
            rows = [(_words(first), _described(second)) for first, second in rows]
        if not self._narrow:
            rows = [(first.ljust(col_min), second) for first, second in rows]
        super().write_dl([*rows], self.width // 3 if self._narrow else col_max, col_spacing)


def complaint(error: click.ClickException, spoken: str) -> str:
    """What is said of a command line that click refuses: the usage, where help is, and what is wrong."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    message = in_language(error.format_message(), spoken)
    if spoken == "fr" and isinstance(error, click.BadParameter):
        message = _words(message)
    lines = [("Erreur : " if spoken == "fr" else "Error: ") + message]
    context = getattr(error, "ctx", None)
    if context is not None:
        lines.insert(0, context.get_usage())
        if context.command.get_help_option(context) is not None:
            asking = f"{context.command_path} {context.help_option_names[0]}"
            tip = (
                f"Pour l'aide : '{asking}'."
                if spoken == "fr"
                else f"Try '{asking}' for help."
            )
            lines.insert(1, f"{tip}\n")
    return "\n".join(lines)


def _paragraph(text: str) -> str:
    return text if text.startswith("\b") else in_language(" ".join(text.split()), "fr")


def _words(text: str) -> str:
    values = help_words().values
    written = rf"(?<![\w-])({'|'.join(values)})(?![\w-])"
    return re.sub(written, lambda found: values[found[1]], text)


def _described(text: str) -> str:
    """What an option is for, and in brackets its default and its variable."""
    said, *brackets = text.split("  [")
    if said.startswith("["):
        said, brackets = "", [said[1:]]
    shown = [f"[{_bracket(each.removesuffix(']'))}]" for each in brackets]
    return "  ".join(filter(None, [in_language(said, "fr"), *shown]))


def _bracket(text: str) -> str:
    return " ; ".join(map(_labelled, text.split("; ")))


def _labelled(text: str) -> str:
    label, sign, value = text.partition(": ")
    if not sign:
        return "obligatoire" if text == "required" else text
    words = help_words()
    return f"{words.labels.get(label, label)}\u00a0: {words.defaults.get(value, value)}"

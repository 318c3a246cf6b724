"""Answers: what an option says, else what is asked on a terminal. Without one, all that is missing is told at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final, TypeVar

import click

from sovlint.commands.parts import output
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.report.french import in_language
from sovlint.report.messages import phrase

T = TypeVar("T")
YES: Final = "y"
_ANSWERS: Final = {
    **dict.fromkeys((YES, "yes", "o", "oui"), True),
    **dict.fromkeys(("n", "no", "non"), False),
}
Understood = Callable[[str], T]
"""What an answer means; raises ``SovlintError`` where it means nothing."""


def has_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def _agreement(answer: str) -> bool:
    """Yes or no, in either language."""
    word = answer.casefold()
    if word not in _ANSWERS:
        raise SovlintError(f"`{answer}` is neither yes nor no.", "Answer y or n.")
    return _ANSWERS[word]


class Asking:
    """Takes answers one by one. ``asks``: whether somebody is there to answer what no option says."""

    def __init__(self, voice: Voice, asks: bool) -> None:
        self.voice = voice
        self.asks = asks
        self._missing: list[str] = []

    def needed(
        self, option: str, given: str | None, key: str, understood: Understood[T]
    ) -> T | None:
        """An answer that there must be; ``None`` where nobody gives it, which ``complete`` tells."""
        if given is not None:
            return understood(given)
        if not self.asks:
            self._missing.append(option)
            return None
        return self._asked(key, understood, None)

    def wanted(
        self, given: str | None, key: str, understood: Understood[T], usual: str = ""
    ) -> T | None:
        """An answer that may be left out, where ``usual`` is taken; ``None`` where that is empty."""
        if given is not None:
            return understood(given)
        if not self.asks:
            return understood(usual) if usual else None
        return self._asked(key, understood, usual)

    def complete(self) -> None:
        """Raise ``SovlintError`` where answers are missing that there must be."""
        if self._missing:
            options = ", ".join(self._missing)
            raise SovlintError(
                f"These are missing: {options}.", "On a terminal they are asked for."
            )

    def agreed(self) -> bool:
        """Whether what was shown is to be written: options have said so, a person is asked."""
        if not self.asks:
            return True
        return self._asked("ask.write", _agreement, YES) is not False

    def _asked(self, key: str, understood: Understood[T], usual: str | None) -> T | None:
        """The first answer that means something; what is wrong with the others is said."""
        while True:
            answer = click.prompt(
                phrase(key, self.voice.language),
                default=usual,
                show_default=bool(usual) and usual != YES,
                prompt_suffix=" ",
                err=True,
            ).strip()
            if not answer and usual is not None:
                return None
            try:
                return understood(answer)
            except SovlintError as error:
                said = " ".join(filter(None, (error.message, error.hint)))
                output.say(in_language(said, self.voice.language))

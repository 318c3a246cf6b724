"""What a text report has said already, so that later blocks don't say it again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.placement import Source
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.report.messages import say, word
from sovlint.report.pieces.blocks import FindingBlock
from sovlint.report.pieces.frames import Mark

LAWS: Final = "policy.state-laws"
"""A state with its laws: those are listed once, after that the state is enough."""

SHORT: Final = 40
"""Reasons up to this many characters are worth saying again."""

ABOVE: Final = Note("report.as-above")


class AlreadySaid(Struct):
    """Grows from block to block."""

    sources: dict[Source, int] = field(default_factory=dict)
    """Numbers in the list at the end."""
    policies: set[str] = field(default_factory=set)
    """Those whose basis and remedy were given."""
    remarks: set[tuple[str, str]] = field(default_factory=set)
    """Policy and text of each."""
    places: set[tuple[Span, str]] = field(default_factory=set)
    """Places shown in a frame, each with what was said of it."""
    reasons: set[str] = field(default_factory=set)
    """States whose laws were listed, reasons why something isn't proved, and sentences on remedies."""

    def references(self, sources: Iterable[Source]) -> str:
        """``[1] [4]``: the numbers of ``sources`` in the list at the end, which grows as needed."""
        numbers = [
            self.sources.setdefault(source, len(self.sources) + 1)
            for source in dict.fromkeys(sources)
        ]
        return " ".join(f"[{number}]" for number in numbers)

    def split(self, block: FindingBlock) -> tuple[list[Mark], list[Mark]]:
        """The marks of a block to show, and those that an earlier block shows."""
        again = [
            mark
            for mark in block.marks
            if (mark.span, mark.label) in self.places and not mark.primary
        ]
        fresh = [mark for mark in block.marks if mark not in again]
        self.places.update((mark.span, mark.label) for mark in fresh)
        return fresh, again

    def lighter(self, note: Note) -> Note:
        """``note`` without laws of states and long reasons that were given before; it adds its own to those."""
        return replace(
            note,
            params={name: self._lighter(name, param) for name, param in note.params.items()},
        )

    def _lighter(self, name: str, param: object) -> object:
        match param:
            case Note(key=key) if key == LAWS:
                state = param.params["state"]
                return state if self.mark_said(word(state, "en")) else param
            case Note() if name == "why":
                text = say(param, "en")
                return ABOVE if len(text) > SHORT and self.mark_said(text) else param
            case Note():
                return self.lighter(param)
            case tuple():
                return tuple(self._lighter(name, item) for item in param)
        return param

    def mark_said(self, text: str) -> bool:
        """Keep that a reason, or a sentence on remedies, is given. Answers whether it had been before."""
        known = text in self.reasons
        self.reasons.add(text)
        return known

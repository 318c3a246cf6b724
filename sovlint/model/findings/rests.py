"""What a compliant finding rests on: proof, somebody's word, or a fact that is weak."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from msgspec import Struct, field

from sovlint.model.source import EntryPlace, Span
from sovlint.model.value import Because, Step, StepKind


class Rests(StrEnum):
    """The firmest first."""

    PROOF = "proof"
    """Code and sources that were read, all of it."""
    WORD = "word"
    """Somebody's word has a part in it: an attestation, or what the configuration says of places, hosts or data."""
    WEAK = "weak"
    """Some fact is general knowledge, or its source is to be read again soon."""


class WordFinder(Struct):
    """Tells whether somebody's word has a part in chains. ``files``: the configuration, whose entries are that."""

    files: Collection[str]
    _known: dict[Step, bool] = field(default_factory=dict)

    def is_in(self, chains: Iterable[Because]) -> bool:
        """Whether any step of any chain is somebody's word."""
        return any(self._leads_to_word(chain) for chain in chains if chain is not None)

    def _leads_to_word(self, last: Step) -> bool:
        """Each step is looked at once, whatever chains it is part of."""
        waiting = [last]
        while waiting:
            step = waiting[-1]
            fresh = [each for each in step.parents if each not in self._known]
            if step not in self._known and fresh:
                waiting += fresh
                continue
            waiting.pop()
            self._known[step] = self._is_word(step) or any(
                self._known[each] for each in step.parents
            )
        return self._known[last]

    def _is_word(self, step: Step) -> bool:
        """Entries of a configuration stand at spans: what is read of code needn't be asked where it stands."""
        if step.kind is StepKind.VOUCHED:
            return True
        where = step.where
        return isinstance(where, Span | EntryPlace) and where.span().path in self.files

"""Resources that are nothing but where data is sent, of configuration files: what counts of them, and what doesn't."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sovlint.catalog.entries import TypeEntry
from sovlint.model.placement import How, Placed
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Sent
from sovlint.model.value import Known
from sovlint.rules.repeats import FileLine, line_of, lines_behind

_GUESSED: Final = frozenset({How.INFERRED, How.DEFAULT})
"""How a class gets somewhere that nobody declared."""
EntryFinder = Callable[[Resource], TypeEntry | None]


def without_lines_told(
    resources: Sequence[Resource], entry: EntryFinder
) -> Sequence[Resource]:
    """Resources without those that only send what another one sends too, by the same line: a file of variables that a
    service of Compose is given is judged as that service's, a configuration in a config map as that one's."""
    sending = {each.number for each in resources if _only_sends(each, entry)}
    if not sending:
        return resources
    told = {
        line
        for each in resources
        if each.number not in sending
        for sent in each.sends
        for line in _lines(sent)
    }
    return [
        each
        for each in resources
        if each.number not in sending
        or not all(line_of(sent.where) in told for sent in each.sends)
    ]


def is_worth_telling(placed: Placed, entry: EntryFinder) -> bool:
    """Whether something is worth telling: what only sends data must send it somewhere outside, and a template must
    name a company that is known."""
    if not _only_sends(placed.resource, entry):
        return True
    if isinstance(placed.resource.exists, Known):
        is_declared = any(claim.how not in _GUESSED for claim in placed.classes.claims)
        if is_declared and not placed.placements and placed.resource.unsaid is not None:
            return True  # where its variables lead is a question
        return any(is_declared or not each.asks_for_declared for each in placed.placements)
    return any(isinstance(each.provider, Known) for each in placed.placements)


def _only_sends(resource: Resource, entry: EntryFinder) -> bool:
    """Whether a resource has no place itself."""
    if not resource.sends:
        return False
    found = entry(resource)
    return found is not None and not found.rules


def _lines(sent: Sent) -> Iterator[FileLine]:
    """The lines that something is sent by: where that is written, and where its address comes from."""
    yield line_of(sent.written or sent.where)
    yield from lines_behind(sent.value)

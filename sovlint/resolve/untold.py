"""Settings whose values nobody knows, under names that say nothing: where they lead is one question for each resource."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown, UnknownKind, Value
from sovlint.resolve.facts.endpoints import shown_host, stays_inside
from sovlint.resolve.places.counted import counted_sends
from sovlint.resolve.places.sends import sent_by
from sovlint.resolve.references import answering_address, refers_to
from sovlint.resolve.values import value_of

_LISTED: Final = 4
"""So many of what is switched off are named, and whom they lead to."""
_NAMED: Final = 2
"""So many of them are named."""
_LOOKED_UP: Final = "data"
"""How the address of what is only looked up begins, below its modules: what it says isn't here."""


def with_untold(resource: Resource, catalog: Catalog) -> Resource:
    """A resource with what isn't known of the settings that it is given; what is wrong with all of them comes first, then
    what it may send to somebody once it is switched on."""
    off = [each for each in resource.sends if each.is_asked]
    unsaid = resource.unsaid
    if off and (unsaid is None or unsaid.kind is UnknownKind.VALUES_UNTOLD):
        found = _switched_off(off, catalog)
        unsaid = unsaid if found is None else found
        resource = replace(resource, unsaid=unsaid)
    if unsaid is not None:
        return resource
    untold = [
        each
        for each in resource.sends
        if each.by is SentBy.UNTOLD and not _is_of_here(each.value)
    ]
    return replace(resource, unsaid=_unsaid(untold)) if untold else resource


def _switched_off(off: Sequence[Sent], catalog: Catalog) -> Unknown | None:
    """Why data may be sent elsewhere by what is switched off; ``None`` where none of it leads to somebody."""
    chain, whom, switches = None, [], []
    for each in off:
        for sent in counted_sends([replace(each, off=None)], catalog):
            if each.off is None or stays_inside(sent.value, catalog):
                continue
            provider = value_of(sent_by(sent, catalog).provider)
            is_link = provider is None and sent.by is SentBy.URL
            host = shown_host(sent.value)
            named = catalog.titles.get(provider or "") or host
            if named and not is_link and named not in whom:
                whom.append(named)
                switches.append(each.off.detail)
                parents = tuple(step for step in (each.off.because, chain) if step)
                note = Note("resolve.off-here", {"key": each.key, "whom": host or named})
                chain = Step(each.where, note, parents)
    if not whom:
        return None
    note = Note("resolve.switched-off", {"whom": _first(whom), "switches": _first(switches)})
    return Unknown(
        Reason.FROM_ENVIRONMENT, "switches", chain, note=note, kind=UnknownKind.VALUES_UNTOLD
    )


def _first(names: Sequence[str]) -> tuple[str, ...]:
    once = tuple(dict.fromkeys(names))
    return once if len(once) <= _LISTED else (*once[:_LISTED], "…")


def _is_of_here(value: Value) -> bool:
    """Whether a value is read from something that this repository declares: that is judged itself."""
    address = answering_address(value) or refers_to(value)
    return address is not None and _LOOKED_UP not in address.split(".")


def _unsaid(untold: Sequence[Sent]) -> Unknown:
    names = tuple(dict.fromkeys(each.key for each in untold))
    chain = None
    for each in reversed(untold):
        parents = tuple(step for step in (each.value.because, chain) if step is not None)
        chain = Step(each.where, Note("resolve.untold-here", {"key": each.key}), parents)
    reasons = {each.value.reason for each in untold if isinstance(each.value, Unknown)}
    reason = reasons.pop() if len(reasons) == 1 else Reason.NO_EVIDENCE
    return Unknown(reason, "values", chain, note=_why(names), kind=UnknownKind.VALUES_UNTOLD)


def _why(names: Sequence[str]) -> Note:
    if len(names) == 1:
        return Note("resolve.untold-one", {"name": names[0]})
    more = len(names) - _NAMED
    if more <= 0:
        return Note("resolve.untold-two", {"first": names[0], "second": names[1]})
    return Note("resolve.untold-more", {"first": names[0], "second": names[1], "count": more})

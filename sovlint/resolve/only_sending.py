"""Resources that are nothing but where data is sent, of configuration files: what counts of them, and what doesn't."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from sovlint.catalog.entries import TypeEntry
from sovlint.model.placement import Classes, How, Placed
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.value import Known
from sovlint.rules.repeats import FileLine, line_of, lines_behind

_GUESSED: Final = frozenset({How.INFERRED, How.DEFAULT})
"""How a class gets somewhere that nobody declared."""
EntryFinder = Callable[[Resource], TypeEntry | None]


def without_lines_told(
    resources: Sequence[Resource], entry: EntryFinder, classes: Mapping[int, Classes]
) -> Sequence[Resource]:
    """Resources without those that only send what another one sends too, by the same line: a file of variables that a
    service of Compose is given is judged as that service's, a configuration in a config map as that one's, and one that
    takes a variable of another file as that file's. A class that only the file itself declares is judged there."""
    sending = [each for each in resources if _only_sends(each, entry)]
    if not sending:
        return resources
    numbers = {each.number for each in sending}
    running = (each for each in resources if each.number not in numbers)
    told = _told(((each, _lines) for each in running), classes)
    variables = _told(((each, _own_line) for each in sending), classes)

    def is_told(each: Resource, sent: Sent) -> bool:
        own = _declared(classes[each.number])
        return _has(told, line_of(sent.where), own) or any(
            _has(variables, line, own) for line in _elsewhere(sent)
        )

    return [
        each
        for each in resources
        if each.number not in numbers or not all(is_told(each, sent) for sent in each.sends)
    ]


def _told(
    resources: Iterable[tuple[Resource, Callable[[Sent], Iterable[FileLine]]]],
    classes: Mapping[int, Classes],
) -> Mapping[FileLine, set[str]]:
    """The lines by which resources send something, and what classes these declare."""
    found: dict[FileLine, set[str]] = {}
    for each, lines in resources:
        for sent in (sent for sent in each.sends if not sent.is_asked):
            for line in lines(sent):
                found.setdefault(line, set()).update(_declared(classes[each.number]))
    return found


def _has(told: Mapping[FileLine, set[str]], line: FileLine, classes: set[str]) -> bool:
    return line in told and classes <= told[line]


def _declared(classes: Classes) -> set[str]:
    return {each.data_class for each in classes.claims if each.how not in _GUESSED}


def _own_line(sent: Sent) -> Iterator[FileLine]:
    yield line_of(sent.where)


def _elsewhere(sent: Sent) -> Iterator[FileLine]:
    """The lines of other files that a setting's value comes from."""
    path, _ = line_of(sent.where)
    if sent.by is not SentBy.STEP:
        yield from (line for line in lines_behind(sent.value) if line[0] != path)


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

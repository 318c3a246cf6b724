"""What files declare of a cloud by type and name -> things of a plug-in's types, with what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from posixpath import basename
from typing import Final

from msgspec import Struct, field

from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value, known_of
from sovlint.rules.files.configuration import Entry, FilePart
from sovlint.rules.files.declares import Declares
from sovlint.rules.files.formats import Claim
from sovlint.rules.keys import KeyPath, below
from sovlint.settings.attributes import EntryAttributes
from sovlint.settings.file_evidence import Read
from sovlint.settings.names import join_keys
from sovlint.settings.outlets import scopes

MAX_THINGS: Final = 2_000
"""Of a file that declares more, no further ones are read."""


class StackGiven(Struct):
    """What one template is given by all that deploys it: texts of parameters, and regions."""

    parameters: list[Entry] = field(default_factory=list)
    regions: list[Entry] = field(default_factory=list)


NOT_DEPLOYED: Final[Mapping[str, StackGiven]] = {}


class Declared(Struct, frozen=True):
    """One thing that a file declares: its type, what it is called, and what it says of itself.

    ``region``: where it is deployed to, where files beside it say so. ``tags``: name -> value.
    """

    claim: Claim
    plugin: str
    type: str
    path: KeyPath
    where: Located
    says: EntryAttributes
    region: EntryAttributes
    tags: Value | None = None
    condition: Located | None = None

    @property
    def key(self) -> str:
        """How people call it: the keys that lead to it."""
        return join_keys(self.path)


def declared(
    reads: Sequence[Read], deployed: Mapping[str, StackGiven] = NOT_DEPLOYED
) -> Iterator[Declared]:
    """What the files of one folder declare; one that is still to be filled in declares nothing. ``deployed``: by path,
    what pipelines give templates that they deploy."""
    for read in reads:
        rule = read.claim.format.declares
        if rule is None or read.claim.template:
            continue
        own = deployed.get(read.claim.path, StackGiven())
        elsewhere = () if says_itself(rule, read.claim) else own.regions
        told = (*_region_here(rule, read.claim.path, reads), *elsewhere)
        region = EntryAttributes(tuple(_regions(told)), humps=True)
        given = [*_given(rule, reads), *own.parameters]
        for part in read.parts:
            entries = part.entries
            if given:
                from sovlint.settings.stacks import overrides as values

                told_values = values.overrides(given)
                entries = tuple(values.contradicted(entries, told_values))
                entries = tuple(values.filled_in(entries, told_values))
            yield from _of_part(read.claim, rule, entries, region)


def says_itself(rule: Declares, claim: Claim) -> bool:
    """Whether a file has its own region in it."""
    return rule.region is not None and rule.region.format == claim.format.id


def _given(rule: Declares, reads: Sequence[Read]) -> list[Entry]:
    """What files beside a template give its parameters, as one text or as a list."""
    if rule.region is None or not rule.parameters_at:
        return []
    beside = [
        entry
        for read in reads
        if read.claim.format.id == rule.region.format
        for part in read.parts
        for entry in part.entries
    ]
    return [each for each in beside if any(below(each.path, at) for at in rule.parameters_at)]


def is_left_open(read: Read) -> bool:
    """Whether a file declares more than can be read of it: a macro or a function makes things, or says of which type
    they are."""
    rule = read.claim.format.declares
    return rule is not None and any(
        _is_left_open(rule, each) for part in read.parts for each in part.entries
    )


def _is_left_open(rule: Declares, entry: Entry) -> bool:
    """Whether a value is a macro, or one that isn't known of a thing, its type or what it stands in."""
    path, size = entry.path, len(entry.path)
    if rule.macros and below(path, rule.macros):
        return _text(entry) not in rule.plain_macros
    if isinstance(entry.value, Known):
        return False
    return any(
        below(path, at[:size])
        if size <= len(at)
        else path[len(at) :] == rule.type and below(path, at)
        for at in rule.at
    )


def _of_part(
    claim: Claim, rule: Declares, entries: Sequence[Entry], region: EntryAttributes
) -> Iterator[Declared]:
    things = (found for at in rule.at for found in scopes(at, entries).items())
    for path, inside in islice(things, MAX_THINGS):
        told = next((each for each in inside if each.path == rule.type), None)
        kind = rule.type_of(_text(told)) if told is not None else None
        if told is None or kind is None:
            continue
        says = [each for each in inside if below(each.path, rule.says)]
        condition = next(
            (each.where for each in inside if rule.condition and each.path == rule.condition),
            None,
        )
        yield Declared(
            claim, rule.plugin_of(kind), kind, path, told.where,
            EntryAttributes((*_shared(rule, _text(told), entries, says), *_inner(says, len(rule.says))), humps=True),
            region, _tags(rule, inside, told.where), condition,
        )  # fmt: skip


def _inner(entries: Iterable[Entry], size: int) -> Iterator[Entry]:
    return (Entry(each.path[size:], each.value, each.where) for each in entries)


def _shared(
    rule: Declares, told: str, entries: Iterable[Entry], own: Iterable[Entry]
) -> Iterator[Entry]:
    """What a thing says because all of its type do, unless it says otherwise itself."""
    at = rule.shared.get(told)
    if at is None:
        return
    said = {each.path[len(rule.says) :] for each in own}
    for each in _inner((each for each in entries if below(each.path, at)), len(at)):
        if each.path not in said:
            yield each


def _tags(rule: Declares, inside: Iterable[Entry], where: Located) -> Value | None:
    """Tags, as a map or as a list of things with ``Key`` and ``Value``."""
    found: dict[str, Value] = {}
    listed: dict[str, dict[str, Value]] = {}
    for each in inside:
        rest = each.path[len(rule.tags) :]
        if not rule.tags or not below(each.path, rule.tags):
            continue
        if len(rest) == 1:
            found[rest[0]] = each.value
        elif len(rest) == 2:
            listed.setdefault(rest[0], {})[rest[1]] = each.value
    for tag in listed.values():
        name, value = tag.get("Key"), tag.get("Value")
        if isinstance(name, Known) and value is not None:
            found[str(name.value)] = value
    return Known(found, Step(where, Note("settings.written"))) if found else None


def _region_here(rule: Declares, path: str, reads: Sequence[Read]) -> Sequence[Entry]:
    """What is said of the region beside a file that is deployed so."""
    if rule.region is None:
        return ()
    beside = [
        part
        for read in reads
        if read.claim.format.id == rule.region.format
        for part in read.parts
    ]
    told = _at(rule.region.at, beside)
    others = {basename(_text(each)) for each in _at(rule.region.file_at, beside)}
    return told if basename(path) in others.union(rule.region.files) else ()


def _regions(told: Sequence[Entry]) -> Iterator[Entry]:
    """The region, where all that is said of it is the same; else one of those."""
    if not told:
        return
    if len({known_of(each.value) for each in told}) == 1:
        yield Entry(("region",), told[0].value, told[0].where)
        return
    known = tuple(each.value for each in told if isinstance(each.value, Known))
    among = known if len(known) == len(told) else None
    step = Step(told[0].where, Note("settings.written"))
    yield Entry(
        ("region",), Unknown(Reason.MULTI_VALUED, "region", step, among=among), told[0].where
    )


def _at(paths: Iterable[KeyPath], parts: Iterable[FilePart]) -> list[Entry]:
    """What stands at some keys."""
    return [
        each
        for part in parts
        for each in part.entries
        if any(below(each.path, at) and len(each.path) == len(at) for at in paths)
    ]


def _text(entry: Entry) -> str:
    return str(entry.value.value) if isinstance(entry.value, Known) else ""

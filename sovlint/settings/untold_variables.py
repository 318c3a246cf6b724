"""Variables of files whose values nobody knows: which of them are asked where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sovlint.documents.interpolation import WRITTEN
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.files.configuration import Entry, SettingsAt
from sovlint.rules.files.formats import Claim
from sovlint.rules.keys import KeyPath, below
from sovlint.rules.names.signatures import Signatures


def untold(
    rule: SettingsAt,
    named: Sequence[Setting],
    entries: Iterable[Entry],
    claim: Claim,
    signatures: Signatures,
) -> Iterator[Signal]:
    """What is asked of the variables that a rule leads to: of ``named``, what isn't known of them, and of those whose
    values aren't there at all."""
    if not rule.asks or not claim.sure:
        return
    if rule.kept:
        yield from signatures.untold(_kept(rule, entries), any_address=True)
        return
    open_ones = [each for each in named if not _is_filled(each, claim)]
    yield from signatures.untold(open_ones, any_address=rule.written)
    yield from signatures.untold(_lacking(rule, entries), any_address=True)


def _is_filled(setting: Setting, claim: Claim) -> bool:
    """Whether whoever runs it fills a value in, with what is never where data goes."""
    value, filled = setting.value, claim.format.filled
    if filled is None or not isinstance(value, Unknown) or not value.holes:
        return False
    return all(filled.search(each.detail) for each in value.holes)


def _lacking(rule: SettingsAt, entries: Iterable[Entry]) -> Iterator[Setting]:
    """Things that are named where a rule leads, and have no value: it is filled in elsewhere. What says where that
    comes from (a mapping in it) is known by that."""
    if not rule.variables or rule.value is None:
        return
    size = len(rule.at)
    things: dict[KeyPath, dict[KeyPath, Entry]] = {}
    for entry in entries:
        if below(entry.path, rule.at):
            things.setdefault(entry.path[:size], {})[entry.path[size:]] = entry
    for path, inner in things.items():
        is_flat = () not in inner and all(len(keys) == 1 for keys in inner)
        name = _name(rule, path, inner)
        if is_flat and name is not None and rule.value not in inner:
            where = next(iter(inner.values())).where
            yield _elsewhere(name, where)


def _kept(rule: SettingsAt, entries: Iterable[Entry]) -> Iterator[Setting]:
    """Variables that are only named: by the keys of a mapping, by the texts of a list, or by the keys of things that say
    where their value is kept. A text may say besides what it is called there (``LAKE:LAKE_OF_CLAIMS``)."""
    met: set[str] = set()
    for entry in entries:
        name = _kept_name(rule, entry) if below(entry.path, rule.at) else ""
        if name and name not in met:
            met.add(name)
            yield _elsewhere(name, entry.where)


def _kept_name(rule: SettingsAt, entry: Entry) -> str:
    """The variable that an entry names; nothing where it names none."""
    size = len(rule.at)
    rest = entry.path[size:]
    if rule.value is not None:
        return entry.path[size - 1] if rest == rule.value else ""
    if rest and not rest[0].isdigit():
        return rest[0]
    return str(entry.value.value).partition(":")[0] if isinstance(entry.value, Known) else ""


def _elsewhere(name: str, where: Located) -> Setting:
    """A variable whose value is kept elsewhere."""
    note = Note("settings.kept")
    step = Step(where, Note(WRITTEN))
    return Setting(name, Unknown(Reason.FROM_ENVIRONMENT, name, step, note=note), where)


def _name(rule: SettingsAt, path: KeyPath, inner: Mapping[KeyPath, Entry]) -> str | None:
    if rule.name is None:
        return path[-1]
    called = inner.get(rule.name)
    name = None if called is None else called.value
    return str(name.value) if isinstance(name, Known) else None

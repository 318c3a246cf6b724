"""What changed between two catalogues, entry by entry; what bears on verdicts comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sovlint.catalog import shipped
from sovlint.catalog.checks.check import check
from sovlint.catalog.compiling.compile import link
from sovlint.catalog.compiling.files import merge, read_folder
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.entries.files import FILES
from sovlint.catalog.entries.qualifications import ServiceOffer
from sovlint.catalog.overlays.completed import OFFERS, completed, offer_key
from sovlint.catalog.overlays.differences import differences, entry_kind
from sovlint.catalog.releases import KEYS, VERSION, carried
from sovlint.errors import SovlintError
from sovlint.model.lookups.changes import (
    ADDED,
    CHANGED,
    REMOVED,
    CatalogueDifference,
    Edition,
    EntryChange,
    KeyChange,
)

_OWNERSHIP, _PLACES, _LAW, _HELD, _HOSTS, _REST = (
    "ownership",
    "providers",
    "law",
    "qualifications",
    "hosts",
    "rest",
)
_SECTIONS: Final[Sequence[tuple[str, str, str]]] = (
    (_OWNERSHIP, "entities", "entities"),
    (_PLACES, "provider", "providers"),
    (_HELD, "scheme", "schemes"),
    (_LAW, "jurisdictions", "jurisdictions"),
    (_HOSTS, "endpoints", "endpoints"),
    (_HOSTS, "endpoints", "not_placements"),
)
"""What changes are told of key by key, in this order: the heading, the kind of file, and the section."""
_COUNTED: Final = (
    "areas", "registries", "classes", "terms", "images", "signatures", "values", "commands", "pipelines", "formats",
    "tasks", "deployments", "instances", "own_hosts", "passed_over", "unread", "developers", "kinds", "services", "like",
    "called", "plugins", "keeps", "sends", "elsewhere", "charts", "modules", "evidence", "creators", "address_names",
)  # fmt: skip
"""Sections of which only the entries are named that aren't the same."""


def parts_of(path: Path) -> tuple[Data, Edition]:
    """The entries of a catalogue: a file of it, a folder with all of its files, or an overlay on what ships.

    Raises ``SovlintError`` where it is none, or doesn't hold.
    """
    if carried.is_file(path):
        found = carried.read(path, shipped.index()[KEYS])
        return found.parts, Edition(str(path), found.version, str(found.parts["date"]))
    if not path.is_dir():
        raise _no_catalogue(path)
    whole = (path / "jurisdictions.yaml").is_file() and (path / "entities.yaml").is_file()
    below = None if whole else shipped.index()
    for problem in check([path], below):
        raise SovlintError(str(problem))
    files, _ = read_folder(path, 0 if whole else 1)
    if not files:
        raise _no_catalogue(path)
    parts = link(merge(completed(files, below), below))
    return parts, Edition(str(path), carried.version_of(parts), str(parts["date"]))


def _no_catalogue(path: Path) -> SovlintError:
    return SovlintError(
        f"`{path}` is neither a folder of catalogue files nor a catalogue as one file.",
        "`sovlint catalog build` makes one.",
    )


def shipped_parts() -> tuple[Data, Edition]:
    """The entries of what ships here."""
    index = shipped.index()
    return index, Edition("", index[VERSION], str(index["date"]))


def difference(
    before: tuple[Data, Edition], after: tuple[Data, Edition]
) -> CatalogueDifference:
    """What is otherwise in the second catalogue."""
    old, new = before[0], after[0]
    found = [
        change
        for heading, kind, section in _SECTIONS
        for change in _section(heading, kind, section, old[section], new[section])
    ]
    order = {heading: place for place, (heading, _, _) in enumerate(_SECTIONS)}
    found.sort(key=lambda each: (not each.bears, order[each.heading], each.name))
    rest = [
        EntryChange(_REST, section, name, name, sort)
        for section in _COUNTED
        for name, sort in _named(old[section], new[section])
    ]
    return CatalogueDifference(before[1], after[1], (*found, *rest))


def _named(old: Data, new: Data) -> Iterator[tuple[str, str]]:
    """Entries that aren't the same, and in which way."""
    for name in sorted({*old, *new}):
        if name not in old:
            yield name, ADDED
        elif name not in new:
            yield name, REMOVED
        elif next(iter(differences(None, old[name], new[name])), None) is not None:
            yield name, CHANGED


def _section(
    heading: str, kind: str, section: str, old: Data, new: Data
) -> Iterator[EntryChange]:
    of_entry = entry_kind(kind, section)
    for name, sort in _named(old, new):
        if section == "schemes" and sort == CHANGED:
            yield from _scheme(name, old[name], new[name])
            continue
        entry = new.get(name) or old[name]
        called = entry.get("name") or entry.get("en") or name
        keys: tuple[KeyChange, ...] = ()
        if sort == CHANGED:
            keys = _keys(of_entry, old[name], new[name])
        bears = any(key.bears for key in keys) if keys else heading != _LAW
        yield EntryChange(heading, section, name, str(called), sort, keys, bears)


def _scheme(name: str, old: Data, new: Data) -> Iterator[EntryChange]:
    """What is otherwise of a qualification: its head, and each offer."""
    apart: Mapping[str, Any] = {OFFERS: []}
    title = new["title"]["en"]
    head = _keys(FILES["scheme"], {**old, **apart}, {**new, **apart})
    if head:
        bears = any(key.bears for key in head)
        yield EntryChange(_HELD, "schemes", name, title, CHANGED, head, bears)
    was, now = ({offer_key(offer): offer for offer in entry[OFFERS]} for entry in (old, new))
    for key in sorted({*was, *now}, key=str):
        before, after = was.get(key), now.get(key)
        provider, offer = key or ("", "")
        called, entry = f"{title}: {provider}, {offer}", f"{name}/{provider}/{offer}"
        if before is None or after is None:
            sort = ADDED if before is None else REMOVED
            yield EntryChange(_HELD, "schemes", entry, called, sort, (), bears=True)
            continue
        keys = _keys(ServiceOffer, before, after)
        if keys:
            bears = any(each.bears for each in keys)
            yield EntryChange(_HELD, "schemes", entry, called, CHANGED, keys, bears)


def _keys(kind: Any, old: Any, new: Any) -> tuple[KeyChange, ...]:
    found = [
        KeyChange(".".join(each.keys), each.before, each.after, each.governed)
        for each in differences(kind, old, new)
    ]
    return tuple(sorted(found, key=lambda each: not each.bears))

"""Entries of what ships whose place an overlay takes, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint import documents
from sovlint.catalog.compiling.files import SHIPPED, CatalogueFile, Problem, merge, origins
from sovlint.catalog.entries.files import FILES
from sovlint.catalog.entries.qualifications import ServiceOffer
from sovlint.catalog.overlays.added import bearing
from sovlint.catalog.overlays.completed import OFFERS, offer_key
from sovlint.catalog.overlays.differences import ChangedKey, differences, entry_kind
from sovlint.catalog.overlays.rerouted import rerouted
from sovlint.catalog.services import ANYBODY, kinds_of

# --- Services of which an overlay says another kind: by its kind is judged whether data lands at a service.

_SERVICES, _LIKE = "services", "like"
KINDS_OF: Final = (_SERVICES, _LIKE)
"""The sections that say of which kinds services are."""


def other_kinds(
    section: str, name: str, parts: Mapping[str, Any], index: Mapping[str, Any]
) -> Iterator[ChangedKey]:
    """What an entry of these sections says otherwise than what ships (``index``). A service of one provider of which
    nobody said a kind is only added; what holds for all providers, or for those of another name, is otherwise for some."""
    after = parts[section][name]
    if section == _LIKE:
        before = index[_LIKE].get(name, "")
        if name in index["providers"] and after != before:
            yield ChangedKey((), before, after, governed=True)
        return
    listed = index[_SERVICES].get(name, {})
    for service, kinds in after.items():
        before = listed.get(service) or kinds_of(index, name, service)
        adds = before is None and name != ANYBODY
        was, now = (", ".join(each) for each in (before or (), kinds))
        if was != now and not adds:
            yield ChangedKey((service,), was, now, governed=True)


_GROWING: Final = ("called", "ended")
"""Sections to whose entries files add: what is new in one replaces nothing."""
_ANSWERS: Final = "endpoints"


class Replaced(Struct, frozen=True):
    """A shipped entry that an overlay takes the place of: by which one, where that stands, and what it says otherwise.

    ``at`` is where the one that ships stands, as far as its sources tell. ``rerouted``: it has another id, and loses some
    of its hosts. ``adds``: nobody ships it, and it bears on what ships: an offer of a qualification that does, say.
    """

    section: str
    name: str
    file: CatalogueFile
    path: documents.Path
    changes: tuple[ChangedKey, ...]
    at: str
    rerouted: bool = False
    adds: bool = False

    @property
    def announced(self) -> bool:
        """Whether the overlay says so, where it has to: what says the very same replaces nothing."""
        said_at = (self.path[: len(said)] == said for said in self.file.replaces)
        return self.adds or not self.changes or any(said_at)


class LaidOver(Struct, frozen=True):
    """What one folder does: the shipped entries that it replaces, and those that it adds, as ``section/id``; and where
    ``replaces: true`` stands for nothing."""

    replaced: tuple[Replaced, ...]
    added: tuple[str, ...]
    in_vain: tuple[tuple[CatalogueFile, documents.Path], ...]


def laid_over(files: Sequence[CatalogueFile], index: Mapping[str, Any]) -> LaidOver:
    """What the files of a folder do to what ships (``index``)."""
    parts = merge(files, index)
    replaced: list[Replaced] = []
    added: list[str] = []
    for (section, name), (file, path) in origins(files).items():
        if file.kind == "scheme" and name in index[section]:
            replaced += _of_scheme(name, file, parts, index[section][name])
            continue
        found = _replaced(section, name, file, path, parts, index)
        bears = bearing(section, name, parts, index)
        if found is None and bears:
            found = Replaced(section, name, file, path, bears, SHIPPED, adds=True)
        elif found is not None:
            found = replace(found, changes=(*found.changes, *bears))
        if found is None:
            added.append(f"{section}/{name}")
        else:
            replaced.append(found)
    return LaidOver(
        tuple(sorted(replaced, key=lambda each: (each.section, each.name))),
        tuple(sorted(added)),
        tuple(_in_vain(files, replaced)),
    )


def problems(found: LaidOver, trusted: bool) -> Iterator[tuple[Problem, str]]:
    """What is wrong with what a folder replaces, each with what to do about it. Whoever runs sovlint may be ``trusted``
    to know better who controls a company, or where something is."""
    for each in found.replaced:
        name = f"`{each.section}/{each.name}`"
        if not each.announced:
            yield each.file.problem(each.path, _unannounced(each, name)), ANNOUNCE
        for change in each.changes:
            if change.governed and not trusted:
                yield _untrusted(each, name, change), TRUST
    for file, path in found.in_vain:
        yield (
            file.problem(path, "`replaces: true`, but nothing that ships is replaced here."),
            IN_VAIN,
        )


ANNOUNCE: Final = (
    "Write `replaces: true` in the entry, or at the head of its file, or give it an id of its own. "
    "Every report names what is replaced."
)
TRUST: Final = (
    "Whoever runs sovlint can trust the overlay: --trust-overlay, or SOVLINT_TRUST_OVERLAY=1 where CI is set up. "
    "The repository itself can't."
)
IN_VAIN: Final = "Take it out, or write the id of the entry that it is about."


def _unannounced(each: Replaced, name: str) -> str:
    if each.rerouted:
        return f"{name} takes over hosts of {each.at}: `replaces: true` is missing."
    return f"{name} ships too, in {each.at}: `replaces: true` is missing."


def _untrusted(each: Replaced, name: str, change: ChangedKey) -> Problem:
    keys = ".".join(change.keys) or each.name
    at = each.path if each.path else change.keys
    before, after = (text[:80] or "nothing" for text in (change.before, change.after))
    message = (
        f"{name} changes `{keys}` ({before} → {after}), which decides who can compel or where data is: "
        "`--trust-overlay` is missing."
    )
    return each.file.problem((*each.path, *change.keys) if each.path else at, message)


def _replaced(
    section: str,
    name: str,
    file: CatalogueFile,
    path: documents.Path,
    parts: Mapping[str, Any],
    index: Mapping[str, Any],
) -> Replaced | None:
    """What an entry takes the place of; ``None`` where it adds."""
    kind = entry_kind(file.kind, section)
    shipped = index[section].get(name)
    if section in KINDS_OF:
        changes = tuple(other_kinds(section, name, parts, index))
        at = f"{SHIPPED}services.yaml"
        return Replaced(section, name, file, path, changes, at) if changes else None
    if shipped is None:
        return _rerouted(section, name, file, path, parts, index)
    changes = tuple(differences(kind, shipped, parts[section][name], parts["sources"]))
    if section in _GROWING:
        changes = tuple(each for each in changes if each.before)
        if not changes:
            return None
    return Replaced(section, name, file, path, changes, _place(shipped))


def _of_scheme(
    name: str, file: CatalogueFile, parts: Mapping[str, Any], shipped: Mapping[str, Any]
) -> Iterator[Replaced]:
    """What a file says otherwise of a qualification that ships: of its head, and of each offer that it writes."""
    entry, sources = parts["schemes"][name], parts["sources"]
    apart: Mapping[str, Any] = {OFFERS: []}
    at, kind = _place(shipped), FILES["scheme"]
    head = tuple(differences(kind, {**shipped, **apart}, {**entry, **apart}, sources))
    if head:
        yield Replaced("schemes", name, file, (), head, at)
    known = {offer_key(offer): offer for offer in shipped[OFFERS]}
    for index, offer in enumerate(entry[OFFERS]):
        path = (OFFERS, index)
        if path not in file.document.spans:  # taken over from what ships
            continue
        called = f"{name}/{offer['provider']}/{offer['offer']}"
        was = known.get(offer_key(offer))
        changes = tuple(differences(ServiceOffer, was or {}, offer, sources))
        yield Replaced("schemes", called, file, path, changes, at, adds=was is None)


def _rerouted(
    section: str,
    name: str,
    file: CatalogueFile,
    path: documents.Path,
    parts: Mapping[str, Any],
    index: Mapping[str, Any],
) -> Replaced | None:
    """Hosts that a shipped pattern has already, with another answer: the narrower pattern would win."""
    if section not in (_ANSWERS, "not_placements"):
        return None
    changes = rerouted(parts[section][name], index["hosts"])
    if not changes:
        return None
    return Replaced(
        section, name, file, path, changes, f"{SHIPPED}{_ANSWERS}.yaml", rerouted=True
    )


def _place(entry: Any) -> str:
    """The file of an entry that ships, by the prefix of a source that it names; the folder where it names none."""
    found = next(iter(_sources(entry)), "")
    _, _, name = found.partition("#")[0].partition(":")
    return SHIPPED + name


def _sources(entry: Any) -> Iterator[str]:
    if isinstance(entry, Mapping):
        for key, value in entry.items():
            if key == "source" and isinstance(value, str):
                yield value
            elif key == "sources" and isinstance(value, list):
                yield from (each for each in value if isinstance(each, str))
            else:
                yield from _sources(value)
    elif isinstance(entry, list):
        for each in entry:
            yield from _sources(each)


def _in_vain(
    files: Sequence[CatalogueFile], replaced: Sequence[Replaced]
) -> Iterator[tuple[CatalogueFile, documents.Path]]:
    """Where ``replaces: true`` is said of what replaces nothing."""
    for file in files:
        own = [each.path for each in replaced if each.file is file and not each.adds]
        for said in sorted(file.replaces, key=str):
            if not any(path[: len(said)] == said for path in own):
                yield file, said

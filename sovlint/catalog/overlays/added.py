"""What an overlay adds, where that bears on what ships: a name that is another's, a rule on how files are read, a plug-in
that speaks of types of others. All else that only adds is free."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from itertools import islice
from typing import Any, Final

from sovlint.catalog.compiling.shared import CONFIG, DATA, UNDECIDED, whole_plugin
from sovlint.catalog.compiling.tables import plugin_tables
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.overlays import claimed
from sovlint.catalog.overlays.differences import ChangedKey, differences
from sovlint.model.decoding import DecodedEntries
from sovlint.model.lookups.names import tokens
from sovlint.rules.names.signature import Names, Signature

Bearing = Callable[[str, Data, Data], Iterator[ChangedKey]]
"""An entry's id, the parts with it, and what ships -> what of it bears on that."""
_FREE: Final = frozenset(
    {
        "entities", "endpoints", "not_placements", "registries", "namespace", "schemes", "services", "like", "ended",
    }
)  # fmt: skip
"""Sections to which an overlay adds freely. Of hosts and kinds of services is looked elsewhere at what they take over;
all that isn't listed is a rule on how files are read: another one may answer in the place of one that ships, or of a
question."""
_NOBODY: Final = "anonymous"
"""The class that ends all guessing."""


def bearing(section: str, name: str, parts: Data, index: Data) -> tuple[ChangedKey, ...]:
    """What of an entry bears on what ships though its id is new, or though it changes only what is told."""
    found = _BEARING.get(section)
    if found is not None:
        return tuple(found(name, parts, index))
    if section in _FREE or name in index[section]:
        return ()
    return tuple(differences(None, {}, {name: parts[section][name]}))


def _signature(name: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """Settings that a shipped signature reads too, a company that gets what is sent wherever an address leads, and an
    address that isn't the one that is written."""
    if name in index["signatures"]:
        return
    data = parts["signatures"][name]
    for key in ("only", "presumed"):
        if data.get(key):
            yield ChangedKey((key,), "", "true", governed=True)
    for rule in data.get("address", ()):
        if "text" in rule:
            yield ChangedKey(("address",), "", rule["text"], governed=True)
    (own,) = DecodedEntries(Signature, {name: data}).values()
    known = DecodedEntries(Signature, index["signatures"])
    met = (
        (other, each)
        for other, signature in known.items()
        for theirs in _read(signature)
        for ours in own.names()
        for each in _shared(ours, theirs)
    )
    for other, each in islice(met, 1):
        yield ChangedKey((), other, each, governed=True)


def _read(signature: Signature) -> Iterator[Names]:
    """The names by which a signature knows settings, whatever their values are."""
    by_value = [rule.names for rule in signature.address if rule.matches]
    yield from (names for names in signature.names() if names not in by_value)


def _shared(one: Names, other: Names) -> Iterator[str]:
    """Names of settings that both mean: of globs, some that they stand for."""
    for these, those in ((one, other), (other, one)):
        for name in _samples(these):
            if those.match(name) or any(name.endswith(f"_{each}") for each in those.own):
                yield name


def _samples(names: Names) -> Iterator[str]:
    yield from sorted(names.exact)
    for glob in names.globs:
        yield from (glob.replace("*", filling).replace("?", "X") for filling in ("", "X"))


def _term(name: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """A term inside which one that ships counts no longer."""
    words = tokens(name)
    met = (other for other in index["terms"] if other != name and _has(words, tokens(other)))
    for other in islice(met, 1):
        yield ChangedKey((), other, name, governed=True)


def _has(words: Sequence[str], inside: Sequence[str]) -> bool:
    starts = range(len(words) - len(inside) + 1)
    return any(words[at : at + len(inside)] == inside for at in starts)


def _image(name: str, parts: Data, _index: Data) -> Iterator[ChangedKey]:
    """Software of which is said that it keeps nothing of anybody."""
    if parts["images"][name]["class"] == _NOBODY:
        yield ChangedKey(("class",), "", _NOBODY, governed=True)


def _called(provider: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """Names for services of a company that ships."""
    if provider in index["providers"]:
        before = index["called"].get(provider, {})
        found = differences(None, before, parts["called"][provider])
        yield from (each for each in found if not each.before)


def _plugin(name: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """What a new plug-in says of types that others have, or of all; and groups of custom resources that others have."""
    if name in index["plugins"]:
        return
    shipped = {
        each
        for data in index["plugins"].values()
        for section in (DATA, CONFIG, UNDECIDED)
        for each in data.get(section, ())
    }
    plugins = {each: whole_plugin(index["plugins"], each) for each in index["plugins"]}
    after = plugin_tables({**plugins, name: whole_plugin(parts["plugins"], name)})
    for table, was in plugin_tables(plugins).items():
        beyond = list(_beyond(was, after[table], shipped))
        if beyond:
            yield ChangedKey((table,), "", ", ".join(beyond), governed=True)
    groups = parts["plugins"][name].get("groups", ())
    others = [each for data in index["plugins"].values() for each in data.get("groups", ())]
    for group in groups:
        met = (each for each in others if fnmatch(group, each) or fnmatch(each, group))
        if (other := next(met, None)) is not None:
            yield ChangedKey(("groups",), other, group, governed=True)


def _beyond(was: Any, now: Any, shipped: Collection[str]) -> Iterator[str]:
    """What a table says now of what others have, or of whatever there is."""
    if isinstance(was, list):
        new = [each for each in now if each not in was]
        yield from (str(each) for each in new if not isinstance(each, str) or each in shipped)
    else:
        new = [key for key, each in now.items() if each != was.get(key)]
        yield from (key for key in new if key in was or key in shipped)


_BEARING: Final[Mapping[str, Bearing]] = {
    "providers": claimed.of_company,
    "jurisdictions": claimed.of_state,
    "areas": claimed.of_area,
    "classes": claimed.of_class,
    "signatures": _signature,
    "terms": _term,
    "images": _image,
    "called": _called,
    "plugins": _plugin,
}

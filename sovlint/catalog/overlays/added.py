"""What an overlay adds, where that bears on what ships: a name that is another's, a rule on how files are read, a plug-in
that speaks of types of others. All else that only adds is free."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from itertools import islice
from typing import Any, Final

from sovlint.catalog.compiling.compile import company_names
from sovlint.catalog.compiling.shared import CONFIG, DATA, UNDECIDED, whole_plugin
from sovlint.catalog.compiling.tables import plugin_tables
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.overlays.differences import ChangedKey, differences
from sovlint.model.decoding import DecodedEntries
from sovlint.model.lookups.names import fold, tokens, without_stops
from sovlint.rules.names.signature import Names, Signature

# --- Names that an entry of an overlay would share with what ships: whoever writes one of these means what ships.


def of_company(provider: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """Names of a new provider that begin with the name of a company that ships, in whole words (``AWS EMEA``), or that
    such a name begins with; and names that shipped companies have no longer because of it."""
    if provider in index["providers"]:
        return
    data = parts["providers"][provider]
    operator = data["operator"]
    own = {"id": (provider,), "name": (data["name"],), "aliases": data.get("aliases", ())}
    if operator not in index["entities"] and operator in parts["entities"]:
        own["operator"] = (parts["entities"][operator]["name"],)
    shipped = dict(_written(index))
    for key, names in own.items():
        for name in names:
            whose = _namesake(name, shipped, index)
            if whose is not None:
                yield ChangedKey((key,), whose, name, governed=True)
    yield from _lost(provider, parts, index)


def of_state(code: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """Codes and names of a state by which another state, or an area, that ships is meant."""
    yield from _of_place(code, parts["jurisdictions"][code], index["areas"], index)


def of_area(code: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """The same of an area."""
    yield from _of_place(code, parts["areas"][code], index["jurisdictions"], index)


def _of_place(code: str, data: Data, others: Data, index: Data) -> Iterator[ChangedKey]:
    if code in others and code not in index["areas"]:  # the EU is both, as it ships
        yield ChangedKey((), code, code, governed=True)
    for key, name in (("id", code), ("en", data["en"]), ("fr", data["fr"])):
        whose = index["places"].get(fold(name), code)
        if whose != code:
            yield ChangedKey((key,), whose, name, governed=True)


def of_class(name: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """Words by which another class that ships is declared, and classes that ship of which it is told with this one."""
    data = parts["classes"][name]
    taken = {
        fold(word): other
        for other, known in index["classes"].items()
        if other != name
        for word in (other, known["en"], known["fr"], *known.get("labels", ()))
    }
    words = (name, data["en"], data["fr"], *data.get("labels", ()))
    for word in words:
        whose = taken.get(fold(word))
        if whose is not None:
            yield ChangedKey(("labels",), whose, word, governed=True)
    covered = [each for each in data.get("covers", ()) if each in index["classes"]]
    if covered and name not in index["classes"]:
        yield ChangedKey(("covers",), "", ", ".join(covered), governed=True)


def _lost(provider: str, parts: Data, index: Data) -> Iterator[ChangedKey]:
    """The name of the company that runs it, where another provider was meant by it as long as nobody else was called
    like that."""
    operator = parts["providers"][provider]["operator"]
    name = fold(without_stops(parts["entities"].get(operator, {}).get("name", "")))
    whose = index["names"].get(name)
    if whose is not None and company_names(parts).get(name) != whose:
        yield ChangedKey(("operator",), whose, operator, governed=True)


def _written(index: Data) -> Iterator[tuple[tuple[str, ...], str]]:
    """All names of companies that ship, in words, and whose they are."""
    entities = index["entities"]
    for provider, data in index["providers"].items():
        legal = entities.get(data["operator"], {}).get("name", "")
        names = (data["name"], provider, *data.get("aliases", ()))
        for name in (
            *names,
            *((legal,) if index["names"].get(_key(legal)) == provider else ()),
        ):
            yield _words(name), provider


def _namesake(name: str, shipped: Mapping[tuple[str, ...], str], index: Data) -> str | None:
    words = _words(name)
    starts = ("".join(words[:count]) for count in range(len(words), 0, -1))
    begun = [index["names"].get(start) for start in starts]
    longer = (whose for other, whose in shipped.items() if other[: len(words)] == words)
    return next((each for each in (*begun, *longer) if each is not None), None)


def _words(name: str) -> tuple[str, ...]:
    return tuple(map(fold, without_stops(name).split()))


def _key(name: str) -> str:
    return "".join(_words(name))


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
    "providers": of_company,
    "jurisdictions": of_state,
    "areas": of_area,
    "classes": of_class,
    "signatures": _signature,
    "terms": _term,
    "images": _image,
    "called": _called,
    "plugins": _plugin,
}

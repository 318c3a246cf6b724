"""Names that an entry of an overlay would share with what ships: whoever writes one of these means what ships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sovlint.catalog.compiling.compile import company_names
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.overlays.differences import ChangedKey
from sovlint.model.lookups.names import fold, without_stops


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

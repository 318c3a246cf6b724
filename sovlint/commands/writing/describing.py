"""A company that the catalogue lacks, made of answers: the entries of an overlay, its owners up to the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from sovlint.catalog.names import tokens
from sovlint.commands.writing import understood
from sovlint.commands.writing.asking import Asking
from sovlint.errors import SovlintError

if TYPE_CHECKING:
    from datetime import date

    from sovlint.catalog.load import Catalog

NOBODY, UNKNOWN, PERSON, STATE = "nobody", "unknown", "person", "state"
TOPS: Final = NOBODY, UNKNOWN, PERSON, STATE
"""What is said of the last of a chain of owners: nobody holds a majority of it, nobody found who does, or it is itself a
person or a family, or a state."""
OWN: Final = "own"
"""What says that it runs on machines of its own."""
RESERVED: Final = "new"


class NewProvider(Struct, frozen=True):
    """What options say of a company, each under its own name."""

    name: str | None = None
    id: str | None = None
    seat: str | None = None
    holder: tuple[str, ...] = ()
    top: str | None = None
    region: tuple[str, ...] = ()
    runs_on: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    kind: str | None = None
    read: str | None = None
    url: str | None = None
    read_by: str | None = None


class Overlay(Struct, frozen=True):
    """What is written of a company: its file, and entries of companies and hosts; ``sources`` are those of each."""

    id: str
    provider: dict[str, Any]
    entities: dict[str, Any]
    endpoints: list[dict[str, Any]]
    sources: dict[str, Any]


def described(given: NewProvider, ask: Asking, catalog: Catalog, day: date) -> Overlay:
    """The entries. Raises ``SovlintError`` for what means nothing, and for a company that the catalogue has."""
    in_world = partial(understood.state, catalog=catalog)
    name = ask.needed("--name", given.name, "ask.name", partial(_new, catalog=catalog)) or ""
    provider = _id(given.id or slug(name), catalog)
    seat = ask.needed("--seat", given.seat, "ask.seat", in_world) or ""
    holders = _holders(given, ask, catalog)
    top = (
        None if holders and isinstance(holders[-1], str) else _top(given, ask, bool(holders))
    )
    regions = _regions(given, ask, catalog)
    runs_on = _runs_on(given, ask, catalog)
    hosts = given.host or _several(ask, "ask.hosts", understood.text)
    source = _source(given, ask, day)
    ask.complete()
    entities = _entities(slug(name), name, seat, holders, top, catalog, provider)
    data: dict[str, Any] = {
        "id": provider,
        "name": name,
        "kind": given.kind or "saas",
        "status": "active",
        "operator": next(iter(entities)),
    }
    if runs_on is None or runs_on:
        data["runs_on"] = runs_on and [
            {"provider": each, "source": provider} for each in runs_on
        ]
    data["sources"] = {provider: source}
    if regions:
        data["regions"] = {
            code: {"country": country, "source": provider}
            for code, country in regions.items()
        }
    endpoints = [{"host": host, "provider": provider, "source": provider} for host in hosts]
    return Overlay(provider, data, entities, endpoints, {provider: source})


def slug(name: str) -> str:
    """A name as an id: ``Réseau Optique`` -> ``reseau-optique``."""
    return "-".join(tokens(name))


def _new(written: str, catalog: Catalog) -> str:
    found = catalog.find_provider(written)
    if found is not None:
        raise SovlintError(
            f"The catalogue has `{written}` already: {found.id}.",
            f"Correct it: sovlint provider {found.id} --format overlay",
        )
    return understood.text(written)


def _id(written: str, catalog: Catalog) -> str:
    if written in catalog.providers or written == RESERVED or slug(written) != written:
        raise SovlintError(
            f"`{written}` can't be the id of a new provider.",
            "Give another one: --id, small letters, digits and hyphens.",
        )
    return written


def _holders(
    given: NewProvider, ask: Asking, catalog: Catalog
) -> list[tuple[str, str] | str]:
    """The owners from the bottom up, each a name and a seat; the last is an id where the catalogue has it."""
    read = partial(_holder, catalog=catalog)
    found: list[tuple[str, str] | str] = [read(each) for each in given.holder]
    if not found and ask.asks and given.top is None:
        while not (found and isinstance(found[-1], str)):
            key = "ask.holder" if not found else "ask.holder-next"
            answer = ask.wanted(None, key, read)
            if answer is None:
                break
            found.append(answer)
    if any(isinstance(each, str) for each in found[:-1]):
        raise SovlintError(
            "The catalogue knows who owns one of these holders.",
            "Name the chain up to that one.",
        )
    return found


def _holder(written: str, catalog: Catalog) -> tuple[str, str] | str:
    """A name with a seat (``Casa Group=FR``), or the id of a company that the catalogue has."""
    name, sign, seat = written.rpartition("=")
    known = catalog.entity_named(name if sign else written)
    if known is not None:
        return known
    if not sign or not name.strip():
        raise SovlintError(
            f"The catalogue has no company `{written}`.",
            "Say where it sits: NAME=STATE, such as `Casa Group=FR`.",
        )
    return understood.text(name), understood.state(seat, catalog)


def _top(given: NewProvider, ask: Asking, held: bool) -> str:
    def top(written: str) -> str:
        word = written.strip().casefold()
        if word not in TOPS:
            raise SovlintError(
                f"`{written}` isn't among these: {', '.join(TOPS)}.", "Say one of them."
            )
        if word in (PERSON, STATE) and not held:
            raise SovlintError(
                "A company is no person and no state.",
                "Name who holds it: --holder NAME=STATE.",
            )
        return word

    return ask.wanted(given.top, "ask.top", top, UNKNOWN) or UNKNOWN


def _regions(given: NewProvider, ask: Asking, catalog: Catalog) -> dict[str, str]:
    def region(written: str) -> tuple[str, str]:
        code, sign, country = written.rpartition("=")
        if not sign or not code.strip():
            raise SovlintError(
                f"`{written}` is no place with its state.",
                "Write NAME=STATE, such as `paris=FR`.",
            )
        return code.strip(), understood.state(country, catalog)

    if given.region:
        return dict(region(each) for each in given.region)
    return dict(_several(ask, "ask.regions", region))


def _runs_on(given: NewProvider, ask: Asking, catalog: Catalog) -> list[str] | None:
    """Ids of the providers whose cloud is underneath; none where it is its own; ``None`` where nobody knows."""

    def host(written: str) -> str:
        if written.strip().casefold() == OWN:
            return OWN
        found = catalog.find_provider(written)
        if found is None:
            raise SovlintError(
                f"The catalogue has no provider `{written}`.",
                "`sovlint provider` lists them all.",
            )
        return found.id

    found = [host(each) for each in given.runs_on] or _several(ask, "ask.runs-on", host)
    return [each for each in found if each != OWN] if found else None


def _several(ask: Asking, key: str, read: Any) -> list[Any]:
    """The answers to a question that may have several, with commas between them."""

    def each_of(written: str) -> list[Any]:
        return [read(each.strip()) for each in written.split(",") if each.strip()]

    return ask.wanted(None, key, each_of) or []


def _source(given: NewProvider, ask: Asking, day: date) -> dict[str, Any]:
    """What was read; without that it is general knowledge, and never shown as sourced."""
    read = ask.wanted(given.read, "ask.read", understood.text)
    if read is None:
        return {
            "url": None,
            "date": day.isoformat(),
            "supports": "what is generally known of it",
            "basis": "background",
        }
    role = ask.wanted(given.read_by, "ask.read-by", understood.text)
    by = {"read_by": slug(role)} if role else {}
    return {
        "url": given.url,
        "date": f"read {day.isoformat()}",
        "supports": read,
        "basis": "read",
        "confidence": "medium",
        **by,
        "read_on": day.isoformat(),
    }


def _entities(
    entity: str,
    name: str,
    seat: str,
    holders: Sequence[tuple[str, str] | str],
    top: str | None,
    catalog: Catalog,
    source: str,
) -> dict[str, Any]:
    """The company and its owners, from the bottom up."""
    chain = [(_free(entity, catalog), name, seat)]
    chain += [
        (_free(slug(each[0]), catalog), *each) for each in holders if isinstance(each, tuple)
    ]
    known = [each for each in holders if isinstance(each, str)]
    above = [*(each[0] for each in chain), *known][1:]
    ends: Mapping[str | None, dict[str, Any]] = {
        NOBODY: {"no_majority": {"source": source}},
        PERSON: {"kind": PERSON},
        STATE: {"kind": STATE},
    }
    found = {}
    for (each, called, state), holder in zip_longest(chain, above):
        owners = [{"entity": holder, "majority": True, "source": source}]
        held = {"owners": owners} if holder else ends.get(top, {"owners": None})
        found[each] = {"name": called, "seat": state, "source": source, **held}
    return found


def _free(entity: str, catalog: Catalog) -> str:
    """An id that no company has yet."""
    return entity if catalog.entity_named(entity) is None else f"{entity}-company"

"""A company that the catalogue lacks, made of answers: the entries of an overlay, its places and its hosts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from sovlint.commands.writing import understood
from sovlint.commands.writing.asking import Asking
from sovlint.commands.writing.owners import chain, entities, slug
from sovlint.errors import SovlintError

if TYPE_CHECKING:
    from datetime import date

    from sovlint.catalog.load import Catalog

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
    provider = _id(given.id or slug(name), name, catalog) if name else ""
    seat = ask.needed("--seat", given.seat, "ask.seat", in_world) or ""
    owners = chain(given.holder, given.top, ask, catalog)
    regions = _regions(given, ask, catalog)
    runs_on = _runs_on(given, ask, catalog)
    hosts = given.host or _several(ask, "ask.hosts", understood.text)
    source = _source(given, ask, day)
    ask.complete()
    companies = entities(name, seat, owners, catalog, provider)
    data: dict[str, Any] = {
        "id": provider,
        "name": name,
        "kind": given.kind or "saas",
        "status": "active",
        "operator": next(iter(companies)),
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
    return Overlay(provider, data, companies, endpoints, {provider: source})


def _new(written: str, catalog: Catalog) -> str:
    found = catalog.find_provider(written)
    if found is not None:
        raise SovlintError(
            f"The catalogue has `{written}` already: {found.id}.",
            f"Correct it: sovlint provider {found.id} --format overlay",
        )
    return understood.text(written)


def _id(written: str, name: str, catalog: Catalog) -> str:
    if not written or not written.isascii():
        raise SovlintError(
            f"No id can be made of `{written or name}`.",
            "Give one: --id, small letters, digits and hyphens.",
        )
    if written in catalog.providers or written == RESERVED or slug(written) != written:
        raise SovlintError(
            f"`{written}` can't be the id of a new provider.",
            "Give another one: --id, small letters, digits and hyphens.",
        )
    return written


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

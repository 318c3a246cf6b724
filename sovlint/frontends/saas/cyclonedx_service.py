"""One service of a CycloneDX document -> a resource: who provides it, where it answers, and which data lands there.

Properties named ``sovlint:...`` say what the standard has no place for; ``facts --format cyclonedx`` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.attributes import text_value
from sovlint.documents.cursor import Cursor
from sovlint.frontends.saas.service import DATA, DECLARER, ROLE, WRITTEN, service, text, value
from sovlint.model.attributes import Found
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.resource import Labels, Named, Resource, Stated
from sovlint.model.resources.sent import Sent
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

ROLES: Final = frozenset(
    {"at-rest", "compute", "replica", "backup", "logs", ROLE, "ai", "edge"}
)
"""Roles that the property ``sovlint:role`` may name: those in which a payload is judged."""

REGION_PROPERTY: Final = "sovlint:region"
COUNTRY_PROPERTY: Final = "sovlint:country"
ROLE_PROPERTY: Final = "sovlint:role"

OUTBOUND: Final = "outbound"
"""The direction of data that only leaves a service: it doesn't land there (ECMA-424, "Data Flow Direction")."""

_UUID: Final = late_pattern(
    r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE
)
_URL: Final = late_pattern(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class Service(Struct, frozen=True):
    """A service as a resource; ``leaving``: whether all its data only leaves it, so that none is judged there."""

    resource: Resource
    leaving: bool


def resource(entry: Cursor, address: Callable[[str], str]) -> Service | None:
    """The service of an entry; ``address`` makes its own of its name. ``None`` where it has no name at all."""
    name = _name(entry)
    if not name:
        return None
    rows = list(entry.mappings(DATA))
    landing = [row for row in rows if row.text("flow") != OUTBOUND or any(_urls(row))]
    where = entry.document.whole(entry.path)
    made = service(entry, address(name), where, _named(entry), _labels(entry, landing))
    return Service(
        replace(made, role=_role(entry), sends=tuple(_sends(rows))),
        bool(rows) and not landing,
    )


def _name(entry: Cursor) -> str:
    """The reference by which the document calls it, unless that is a number drawn at random; else its name."""
    ref, name = text(entry, "bom-ref"), text(entry, "name")
    return ref if ref and not (name and _UUID.fullmatch(ref)) else name


def _named(entry: Cursor) -> Named:
    written = entry.at("provider", "name")
    vendor = value(written, "saas.vendor-declared")
    where = written.where
    if vendor is None:
        where = entry.at("provider").where
        vendor = Unknown(
            Reason.NO_EVIDENCE, "provider", Step(entry.where, Note("saas.no-provider"))
        )
    region = _property(entry, REGION_PROPERTY, "saas.region-declared")
    if region is None:
        region = Unknown(
            Reason.NO_EVIDENCE, "region", Step(entry.where, Note("saas.bom-no-region"))
        )
    country = _property(entry, COUNTRY_PROPERTY, "saas.country-stated")
    stated = None if country is None else Stated(country)
    return Named(vendor, region, where, tuple(_answers(entry)), stated)


def _answers(entry: Cursor) -> Iterator[Found]:
    for each in entry.items("endpoints"):
        address = value(each, "saas.answers-here")
        if address is not None:
            yield Found(address, each.where)


def _role(entry: Cursor) -> str:
    named = _property(entry, ROLE_PROPERTY, WRITTEN)
    return str(named.value) if isinstance(named, Known) and named.value in ROLES else ROLE


def _labels(entry: Cursor, landing: list[Cursor]) -> tuple[Labels, ...]:
    """The classes of the data that lands there, as a tuple of texts."""
    words = [(row.where, text(row, "classification")) for row in landing]
    written = tuple(Known(word, Step(where, Note(WRITTEN))) for where, word in words if word)
    if not written:
        return ()
    return (
        Labels(
            DECLARER,
            Known({DATA: Known(written)}),
            entry.at(DATA).where,
            keys=(DATA,),
            foreign=True,
        ),
    )


def _sends(rows: list[Cursor]) -> Iterator[Sent]:
    """Addresses that it sends data on to: destinations of data that leaves it; those in the document apart."""
    for row in rows:
        for destination in _urls(row):
            address = value(destination, "saas.sent-on")
            if address is not None:
                yield Sent(
                    address, destination.where, ROLE, f"{DATA}.{row.path[-1]}.destination"
                )


def _urls(row: Cursor) -> Iterator[Cursor]:
    """Those destinations of data that leaves the service which are addresses, and no references into a document."""
    if row.text("flow") in (OUTBOUND, "bi-directional"):
        yield from (each for each in row.items("destination") if _URL.match(text(each)))


def _property(entry: Cursor, name: str, note: str) -> Value | None:
    """What the first property of a name says that says anything."""
    for each in entry.mappings("properties"):
        said = text(each, "value") if each.text("name") == name else ""
        if said:
            return text_value(said, each.where, note)
    return None

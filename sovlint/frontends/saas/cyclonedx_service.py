"""One service of a CycloneDX document -> a resource: who provides it, where it answers, and which data lands there.

Properties named ``sovlint:...`` say what the standard has no place for; ``facts --format cyclonedx`` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from msgspec import Struct

from sovlint.documents import Document, Path
from sovlint.documents.attributes import DocumentAttributes, text_value
from sovlint.model.attributes import Found
from sovlint.model.resource import TRUE, Binding, Labels, Named, Resource, Sent, Stated
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

FRONT_END: Final = "saas"
TYPE: Final = "service"
ROLE: Final = "processor"
ROLES: Final = frozenset({"at-rest", "compute", "replica", "backup", "logs", ROLE, "ai", "edge"})
"""Roles that the property ``sovlint:role`` may name: those in which a payload is judged (design, section 6)."""

REGION_PROPERTY: Final = "sovlint:region"
COUNTRY_PROPERTY: Final = "sovlint:country"
ROLE_PROPERTY: Final = "sovlint:role"

OUTBOUND: Final = "outbound"
"""The direction of data that only leaves a service: it doesn't land there (ECMA-424, "Data Flow Direction")."""

DECLARER: Final = "inventory"
_DATA: Final = "data"
_UUID: Final = re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class Service(Struct, frozen=True):
    """A service as a resource; ``leaving``: whether all its data only leaves it, so that none is judged there."""

    resource: Resource
    leaving: bool


def resource(document: Document, at: Path, entry: dict[str, Any], address: Callable[[str], str]) -> Service | None:
    """The service at ``at``; ``address`` makes its own of its name. ``None`` where it has no name at all."""
    name = _name(entry)
    if not name:
        return None
    rows = list(_rows(entry))
    landing = [index for index, row in rows if row.get("flow") != OUTBOUND or _urls(row)]
    where = document.whole(at)
    made = Resource(
        address=address(name),
        type=TYPE,
        front_end=FRONT_END,
        root=None,
        variant=None,
        library=False,
        exists=TRUE,
        where=where,
        attributes=DocumentAttributes(document, at, "saas.written"),
        binding=Binding(FRONT_END),
        named=_named(document, at, entry),
        labels=_labels(document, at, entry, landing),
        role=_role(entry),
        sends=tuple(_sends(document, at, entry)),
    )
    return Service(made, bool(rows) and not landing)


def _name(entry: dict[str, Any]) -> str:
    """The reference by which the document calls it, unless that is a number drawn at random; else its name."""
    ref, name = _text(entry.get("bom-ref")), _text(entry.get("name"))
    return ref if ref and not (name and _UUID.fullmatch(ref)) else name


def _named(document: Document, at: Path, entry: dict[str, Any]) -> Named:
    provider = entry.get("provider")
    written = _text(provider.get("name")) if isinstance(provider, dict) else ""
    here = document.span(at)
    vendor: Value = Unknown(Reason.NO_EVIDENCE, "provider", Step(here, Note("saas.no-provider")))
    where = document.span((*at, "provider"))
    if written:
        where = document.span((*at, "provider", "name"))
        vendor = text_value(written, where, "saas.vendor-declared")
    answers = tuple(
        Found(text_value(_text(each), place := document.span((*at, "endpoints", index)), "saas.answers-here"), place)
        for index, each in enumerate(_list(entry.get("endpoints")))
        if _text(each)
    )
    return Named(vendor, _region(document, at, entry), where, answers, _stated(document, at, entry))


def _stated(document: Document, at: Path, entry: dict[str, Any]) -> Stated | None:
    found = _property(entry, COUNTRY_PROPERTY)
    if found is None:
        return None
    index, text = found
    return Stated(text_value(text, document.span((*at, "properties", index)), "saas.country-stated"))


def _region(document: Document, at: Path, entry: dict[str, Any]) -> Value:
    found = _property(entry, REGION_PROPERTY)
    if found is None:
        return Unknown(Reason.NO_EVIDENCE, "region", Step(document.span(at), Note("saas.bom-no-region")))
    index, text = found
    return text_value(text, document.span((*at, "properties", index)), "saas.region-declared")


def _role(entry: dict[str, Any]) -> str:
    found = _property(entry, ROLE_PROPERTY)
    return found[1] if found is not None and found[1] in ROLES else ROLE


def _labels(document: Document, at: Path, entry: dict[str, Any], landing: list[int]) -> tuple[Labels, ...]:
    """The classes of the data that lands there, as a tuple of texts."""
    data = _list(entry.get(_DATA))
    words = [(index, _text(data[index].get("classification"))) for index in landing]
    written = tuple(
        Known(text, Step(document.span((*at, _DATA, index)), Note("saas.written"))) for index, text in words if text
    )
    if not written:
        return ()
    where = document.span((*at, _DATA))
    return (Labels(DECLARER, Known({_DATA: Known(written)}), where, keys=(_DATA,), foreign=True),)


def _sends(document: Document, at: Path, entry: dict[str, Any]) -> Iterator[Sent]:
    """Addresses that it sends data on to: destinations of data that leaves it; those in the document apart."""
    for index, row in _rows(entry):
        for number in _urls(row):
            where = document.span((*at, _DATA, index, "destination", number))
            address = text_value(_text(row["destination"][number]), where, "saas.sent-on")
            yield Sent(address, where, ROLE, f"{_DATA}.{index}.destination")


def _urls(row: dict[str, Any]) -> list[int]:
    """Which destinations of data that leaves the service are addresses, and not references to what is in a document."""
    if row.get("flow") not in (OUTBOUND, "bi-directional"):
        return []
    return [index for index, each in enumerate(_list(row.get("destination"))) if _URL.match(_text(each))]


def _rows(entry: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    return ((index, row) for index, row in enumerate(_list(entry.get(_DATA))) if isinstance(row, dict))


def _property(entry: dict[str, Any], name: str) -> tuple[int, str] | None:
    """Where a property stands, and what it says; the first one of that name."""
    for index, each in enumerate(_list(entry.get("properties"))):
        if isinstance(each, dict) and each.get("name") == name and _text(each.get("value")):
            return index, _text(each["value"])
    return None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""

"""One entry of an inventory -> resources: the service, and each company that its vendor passes data to.

What an entry says of a company is kept apart from what names it (``Stated``): what that is worth is decided in
``resolve/facts/stated_in_inventories.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.attributes import written_span
from sovlint.documents.cursor import Cursor
from sovlint.frontends.saas.service import DATA, DECLARER, ROLE, service, text, value
from sovlint.model.attributes import Found
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.resource import Labels, Named, Resource, Stated, Term
from sovlint.model.resources.sent import Link
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

PASSED_TO: Final = "sub-processor"
"""The type of each company that the vendor of an entry passes data to."""
OWN_ROLE: Final = "at-rest"
"""The role of software that one runs oneself: nobody processes its data on one's behalf."""
PASSED_ON: Final = "sub-processing"
"""The kind of the flow to a sub-processor."""


class EntryProblem(Struct, frozen=True):
    """What is wrong in an entry and no schema can say."""

    where: Span
    note: Note


def resources(
    entry: Cursor, file: SourceFile, span: Span
) -> Iterator[Resource | EntryProblem]:
    """The service, then its sub-processors, and what is wrong between them; ``span`` is the whole of the entry."""
    term, wrong = _term(entry)
    yield from wrong
    address = f"saas:{entry.data['id']}"
    passed: dict[str, Resource] = {}
    for each in entry.items("sub_processors"):
        named = each.at("name") if isinstance(each.data, dict) else each
        if not text(named):
            continue  # the schema has said so already
        made = _sub_processor(each, named, f"{address}/{_slug(text(named))}", file)
        if made.address in passed:
            yield EntryProblem(
                each.where, Note("saas.duplicate-sub-processor", {"name": text(named)})
            )
        else:
            passed[made.address] = replace(made, term=term)
    # What an entry says itself that a sub-processor gets is all of it; otherwise it gets all that the service has.
    links = (
        Link(PASSED_ON, each.address, each.where)
        for each in passed.values()
        if not each.attributes.read(DATA)
    )
    made = service(entry, address, span, _named(entry), _labels(entry))
    yield replace(made, role=_role(entry), links=tuple(links), term=term)
    yield from passed.values()


def _sub_processor(entry: Cursor, named: Cursor, address: str, file: SourceFile) -> Resource:
    """A company that the vendor passes data to; ``named`` is how the entry calls it."""
    provider = value(named, "saas.sub-processor-declared")
    assert provider is not None
    region = _region(entry, named.where, "saas.no-sub-region")
    company = Named(provider, region, named.where, stated=_stated(entry))
    made = service(
        entry,
        address,
        written_span(entry.document, entry.path, file),
        company,
        _labels(entry),
    )
    return replace(made, type=PASSED_TO, role=_role(entry))


def _role(entry: Cursor) -> str:
    return OWN_ROLE if entry.at("self_hosted").data is True else ROLE


def _slug(name: str) -> str:
    """A name as part of an address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return re.sub(r"[^\w.]+", "-", plain.casefold()).strip("-") or "-"


# --- who and where


def _named(entry: Cursor) -> Named:
    """Who runs the service: the vendor, or whoever the entry names instead.

    Software that one runs oneself is the vendor's product, and not its company: nobody is named until the entry says
    who operates it. An operator of a service that the vendor isn't said not to run is one more who has the data.
    """
    where = entry.at("vendor").where
    vendor = value(entry.at("vendor"), "saas.vendor-declared")
    operator = value(entry.at("operator"), "saas.operator-declared")
    besides = operator
    if entry.data.get("self_hosted") is True:
        besides = None
        if operator is not None:
            vendor, where = operator, entry.at("operator").where
        else:
            vendor = _nobody(entry)
    assert vendor is not None
    answer = value(entry.at("address"), "saas.answers-here")
    answers = () if answer is None else (Found(answer, entry.at("address").where),)
    return Named(
        vendor,
        _region(entry, where, "saas.no-region"),
        where,
        answers,
        _stated(entry.at("facts"), besides),
    )


def _nobody(entry: Cursor) -> Unknown:
    """Why it isn't known who runs what is self-hosted."""
    here = Step(entry.at("self_hosted").where, Note("saas.self-hosted-here"))
    product = text(entry, "product") or text(entry, "vendor")
    return Unknown(
        Reason.NO_EVIDENCE,
        "self-hosted",
        here,
        note=Note("saas.self-hosted", {"product": product}),
    )


def _region(entry: Cursor, where: Span, absent: str) -> Value:
    region = value(entry.at("region"), "saas.region-declared")
    if region is not None:
        return region
    return Unknown(
        Reason.NO_EVIDENCE, "", Step(where, Note(absent)), note=Note("saas.region-unwritten")
    )


def _stated(facts: Cursor, operator: Value | None = None) -> Stated | None:
    """What is said of a company: where data sits, its seat and its owner's, whose cloud it runs on; with it
    ``operator``, who runs it besides."""
    seat, parent = (
        value(facts.at("seat"), "saas.seat-stated"),
        value(facts.at("parent", "seat"), "saas.parent-stated"),
    )
    hosts = (
        value(each, "saas.host-stated")
        for each in (facts.at("runs_on"), *facts.items("runs_on"))
    )
    country = value(facts.at("country"), "saas.country-stated")
    found = Stated(country, _known((seat, parent)), _known((operator, *hosts)))
    return None if found == Stated() else found


def _known(values: Iterable[Value | None]) -> tuple[Value, ...]:
    return tuple(each for each in values if each is not None)


# --- which data, and when


def _labels(entry: Cursor) -> tuple[Labels, ...]:
    """The classes that are listed, as a tuple of texts; ``Labels.where`` says where they stand."""
    listed = entry.at(DATA)
    classes = tuple(Known(word) for each in (listed, *listed.items()) if (word := text(each)))
    if not classes:
        return ()
    return (Labels(DECLARER, Known({DATA: Known(classes)}), listed.where, keys=(DATA,)),)


def _term(entry: Cursor) -> tuple[Term | None, list[EntryProblem]]:
    """The days of use, and what is wrong with any date of the entry."""
    wrong: list[EntryProblem] = []
    days: dict[str, date] = {}
    for path in (("start",), ("end",), ("contract", "date"), ("dpa", "date")):
        written = text(entry, *path)
        try:
            if written:
                days[path[0]] = date.fromisoformat(written)
        except ValueError:
            if _LIKE_A_DAY.fullmatch(written):  # anything else the schema has refused
                note = Note("saas.no-such-day", {"key": ".".join(path), "day": written})
                wrong.append(EntryProblem(entry.at(*path).where, note))
    start, end = days.get("start"), days.get("end")
    if start is not None and end is not None and end < start:
        params = {"start": start.isoformat(), "end": end.isoformat()}
        wrong.append(
            EntryProblem(entry.at("end").where, Note("saas.ends-before-start", params))
        )
        end = None
    return (Term(start, end) if start or end else None), wrong


_LIKE_A_DAY: Final = late_pattern(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

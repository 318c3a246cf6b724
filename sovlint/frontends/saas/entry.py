"""One entry of an inventory -> resources: the service, and each company that its vendor passes data to.

What an entry says of a company is kept apart from what names it (``Stated``): what that is worth is decided in
``resolve/facts/stated_in_inventories.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from msgspec import Struct

from sovlint.documents import Document, Path
from sovlint.documents.attributes import DocumentAttributes, at_path, text_value, written_span
from sovlint.model.attributes import Found
from sovlint.model.resource import TRUE, Binding, Labels, Link, Named, Resource, Stated, Term
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

FRONT_END: Final = "saas"
"""The name of this front end, and the id of the plug-in through which it places."""

TYPE: Final = "service"
PASSED_TO: Final = "sub-processor"
"""The types of an entry, and of each company that its vendor passes data to."""
ROLE: Final = "processor"
OWN_ROLE: Final = "at-rest"
"""The role of software that one runs oneself: nobody processes its data on one's behalf."""
DATA_KEY: Final = "data"
PASSED_ON: Final = "sub-processing"
"""The kind of the flow to a sub-processor."""


class InventoryEntry(Struct, frozen=True):
    """An entry as written, and where it stands."""

    document: Document
    file: SourceFile
    at: Path
    written: dict[str, Any]


class EntryProblem(Struct, frozen=True):
    """What is wrong in an entry and no schema can say."""

    where: Span
    note: Note


def text(value: object) -> str:
    """A text without the blanks around it; empty for anything else."""
    return value.strip() if isinstance(value, str) else ""


def resources(entry: InventoryEntry, span: Span) -> Iterator[Resource | EntryProblem]:
    """The service, then its sub-processors, and what is wrong between them; ``span`` is the whole of the entry."""
    term, wrong = _term(entry)
    yield from wrong
    address = f"saas:{entry.written['id']}"
    passed: list[Resource] = []
    listed = entry.written.get("sub_processors")
    for index, written in enumerate(listed if isinstance(listed, list) else ()):
        at = (*entry.at, "sub_processors", index)
        name = text(written.get("name") if isinstance(written, dict) else written)
        if not name:
            continue  # the schema has said so already
        made = _sub_processor(entry, at, name, address, term)
        if any(each.address == made.address for each in passed):
            yield EntryProblem(entry.document.span(at), Note("saas.duplicate-sub-processor", {"name": name}))
        else:
            passed.append(made)
    yield _service(entry, address, span, term, passed)
    yield from passed


def _service(entry: InventoryEntry, address: str, span: Span, term: Term | None, passed: list[Resource]) -> Resource:
    return _resource(
        entry, entry.at, address, span, TYPE,
        named=_named(entry),
        term=term,
        links=tuple(Link(PASSED_ON, each.address, each.where) for each in passed if not _says_data(entry, each)),
    )  # fmt: skip


def _sub_processor(entry: InventoryEntry, at: Path, name: str, address: str, term: Term | None) -> Resource:
    """A company that the vendor passes data to; ``name`` is how the entry calls it."""
    path = (*at, "name") if isinstance(at_path(entry.document, at), dict) else at
    where = entry.document.span(path)
    region = _written(entry, (*at, "region"), "saas.region-declared") or Unknown(
        Reason.NO_EVIDENCE, "", Step(where, Note("saas.no-sub-region")), note=Note("saas.region-unwritten")
    )
    stated = _stated(entry, at)
    return _resource(
        entry, at, f"{address}/{_slug(name)}", written_span(entry.document, at, entry.file), PASSED_TO,
        named=Named(text_value(name, where, "saas.sub-processor-declared"), region, where, stated=stated),
        term=term,
    )  # fmt: skip


def _resource(
    entry: InventoryEntry,
    at: Path,
    address: str,
    span: Span,
    kind: str,
    *,
    named: Named,
    term: Term | None,
    links: tuple[Link, ...] = (),
) -> Resource:
    return Resource(
        address=address,
        type=kind,
        front_end=FRONT_END,
        root=None,
        variant=None,
        library=False,
        exists=TRUE,
        where=span,
        attributes=DocumentAttributes(entry.document, at, "saas.written"),
        binding=Binding(FRONT_END),
        named=named,
        labels=_labels(entry.document, (*at, DATA_KEY)),
        role=OWN_ROLE if at_path(entry.document, (*at, "self_hosted")) is True else ROLE,
        links=links,
        term=term,
    )


def _slug(name: str) -> str:
    """A name as part of an address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return re.sub(r"[^\w.]+", "-", plain.casefold()).strip("-") or "-"


# --- who and where


def _named(entry: InventoryEntry) -> Named:
    """Who runs the service: the vendor, or whoever the entry names instead.

    Software that one runs oneself is the vendor's product, and not its company: nobody is named until the entry says
    who operates it. An operator of a service that the vendor isn't said not to run is one more who has the data.
    """
    at, written = entry.at, entry.written
    where = entry.document.span((*at, "vendor"))
    operator = _written(entry, (*at, "operator"), "saas.operator-declared")
    own = written.get("self_hosted") is True
    if own and operator is not None:
        provider, where = operator, entry.document.span((*at, "operator"))
    elif own:
        here = entry.document.span((*at, "self_hosted"))
        note = Note("saas.self-hosted", {"product": text(written.get("product")) or written["vendor"].strip()})
        provider = Unknown(Reason.NO_EVIDENCE, "self-hosted", Step(here, Note("saas.self-hosted-here")), note=note)
    else:
        provider = text_value(written["vendor"].strip(), where, "saas.vendor-declared")
    region = _written(entry, (*at, "region"), "saas.region-declared") or Unknown(
        Reason.NO_EVIDENCE, "", Step(where, Note("saas.no-region")), note=Note("saas.region-unwritten")
    )
    address = _written(entry, (*at, "address"), "saas.answers-here")
    answers = () if address is None else (Found(address, entry.document.span((*at, "address"))),)
    return Named(provider, region, where, answers, _stated(entry, (*at, "facts"), None if own else operator))


def _stated(entry: InventoryEntry, at: Path, operator: Value | None = None) -> Stated | None:
    """What stands at ``at`` of a company: where data sits, its seat and its owner's, whose cloud it runs on; with it
    ``operator``, who runs it besides."""
    country = _written(entry, (*at, "country"), "saas.country-stated")
    seats = (
        _written(entry, (*at, "seat"), "saas.seat-stated"),
        _written(entry, (*at, "parent", "seat"), "saas.parent-stated"),
    )
    listed = at_path(entry.document, (*at, "runs_on"))
    paths = (
        [(*at, "runs_on", index) for index in range(len(listed))] if isinstance(listed, list) else [(*at, "runs_on")]
    )
    hosts = [operator, *(_written(entry, path, "saas.host-stated") for path in paths)]
    found = Stated(country, _known(seats), _known(hosts))
    return None if found == Stated() else found


def _known(values: Any) -> tuple[Value, ...]:
    return tuple(each for each in values if each is not None)


def _written(entry: InventoryEntry, path: Path, note: str) -> Value | None:
    """The text at a path, and where it stands; ``None`` where there is none."""
    found = text(at_path(entry.document, path))
    return text_value(found, entry.document.span(path), note) if found else None


# --- which data, and when


def _labels(document: Document, at: Path) -> tuple[Labels, ...]:
    """The classes listed at ``at``, as a tuple of texts; ``Labels.where`` says where they stand."""
    written = at_path(document, at)
    listed = [written] if isinstance(written, str) else written if isinstance(written, list) else []
    classes = tuple(Known(each) for each in map(text, listed) if each)
    if not classes:
        return ()
    return (Labels("inventory", Known({DATA_KEY: Known(classes)}), document.span(at), keys=(DATA_KEY,)),)


def _says_data(entry: InventoryEntry, passed: Resource) -> bool:
    """Whether an entry says itself what a sub-processor gets; otherwise it gets all that the service has."""
    return bool(passed.attributes.read(DATA_KEY))


def _term(entry: InventoryEntry) -> tuple[Term | None, list[EntryProblem]]:
    """The days of use, and what is wrong with any date of the entry."""
    wrong: list[EntryProblem] = []
    days: dict[str, date] = {}
    for path in (("start",), ("end",), ("contract", "date"), ("dpa", "date")):
        at = (*entry.at, *path)
        written = text(at_path(entry.document, at))
        try:
            if written:
                days[path[0]] = date.fromisoformat(written)
        except ValueError:
            if _LIKE_A_DAY.fullmatch(written):  # anything else the schema has refused
                key = ".".join(path)
                wrong.append(
                    EntryProblem(entry.document.span(at), Note("saas.no-such-day", {"key": key, "day": written}))
                )
    start, end = days.get("start"), days.get("end")
    if start is not None and end is not None and end < start:
        params = {"start": start.isoformat(), "end": end.isoformat()}
        wrong.append(EntryProblem(entry.document.span((*entry.at, "end")), Note("saas.ends-before-start", params)))
        end = None
    return (Term(start, end) if start or end else None), wrong


_LIKE_A_DAY: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

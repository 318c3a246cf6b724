"""A result as a row, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from sovlint.fleet.json_bytes import encoded
from sovlint.fleet.result import FleetRepository, RepositoryResult, Status
from sovlint.fleet.store.columns import COUNTED, WHERE
from sovlint.model.offers import Ask, Offer

RowData = Mapping[str, Any]


def row(result: RepositoryResult) -> dict[str, Any]:
    """The columns of a result; where it has no report, those that come of one are empty."""
    report: RowData = json.loads(result.document) if result.document else {}
    facts = result.facts
    said = report or facts
    provenance = said.get("provenance")
    return {
        **_scalars(result, report),
        "coverage": {name: said.get("coverage", {}).get(name) for name in COUNTED},
        "provenance": None if provenance is None else text(provenance),
        "document": result.document,
        "facts_document": text(facts) if facts else "",
        "made": dict(result.made),
        "facts": [*_facts(facts)],
        "flows": [_flow(each) for each in facts.get("flows", ())],
        "findings": [_finding(each) for each in report.get("findings", ())],
        "failures": [
            {**each, "at_column": each.get("column")} for each in said.get("failures", ())
        ],
        "remarks": said.get("remarks", ()),
        "offers": [_offer(each) for each in result.offers],
        "asks": [{"kind": each.kind.value, "key": each.key} for each in result.asks],
    }


def text(data: Any) -> str:
    """Data as JSON."""
    return encoded(data).decode()


def utf8(written: str) -> str:
    """A text as it is written to a file: what isn't UTF-8 is escaped."""
    return written.encode("utf-8", "backslashreplace").decode()


def _scalars(result: RepositoryResult, report: RowData) -> dict[str, Any]:
    repository = result.repository
    return {
        "repository": repository.name,
        "commit": repository.commit,
        "revision": repository.revision,
        "committed_at": repository.committed_at,
        "owners": repository.owners,
        "addresses": repository.addresses,
        "digest": result.digest,
        "status": result.status.value,
        "reason": result.reason,
        "as_of": result.as_of,
        "holds_until": result.holds_until,
        "tool": result.tool,
        "catalogue": result.catalogue,
        "policy_set": report.get("policy_set"),
        "answers": result.answers,
        "seconds": result.seconds,
        "peak": result.peak,
    }


def _facts(facts: RowData) -> Iterator[dict[str, Any]]:
    nowhere: RowData = {}
    for resource in facts.get("resources", ()):
        for placement in resource["placements"] or (nowhere,):
            yield _fact(resource, placement)


def _fact(resource: RowData, placement: RowData) -> dict[str, Any]:
    claims = resource["data"]
    classes = claims or ()
    return {
        **{
            name: resource[name]
            for name in ("address", "root", "variant", "type", "front_end", "path", "line")
        },
        "library": resource.get("library"),
        "exists": _both(resource.get("exists"), placement.get("exists", True)),
        "classes": None if claims is None else [each["class"] for each in classes],
        "how": {each["class"]: each["how"] for each in classes},
        "role": placement.get("role"),
        **_where(placement),
        "qualifications": [each["name"] for each in placement.get("qualifications", ())],
        "unknown": {**resource["unknown"], **placement.get("unknown", {})},
        "among": {
            name: [_word(each) for each in values]
            for name, values in placement.get("among", {}).items()
        },
        "because": placement.get("because", ()),
    }


def _both(one: bool | None, other: bool | None) -> bool | None:
    """Whether both are so."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _word(value: Any) -> str:
    """A value that is one of several: itself, or what it lists."""
    return value if isinstance(value, str) else text(value)


def _where(placement: RowData) -> dict[str, Any]:
    return {each.name: placement.get(each.name) for each in WHERE}


def _flow(flow: RowData) -> dict[str, Any]:
    return {
        **{name: flow[name] for name in ("kind", "path", "line")},
        **{f"from_{name}": value for name, value in flow["from"].items()},
        **{f"to_{name}": value for name, value in flow["to"].items()},
    }


def _finding(finding: RowData) -> dict[str, Any]:
    suppressed = finding["suppressed"] or {}
    return {
        **finding,
        **_where(finding["placement"] or {}),
        "suppressed": suppressed.get("kind"),
        "suppressed_until": suppressed.get("until"),
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "kind": offer.kind.value,
        "keys": offer.keys,
        "path": offer.path,
        "line": offer.line,
        "address": offer.address,
        "repository": offer.repository,
        "commit": offer.commit,
        "facts": {
            name: {"value": each.value, "among": each.among}
            for name, each in offer.facts.items()
        },
        "outputs": {name: text(value) for name, value in offer.outputs.items()},
        "files": offer.files,
        "because": msgspec.to_builtins(offer.because),
    }


def fitted(columns: Sequence[Any], values: RowData) -> dict[str, Any]:
    """Of a row, what the columns ask for, and nothing else."""
    return {each.name: _fit(each.type, values.get(each.name)) for each in columns}


def _fit(kind: Any, value: Any) -> Any:
    if isinstance(kind, str) or value is None:
        return value
    return [fitted(kind, each) for each in value]


READ_BACK = (
    "repository", "commit", "revision", "committed_at", "owners", "addresses", "digest", "status", "reason",
    "as_of", "holds_until", "tool", "catalogue", "answers", "seconds", "peak", "document", "facts_document",
    "made", "offers", "asks",
)  # fmt: skip
"""The columns that a result is made of again."""


def result(row: RowData) -> RepositoryResult:
    """The result of a row with the columns of ``READ_BACK``. The folder of its git objects is of another machine, and
    isn't kept."""
    offers, asks = voice(row["offers"], row["asks"])
    return RepositoryResult(
        repository=FleetRepository(
            name=row["repository"],
            git_dir="",
            revision=row["revision"],
            commit=row["commit"],
            addresses=tuple(row["addresses"] or ()),
            owners=tuple(row["owners"] or ()),
            committed_at=row["committed_at"],
        ),
        facts=json.loads(row["facts_document"] or "{}"),
        status=Status(row["status"]),
        as_of=f"{row['as_of']}",
        holds_until=None if row["holds_until"] is None else f"{row['holds_until']}",
        made=dict(row["made"] or {}),
        offers=offers,
        asks=asks,
        **{
            name: row[name]
            for name in (
                "digest", "reason", "document", "answers", "tool", "catalogue", "seconds", "peak",
            )
        },
    )  # fmt: skip


def voice(
    offers: Sequence[RowData] | None, asks: Sequence[RowData] | None
) -> tuple[tuple[Offer, ...], tuple[Ask, ...]]:
    """What a row says that a repository offers and asks."""
    return tuple(map(_offered, offers or ())), tuple(
        msgspec.convert(each, Ask) for each in asks or ()
    )


def _offered(offer: RowData) -> Offer:
    outputs = {name: json.loads(value) for name, value in offer["outputs"].items()}
    return msgspec.convert({**offer, "outputs": outputs}, Offer)

"""``sovlint scan --format json``: findings, failures, coverage and counts (contract ``sovlint-report/1``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from typing import Any

from sovlint.model.attestation import Vouched
from sovlint.model.exception import Absorbed, Audited, Suppression
from sovlint.model.findings.change import Move
from sovlint.model.findings.finding import Difference, Finding, Report, SupposedOutcome
from sovlint.model.findings.remedy import Remedy
from sovlint.model.redaction.redact import mask
from sovlint.model.text import LANGUAGES
from sovlint.model.world import StateOnDay
from sovlint.report.messages import say, word
from sovlint.report.pieces import contract, json_text, listing
from sovlint.report.pieces.contract import fields
from sovlint.report.pieces.json_text import Json, filled
from sovlint.report.pieces.style import Style
from sovlint.report.pieces.trail import finding_places
from sovlint.report.run import own_rules, provenance

SCHEMA = "sovlint-report/1"


def render(report: Report, language: str, style: Style) -> str:
    """The report as JSON text; ``style`` has no bearing on it."""
    return json_text.dump(answer(report, language))


def answer(report: Report, language: str, both: bool = False) -> Json:
    """The report as data, some of it text already. ``both``: findings say what is wrong in every language."""
    return {
        "schema": SCHEMA,
        "as_of": report.as_of,
        "catalogue": report.catalogue_date,
        "policy_set": report.policy_set,
        "findings": findings(report, language, both),
        "failures": contract.failures(report.failures, language),
        "remarks": contract.remarks(report.remarks, language),
        "coverage": contract.coverage(report.coverage),
        "exceptions": [audited(one, language) for one in report.exceptions],
        "attestations": [vouched(one, language) for one in report.attestations],
        "difference": difference(report.difference, language) if report.difference else None,
        "suppose": [supposed(one, language) for one in report.supposed],
        "rules": own_rules.entries(report.rules, language),
        "provenance": provenance.data(report),
        "summary": contract.summary(report.findings),
    }


def findings(
    report: Report, language: str, both: bool = False
) -> list[json_text.EncodedJson]:
    """Violations and unproven ones; compliant ones where the report asks for them. Sorted, each as its text."""
    kept = json_text.KeptJson()
    listed = [
        (_place(item), json_text.EncodedJson.of_keys(item))
        for one in listing.shown(report)
        for item in (finding(one, language, kept, both),)
    ]
    listed.sort(key=lambda pair: pair[0])
    found: list[json_text.EncodedJson] = []
    for _, group in groupby(listed, key=lambda pair: pair[0]):
        texts = [text for _, text in group]
        found.extend(
            texts
            if len(texts) == 1
            else sorted(texts, key=lambda text: json_text.sort_key(json.loads(text)))
        )
    return found


def finding(
    found: Finding,
    language: str,
    kept: json_text.KeptJson | None = None,
    both: bool = False,
) -> Json:
    """One finding. With ``kept`` its longest parts are texts: findings of one resource have most of them in common.
    ``both``: it says what is wrong in every language too."""
    part: Callable[..., Any] = _made if kept is None else kept.text
    listed: Callable[..., Any] = list if kept is None else json_text.EncodedJson.of_items
    placed = found.placement
    return {
        **fields(found, "policy", "verdict", "severity"),
        **contract.identity(found.resource),
        **fields(found.identity, "role"),
        **fields(found.resource.span, "path", "line", "end_line"),
        "message": say(found.headline, language),
        **filled(
            messages={each: say(found.headline, each) for each in LANGUAGES if both},
        ),
        "remarks": [say(remark, language) for remark in found.remarks],
        "data": sorted({claim.data_class for claim in found.claims}),
        "how": contract.strongest(found.claims),
        "placement": part(placed, partial(contract.placement, placed, language))
        if placed
        else None,
        "because": listed(
            part(each.note, partial(contract.waypoint, each, language), each.span)
            for each in finding_places(found)
        ),
        "sources": listed(
            part(each, partial(contract.source, each))
            for each in dict.fromkeys(found.sources)
        ),
        "fingerprint": found.identity.fingerprint,
        **fields(found, "basis", "rests", "rests_on", "ground"),
        "remedies": _remedies(found.remedies.proved) if found.remedies else None,
        "remedies_if_attested": _remedies(found.remedies.to_attest)
        if found.remedies
        else None,
        "cause": contract.cause_id(found.cause),
        "suppressed": _suppression(found.suppressed, language) if found.suppressed else None,
    }


def _made(_thing: object, made: Callable[[], object], _more: object = None) -> object:
    return made()


def _remedies(found: Iterable[Remedy]) -> list[Json]:
    return [contract.remedy(one) for one in found]


def audited(one: Audited, language: str) -> Json:
    """One exception and what became of it, with what it excuses."""
    return {
        **fields(
            one, "kind", "state", "policies", "reason", "owner", "approver", "ticket", "until"
        ),
        **fields(one.where, "path", "line"),
        "note": say(one.why, language) if one.why else None,
        "absorbed": [_absorbed(each) for each in one.absorbed],
    }


def vouched(one: Vouched, language: str) -> Json:
    """One attestation and what became of it, with the findings that rest on it."""
    note = one.why or one.overruled
    return {
        **fields(
            one,
            "state",
            "kind",
            "claim",
            "owner",
            "approver",
            "evidence",
            "sha256",
            "checked",
            "issued",
            "until",
        ),
        **fields(one.where, "path", "line"),
        "note": say(note, language) if note else None,
        "turned": [_absorbed(each) for each in one.turned],
    }


def difference(found: Difference, language: str) -> Json:
    """What stood at the revision compared with and stands no more; what is new are the findings not suppressed."""
    removed = sorted((finding(one, language) for one in found.removed), key=_order)
    return {
        **fields(found, "base", "commit", "left", "excused", "differs"),
        "removed": removed,
        "unread": found.unread,
        "moves": [_move(one, language) for one in found.moves],
    }


def supposed(one: SupposedOutcome, language: str) -> Json:
    """What would be otherwise by one supposition, or by all at once."""
    return {
        "titles": [mask(each) for each in one.titles],
        **fields(one, "as_of", "companies", "before", "after"),
        **fields(one.where, "path", "line"),
        "findings": [
            {
                "becomes": each.becomes.value,
                "before": finding(each.before, language) if each.before else None,
                "after": finding(each.after, language) if each.after else None,
            }
            for each in one.findings
        ],
        "placements": [_move(each, language) for each in one.moves],
        "states": [
            {
                "state": each.after.code,
                "before": _state(each.before, language),
                "after": _state(each.after, language),
            }
            for each in one.states
        ],
    }


def _state(found: StateOnDay, language: str) -> Json:
    """The laws by which a state can compel on a day, and whether adequacy covers transfers to it, wholly or in part."""
    return {
        "laws": [word(law, language) for law in found.laws],
        **fields(found, "adequate", "partly"),
    }


def _move(one: Move, language: str) -> Json:
    """A placement that is elsewhere than it was, both as findings have them."""
    return {
        **contract.identity(one.resource),
        **fields(one.resource.span, "path", "line"),
        "before": contract.placement(one.before, language),
        "after": contract.placement(one.after, language),
    }


def _absorbed(one: Absorbed) -> Json:
    known = fields(
        one.identity,
        "policy",
        "root",
        "variant",
        "address",
        "role",
        "provider",
        "region",
        "host",
        "fingerprint",
    )
    return {**known, **fields(one, "path", "line")}


def _suppression(found: Suppression, language: str) -> Json:
    return {
        **fields(found, "kind"),
        "reason": word(found.reason, language),
        **fields(found, "until"),
        **fields(found.where, "path", "line"),
    }


def _place(item: Json) -> tuple[str | int, ...]:
    return (
        item["path"], item["line"], item["root"] or "", item["variant"] or "", item["address"], item["policy"],
        item["role"] or "",
    )  # fmt: skip


def _order(item: Json) -> tuple[object, ...]:
    return (*_place(item), json_text.sort_key(item))

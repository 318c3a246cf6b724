"""``sovlint provider ID --format json``: the contract ``sovlint-provider/1``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sovlint.model.lookups.profile import (
    Apart,
    Company,
    ControlStep,
    FromOutside,
    Maker,
    OfferStanding,
    Profile,
)
from sovlint.model.placement import Source
from sovlint.model.value import Reason, Unknown
from sovlint.model.world import Law
from sovlint.report.lookup.control_lines import unions
from sovlint.report.pieces import contract, json_text
from sovlint.report.pieces.contract import fields
from sovlint.report.pieces.json_text import Json

SCHEMA = "sovlint-provider/1"


def render(profile: Profile) -> str:
    """``control`` has the states that were found; where others may be too, ``unknown`` has it among its keys."""
    return json_text.dump(
        {
            "schema": SCHEMA,
            **fields(profile, "id", "name", "status", "control"),
            "control_derived": [_step(step) for step in profile.control_derived],
            "held_from_outside": [_from_outside(held) for held in profile.from_outside],
            "run_apart": [_apart(each) for each in profile.apart],
            "laws": [
                _law(law, code, profile.as_of)
                for code in dict.fromkeys(
                    (*profile.control, *unions(profile, profile.control))
                )
                for law in profile.states[code].laws
            ],
            **fields(profile, "technology"),
            "technology_from": [_maker(maker) for maker in profile.makers],
            "qualifications": [_qualification(standing) for standing in profile.standings],
            "regions": [fields(place, "region", "country") for place in profile.places],
            "sources": [
                contract.source(source) for source in dict.fromkeys(_sources(profile))
            ],
            **fields(profile, "notes"),
            "unknown": unknown(profile),
        }
    )


def unknown(profile: Profile) -> Json:
    """Why something isn't known, by fact: ``control``, ``technology``, ``qualifications.<name>``."""
    found: Json = {}
    if isinstance(profile.control_known, Unknown):
        found["control"] = contract.reason(profile.control_known)
    if profile.technology is None:
        found["technology"] = Reason.NOT_IN_CATALOGUE.value
    for name, _, complete in profile.without_offer:
        if not complete:
            found[f"qualifications.{name}"] = Reason.NOT_IN_CATALOGUE.value
    for name in dict.fromkeys(standing.qualification for standing in profile.standings):
        valid = {
            standing.valid for standing in profile.standings if standing.qualification == name
        }
        if (
            None in valid and True not in valid
        ):  # perhaps: a contract that nobody has shown, dates that nobody found
            found[f"qualifications.{name}"] = Reason.NO_EVIDENCE.value
    return found


def _step(step: ControlStep) -> Json:
    source = contract.source(step.source)
    return {
        **fields(step, "entity", "through", "jurisdiction"),
        "source": {**source, "background": step.background or step.source.background},
        **fields(step, "of", "how", "share", "since"),
    }


def _from_outside(held: FromOutside) -> Json:
    return {
        **fields(held, "qualification", "version", "clause", "area"),
        "limits": {"single": held.single_limit, "together": held.together_limit},
        "single_at_least": held.single,
        "at_least": held.least,
        "at_most": held.most,
        **fields(held, "within", "by"),
    }


def _law(law: Law, code: str, day: date) -> Json:
    return {
        "jurisdiction": code,
        **fields(law, "name", "kind", "since", "until", "continues_until"),
        "standing": law.standing(day).value,
        **fields(law, "source"),
    }


def _maker(maker: Maker) -> Json:
    known = fields(maker, "jurisdiction", "licensed", "since", "until", "services", "source")
    return {"entity": maker.name, **known}


def _apart(apart: Apart) -> Json:
    known = apart.known
    return {
        **fields(apart, "regions", "operator", "control"),
        "control_derived": [_step(step) for step in apart.derived],
        "unknown": {"control": contract.reason(known)} if isinstance(known, Unknown) else {},
    }


def _qualification(standing: OfferStanding) -> Json:
    return {
        "name": standing.qualification,
        **fields(standing, "version", "offer", "since", "until", "valid"),
        "activities": list(standing.activities) or None,
        "transfer_table": standing.transfer_table or None,
    }


def _sources(profile: Profile) -> Iterator[Source]:
    """Every source that something rests on; a scheme's list of holders stands with its offers."""
    yield from _owned(profile.company)
    yield from (step.source for step in profile.control_derived)
    yield from (step.source for apart in profile.apart for step in apart.derived)
    yield from (standing.source for standing in profile.standings)
    yield from (host.source for host in profile.hosts)
    yield from profile.sources


def _owned(company: Company) -> Iterator[Source]:
    yield company.source
    for share in company.shares or ():
        yield share.source
        for holder in share.holders:
            yield from _owned(holder)

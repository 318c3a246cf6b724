"""The shapes that the JSON contracts share: placements, places, failures, flows, coverage.

A fact that isn't known is ``null``, and its name is a key of ``unknown``; what is known of it all the same is in
``among``. Strings from scanned files stay as they are, secrets of addresses apart: ``dump`` escapes what a terminal
would act on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Basis, Coverage, Finding, Verdict
from sovlint.model.findings.remedy import Remedy
from sovlint.model.findings.rests import Rests
from sovlint.model.placement import ClassClaim, Classes, Flow, Holding, How, Placement, Source
from sovlint.model.redaction.redact import HIDDEN, mask
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.text import LANGUAGES, Bilingual
from sovlint.model.value import Fact, Known, Unknown
from sovlint.report.messages import say
from sovlint.report.pieces.json_text import Json, sort_key
from sovlint.report.pieces.trail import Waypoint, places

FACTS: Final = (
    "role",
    "provider",
    "service",
    "region",
    "country",
    "area",
    "control",
    "technology",
)
"""The facts of a placement, in the order in which they are printed."""

SUPPRESSED: Final = "suppressed"
UNSOURCED: Final = "compliant_unsourced"
ON: Final = "compliant_on_"
"""What findings that something excuses are counted as."""

_STRONGEST: Final = {how: rank for rank, how in enumerate(How)}
_HIDDEN_VALUE: Final = {False: HIDDEN, True: [HIDDEN]}


def fields(found: Struct, *names: str) -> Json:
    """Fields of a struct under their own names, each as ``written`` has it."""
    return {name: written(getattr(found, name)) for name in names}


def written(value: Any) -> Any:
    """A value as the contracts write it: text without secrets, a day in ISO's form, a member by its value."""
    match value:
        case Enum():
            return value.value
        case str():
            return mask(value)
        case date():
            return value.isoformat()
        case Bilingual():
            return {language: value[language] for language in LANGUAGES}
        case Source():
            return source(value)
        case tuple():
            return [written(each) for each in value]
    return value


def plain(value: object, sensitive: bool = False) -> Any:
    """A fact's value as JSON: lists sorted, text masked, and nothing of what is sensitive."""
    if sensitive:
        return _HIDDEN_VALUE[isinstance(value, (tuple, list, frozenset, set))]
    match value:
        case str():
            return mask(str(value))
        case tuple() | list() | set() | frozenset():
            return sorted(plain(item) for item in value)
    return value


def facts_of(facts: Mapping[str, Fact[Any]]) -> tuple[Json, Json, Json]:
    """Known values (``null`` where not known), reasons of the unknown ones, and their possible values."""
    values: Json = {}
    unknown: Json = {}
    among: Json = {}
    for name, fact in facts.items():
        match fact:
            case Known():
                values[name] = plain(fact.value, fact.sensitive)
            case Unknown():
                values[name] = None
                unknown[name] = reason(fact)
                if members := possible(fact):
                    among[name] = members
    return values, unknown, among


def reason(fact: Unknown) -> str:
    """``<reason>`` or ``<reason>: <detail>``."""
    return mask(fact.text())


def possible(fact: Unknown) -> list[Any]:
    """The values that an unknown fact may have, sorted; none where they aren't known or are sensitive."""
    members = fact.among or ()
    if fact.sensitive or any(member.sensitive for member in members):
        return []
    return sorted((plain(member.value) for member in members), key=sort_key)


def placement(placed: Placement, language: str) -> Json:
    """One placement as ``facts`` prints it."""
    facts: dict[str, Fact[Any]] = {name: getattr(placed, name) for name in FACTS}
    values, unknown, among = facts_of({**facts, "exists": placed.sure})
    exists = values.pop("exists")
    holdings = sorted(placed.holdings, key=lambda holding: holding.name)
    for holding in holdings:
        if isinstance(holding.held, Unknown):
            unknown[f"qualifications.{holding.name}"] = reason(holding.held)
    return {
        **values,
        "qualifications": [_held(holding) for holding in holdings if is_held(holding)],
        "exists": exists,
        "unknown": unknown,
        "among": among,
        "because": trail(places(placed.because), language),
    }


def placements(found: Iterable[Placement]) -> list[Placement]:
    """Placements by role, provider and region; those that aren't known first, then by what else is known of them."""
    return sorted(found, key=_placement_key)


def is_held(holding: Holding) -> bool:
    """Whether a qualification is known to be held."""
    return isinstance(holding.held, Known) and holding.held.value


def remedy(found: Remedy) -> Json:
    """A service that would comply. ``until``: the last day of that, ``until_assumed`` where nobody published it."""
    return {
        "kind": found.kind.id,
        **fields(found, "provider", "name", "service", "region", "country", "also", "until"),
        "until_assumed": found.assumed,
        "qualifications": [_held(holding) for holding in found.holdings],
        **fields(found, "attest"),
    }


def claims(classes: Classes, language: str) -> list[Json] | None:
    """The data classes of a resource; ``None`` where there are none and that is because they aren't known."""
    if not classes.claims and classes.unknown is not None:
        return None
    found = [_claim(claim, language) for claim in classes.claims]
    return sorted(
        found, key=lambda claim: (claim["class"], claim["how"], sort_key(claim["because"]))
    )


def strongest(claims: Iterable[ClassClaim]) -> dict[str, str]:
    """How each class got there: the strongest way where there are several."""
    ways: dict[str, How] = {}
    for claim in claims:
        known = ways.setdefault(claim.data_class, claim.how)
        if _STRONGEST[claim.how] < _STRONGEST[known]:
            ways[claim.data_class] = claim.how
    return {data_class: ways[data_class].value for data_class in sorted(ways)}


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings have each verdict; those that are suppressed don't count."""
    found = Counter(each.verdict for each in findings if each.suppressed is None)
    return {
        verdict.value: found[verdict]
        for verdict in (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)
    }


def summary(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings have each verdict, how many comply on unsourced facts and on what, and how many are suppressed."""
    return {
        **counts(findings),
        UNSOURCED: sum(1 for each in findings if is_unsourced(each)),
        **{f"{ON}{kind}": number for kind, number in greens(findings).items()},
        SUPPRESSED: sum(1 for each in findings if each.suppressed is not None),
    }


def greens(findings: Iterable[Finding]) -> Mapping[Rests, int]:
    """How many of those that comply, and that nothing excuses, rest on what."""
    found = Counter(each.rests for each in findings if each.suppressed is None)
    return {kind: found[kind] for kind in Rests}


def is_unsourced(found: Finding) -> bool:
    """Whether it complies, and by general knowledge alone of some fact."""
    return (
        found.verdict is Verdict.COMPLIANT
        and found.suppressed is None
        and found.basis is Basis.BACKGROUND
    )


def trail(found: Iterable[Waypoint], language: str) -> list[Json]:
    """A ``because`` list."""
    return [waypoint(place, language) for place in found]


def waypoint(found: Waypoint, language: str) -> Json:
    """One place of such a list."""
    return {**_place(found.span), "note": say(found.note, language)}


def _place(span: Span) -> Json:
    """Where a step stands: of a file of another repository, which one that is."""
    if not span.repository:
        return fields(span, "path", "line")
    path = {"path": mask(span.own_path), "line": span.line}
    return {"repository": mask(span.repository), **path}


def failures(found: Iterable[Failure], language: str) -> list[Json]:
    """What couldn't be read, by place; ``column`` stands beside the contract's keys."""
    listed = [
        {**fields(each, "path", "line", "column"), "message": say(each.note, language)}
        for each in found
    ]
    return sorted(
        listed,
        key=lambda item: (
            item["path"],
            item["line"] or 0,
            item["column"] or 0,
            item["message"],
        ),
    )


def remarks(found: Iterable[Remark], language: str) -> list[Json]:
    """What else is worth saying, by place."""
    listed = [
        {**fields(each, "path", "line"), "message": say(each.note, language)}
        for each in found
    ]
    return sorted(
        listed, key=lambda item: (item["path"] or "", item["line"] or 0, item["message"])
    )


def flow(found: Flow) -> Json:
    """Data going from one resource to another, or to a provider."""
    place = next((step.span for step in places((found.because,), limit=1)), found.source.span)
    target = identity(found.target) if found.target else {"provider": found.target_provider}
    return {
        "kind": found.kind,
        "from": identity(found.source),
        "to": target,
        **fields(place, "path", "line"),
    }


def identity(resource: Resource) -> Json:
    """What tells one resource from another."""
    return fields(resource, "root", "variant", "address")


def cause_id(found: Cause | None) -> str | None:
    """The id of what a finding waits for: a host or a module may be its name."""
    return mask(found.id) if found is not None else None


_SAID_OF_SOURCES = "read_by", "read_on", "reviewed_by", "reviewed_on", "words", "overlay"
"""Keys of a source that stand there only where somebody said so."""


def source(found: Source) -> Json:
    """Where a fact of the catalogue or a policy comes from."""
    told = fields(found, "url", "date", "supports", "background", "confidence")
    more = fields(found, *_SAID_OF_SOURCES)
    return {**told, **{key: said for key, said in more.items() if said}}


def coverage(found: Coverage) -> Json:
    """How much was read and judged."""
    unread = [
        {"kind": kind.id, "files": len(paths), "paths": list(map(mask, paths))}
        for kind, paths in found.unread
    ]
    unread += [{"kind": kind.id, "files": files, "paths": []} for kind, files in found.code]
    unread.sort(key=lambda one: str(one["kind"]))
    counts = {"shown": len(found.shown), "doubtful": len(found.doubtful)}
    alone = {"unread_alone": [kind.id for kind in found.unread_alone]}
    told = {**asdict(found), "unread": unread, **counts, **alone}
    return {key: value for key, value in told.items() if key != "code"}


def _placement_key(placed: Placement) -> tuple[str, ...]:
    values, unknown, among = facts_of({name: getattr(placed, name) for name in FACTS})
    return (
        *(values[name] or "" for name in ("role", "provider", "region")),
        sort_key([values, unknown, among]),
        sort_key([(holding.name, str(holding.offer)) for holding in placed.holdings]),
    )


def _claim(claim: ClassClaim, language: str) -> Json:
    because = trail(places((claim.because,)), language)
    return {"class": claim.data_class, **fields(claim, "how"), "because": because}


def _held(holding: Holding) -> Json:
    attested = fields(holding, "attested") if holding.attested else {}
    if holding.activities:
        attested["activities"] = list(holding.activities)
    return {**fields(holding, "name", "version", "offer", "until"), **attested}

"""``sovlint scan --format markdown``: a page for a step's summary, or for a comment on a merge request.

GitHub refuses a step's summary of more than 1 MiB: rows that don't fit are left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from sovlint.model.attestation import Vouched
from sovlint.model.exception import Audited
from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.redaction.redact import inert, mask, safe_text
from sovlint.model.resources.reading import Failure
from sovlint.model.text import Note
from sovlint.report.messages import counted, labelled, phrase, say
from sovlint.report.pieces import causes, contract, listing, remedies
from sovlint.report.pieces.blocks import placed_at, subject
from sovlint.report.pieces.fact_words import class_words, place_text
from sovlint.report.pieces.markup import code, prose, row, short, table, text
from sovlint.report.pieces.settling import Settling
from sovlint.report.pieces.style import Style
from sovlint.report.run import difference, own_rules, provenance, summary, totals

ROOM: Final[Mapping[str, int]] = {
    "findings": 500_000,
    "remedies": 60_000,
    "waiting": 40_000,
    "exceptions": 100_000,
    "attestations": 30_000,
    "not-read": 100_000,
    "removed": 100_000,
    "suppose": 50_000,
    "not-proved": 50_000,
    "rules": 20_000,
    "remarks": 20_000,
    "scope": 20_000,
}
"""Bytes that the rows of each section may take. Together they leave room for the rest below GitHub's 1 048 576."""

MOST_LINES: Final = 300
"""Lines of a configuration that are proposed."""

MOST_NAMED: Final = 3
"""Resources that a sentence on remedies is about; the rest are counted."""

WIDEST: Final = 240
"""Characters of a path, an address or a sentence."""

COLUMNS: Final = ("verdict", "policy", "place", "resource", "found", "data")
ATTESTATION_COLUMNS: Final = ("state", "claim", "owner", "place", "until", "turned", "why")
EXCEPTION_COLUMNS: Final = ("state", "kind", "policy", "place", "until", "why")


def render(report: Report, language: str, style: Style) -> str:
    """The page; ``style`` has no bearing on it."""
    return inert(
        "\n\n".join("\n".join(part) for part in _parts(report, language) if part) + "\n"
    )


def _parts(report: Report, language: str) -> Iterator[list[str]]:
    """What is worth knowing first comes first: paragraphs, lists and tables, each as its lines."""
    yield [f"## {text(short(_title(report, language), WIDEST))}"]
    yield [_sentence(words) for words in _opening(report, language)]
    if not summary.judged(report):
        yield ["> [!WARNING]", f"> {prose(summary.nothing_judged(report, language))}"]
    failures = (
        _failure(one, language) for one in sorted(report.failures, key=summary.failure_order)
    )
    yield from _list("not-read", failures, language)
    alone, together = causes.told(causes.grouped(listing.listed(report)))
    yield from _table(
        "findings", COLUMNS, (_finding(one, language) for one in alone), language
    )
    yield from _list("waiting", (_waiting(group, language) for group in together), language)
    waiting = [*(group.findings for group in together), *causes.by_cause(alone)]
    yield from _settled_by(causes.drafts(waiting, report.config_keys), language)
    yield from _list("remedies", _remedies(report, language), language)
    lapsed = (_exception(one, language) for one in listing.lapsed(report.exceptions))
    yield from _table("exceptions", EXCEPTION_COLUMNS, lapsed, language)
    vouched = (_attestation(one, language) for one in report.attestations)
    yield from _table("attestations", ATTESTATION_COLUMNS, vouched, language)
    yield from _list(
        "removed", _gone(report.difference.removed if report.difference else ()), language
    )
    yield from _section("suppose", [], [*_supposed(report, language)], language)
    yield from _list(
        "not-proved", map(_sentence, summary.not_proved(report, language)), language
    )
    yield from _list("rules", map(_sentence, own_rules.sentences(report, language)), language)
    told = map(_sentence, summary.remarks(report.remarks, language))
    yield from _list("remarks", told, language)
    shipped = () if report.own else (own_rules.shipped_alone(report, language),)
    scope = (
        *totals.scope(report, language),
        *shipped,
        *provenance.sentences(report, language),
    )
    digests = (
        f"{text(labelled(name, language))} {code(digest)}"
        for name, digest in provenance.digests(report, language)
    )
    yield from _list("scope", (*map(_sentence, scope), *digests), language)


def _supposed(report: Report, language: str) -> Iterator[str]:
    """What would be otherwise where somebody supposes something."""
    if not report.supposed:
        return
    from sovlint.report.run import supposed  # imported late: few ask

    for one in report.supposed:
        yield f"- {_sentence(supposed.heading(one, language))}"
        for words in supposed.details(one, report, language, full=False):
            yield f"  - {_sentence(words)}"
    yield f"- {_sentence(supposed.meaning(language))}"


def _settled_by(drafts: Iterable[Settling], language: str) -> Iterator[list[str]]:
    """What settles what isn't proved, as it is to be written or typed."""
    for attested, found in groupby(drafts, key=lambda one: one.attests):
        heading = Note("formats.to-attest" if attested else "formats.to-settle")
        yield [f"### {text(say(heading, language))}"]
        for draft in found:
            yield [prose(draft.said(language))]
            yield [f"```{draft.syntax}", *draft.lines[:MOST_LINES], "```"]


def _title(report: Report, language: str) -> str:
    counting = any(one.counts for one in report.findings)
    if not summary.judged(report) and not counting:
        return phrase("formats.title-nothing", language)
    return phrase("formats.title", language, counts=totals.counts(report, language))


def _opening(report: Report, language: str) -> Iterator[str]:
    yield phrase(
        "formats.judged-by",
        language,
        policy_set=report.policy_set,
        as_of=report.as_of,
        catalogue=report.catalogue_date,
    )
    yield from totals.by_severity(report, language)
    if report.difference is not None:
        yield from difference.told(report, report.difference, language)
    if report.failures:
        yield counted(
            "report.incomplete", len({failure.path for failure in report.failures}), language
        )


def _list(name: str, items: Iterable[str], language: str) -> Iterator[list[str]]:
    """A heading and a list of Markdown that is ready; nothing where there is nothing to list."""
    yield from _section(name, [], [f"- {item}" for item in items], language)


def _table(
    name: str, columns: Iterable[str], rows: Iterable[list[str]], language: str
) -> Iterator[list[str]]:
    """A heading and a table; nothing where there are no rows."""
    header = [phrase(f"formats.column-{column}", language) for column in columns]
    yield from _section(name, table(header, ()), [row(cells) for cells in rows], language)


def _section(
    name: str, head: list[str], lines: Sequence[str], language: str
) -> Iterator[list[str]]:
    if not lines:
        return
    yield [f"### {text(_heading(name, language))}"]
    kept = _fitting(lines, ROOM[name])
    yield [*head, *lines[:kept]]
    if kept < len(lines):
        yield [prose(counted("formats.rows-left-out", len(lines) - kept, language))]


def _fitting(lines: Sequence[str], room: int) -> int:
    """How many of ``lines`` there is room for."""
    for number, line in enumerate(lines):
        room -= len(line.encode()) + 1
        if room < 0:
            return number
    return len(lines)


def _heading(name: str, language: str) -> str:
    shared = name in ("suppose", "not-read", "not-proved", "rules", "remarks", "scope")
    return phrase(f"report.{name}-title" if shared else f"formats.{name}", language)


def _finding(finding: Finding, language: str) -> list[str]:
    span = finding.span
    ways = contract.strongest(finding.claims)
    return [
        text(_verdict(finding, language)),
        code(safe_text(finding.policy)),
        _place(span.path, span.line),
        code(short(subject(finding.resource, language), WIDEST)),
        prose(short(listing.sentence(say(finding.headline, language)), WIDEST * 2)),
        text(short(", ".join(class_words(ways, language)), WIDEST)),
    ]


def _waiting(group: causes.CauseGroup, language: str) -> str:
    """What waits for one thing: the policy, how much of what, and the first of it."""
    found, left = causes.named_first(group)
    first = [placed_at(one, language) for one in found]
    listed = [
        f"{_place(span.path, span.line)} {code(short(name, WIDEST))}" for span, name in first
    ]
    more = f" + {left}" if left else ""
    said = prose(short(causes.headline(group, language), WIDEST * 4))
    policy = code(safe_text(group.first.policy))
    return (
        f"{text(_verdict(group.first, language))} {policy} {said} {', '.join(listed)}{more}"
    )


def _remedies(report: Report, language: str) -> Iterator[str]:
    """What could take the place of what doesn't comply, each sentence once, with what it is about."""
    about: dict[str, dict[str, None]] = {}
    for one in listing.unexcused(report):
        if one.remedies is not None:
            words = remedies.sentence(one.remedies, language)
            about.setdefault(words, {})[mask(one.resource.address)] = None
    for words, addresses in about.items():
        names = [
            code(short(safe_text(address), WIDEST))
            for address in list(addresses)[:MOST_NAMED]
        ]
        more = f" + {len(addresses) - MOST_NAMED}" if len(addresses) > MOST_NAMED else ""
        yield f"{labelled(', '.join(names) + more, language)} {_sentence(words)}"


def _verdict(finding: Finding, language: str) -> str:
    """``error (unproven)``; what is compliant has no severity."""
    if finding.verdict is Verdict.COMPLIANT:
        return phrase("report.compliant", language)
    unproven = finding.verdict is Verdict.UNPROVEN
    verdict, severity = (
        Note("report.unproven" if unproven else "formats.violation"),
        finding.severity,
    )
    return phrase(
        "formats.verdict",
        language,
        severity=Note(f"report.{severity.value}"),
        verdict=verdict,
    )


def _place(path: str, line: int) -> str:
    return code(f"{short(safe_text(path), WIDEST)}:{line}")


def _exception(one: Audited, language: str) -> list[str]:
    why = [listing.sentence(say(one.why, language))] if one.why else []
    return [
        text(phrase(f"report.state-{one.state.value}", language)),
        text(phrase(f"formats.kind-{one.kind.value}", language)),
        code(short(safe_text(", ".join(one.policies)), WIDEST)),
        _place(one.where.path, one.where.line),
        text(one.until.isoformat() if one.until else ""),
        prose(short(" ".join((*why, safe_text(one.reason))), WIDEST)),
    ]


def _attestation(one: Vouched, language: str) -> list[str]:
    note = one.why or one.overruled
    why = [listing.sentence(say(note, language))] if note else []
    return [
        text(phrase(f"report.state-{one.state.value}", language)),
        code(short(safe_text(one.claim), WIDEST)),
        text(short(safe_text(one.owner), WIDEST)),
        _place(one.where.path, one.where.line),
        text(one.until.isoformat()),
        text(str(len(one.turned))),
        prose(short(" ".join((*why, safe_text(one.evidence))), WIDEST * 2)),
    ]


def _gone(removed: Iterable[Finding]) -> Iterator[str]:
    """Each of what stands no more, by policy and address."""
    for policy, address in dict.fromkeys(
        (one.policy, mask(one.resource.address)) for one in removed
    ):
        yield f"{code(safe_text(policy))} {code(short(safe_text(address), WIDEST))}"


def _failure(failure: Failure, language: str) -> str:
    place = place_text(short(safe_text(failure.path), WIDEST), failure.line, failure.column)
    return f"{code(place)}: {_sentence(say(failure.note, language))}"


def _sentence(words: str) -> str:
    return prose(short(words, WIDEST * 4))

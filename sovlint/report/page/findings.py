"""Findings and causes as the page shows them: what is found, what led there as source, what helps, what would prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct

from sovlint.model.findings.finding import Finding, PolicyText, Report, Verdict
from sovlint.model.placement import Source
from sovlint.model.redaction.redact import printable, safe_text
from sovlint.model.world import World
from sovlint.report.messages import phrase, say
from sovlint.report.page.excerpts import Excerpt, chain_of
from sovlint.report.page.tagging import Tags, tags
from sovlint.report.page.words import Both, joined, named, noted, number, said, told
from sovlint.report.pieces import blocks, causes, contract, fact_words, listing, remedies
from sovlint.report.pieces.settling import ConfigKeys
from sovlint.report.pieces.unproven import first_causes, placement_facts

MOST_ROWS: Final = 60
"""Placements that are listed below one article; the rest are counted."""


WIDE: Final = 400
"""Columns for a placement in a line: enough for all of it."""


class Claimed(Struct, frozen=True):
    """One policy's answer: what a permalink of a finding leads to."""

    id: str
    policy: str
    severity: str
    verdict: str
    text: Both


class FindingRow(Struct, frozen=True):
    """A further finding that is told with others: where it is, and what it is about."""

    id: str
    policy: str
    place: str
    name: Both


class Article(Struct, frozen=True):
    """What is told together: all findings on one placement and those alike, or all that wait for one cause."""

    id: str
    is_cause: bool
    severity: str
    verdict: str
    title: Both
    tags: Tags
    claimed: tuple[Claimed, ...]
    facts: tuple[tuple[Both, Both], ...]
    missing: tuple[Both, ...]
    remarks: tuple[Both, ...]
    chain: tuple[Excerpt, ...]
    helps: tuple[Both, ...]
    settling: tuple[tuple[Both, tuple[str, ...]], ...]
    sources: tuple[int, ...]
    rows: tuple[FindingRow, ...]
    left: Both | None
    count: int
    """Those that are told below it, listed or not."""


class Cited:
    """Sources numbered in the order in which they are first cited; ``numbers`` are those that were before."""

    def __init__(self, numbers: dict[Source, int] | None = None) -> None:
        self.numbers: dict[Source, int] = {} if numbers is None else numbers

    def cite(self, sources: Iterable[Source]) -> tuple[int, ...]:
        """Their numbers, each once."""
        return tuple(
            dict.fromkeys(
                self.numbers.setdefault(each, len(self.numbers) + 1) for each in sources
            )
        )


class Findings:
    """All of a report's findings, to be told."""

    def __init__(self, report: Report, cited: Cited) -> None:
        self._report = report
        self._cited = cited
        self._ids = listing.fingerprints(report)

    def id_of(self, finding: Finding) -> str:
        """What a permalink names: its fingerprint."""
        return f"f-{self._ids[finding]}"

    @cached_property
    def together(self) -> list[Sequence[Sequence[Finding]] | causes.CauseGroup]:
        """What nothing excuses, as it is told: worst first."""
        ordered = sorted(listing.shown(self._report), key=blocks.order)
        alone, groups = causes.told(causes.grouped(ordered))
        found: list[tuple[object, Sequence[Sequence[Finding]] | causes.CauseGroup]] = [
            *((blocks.order(alike[0][0]), alike) for alike in blocks.alike(alone, "en")),
            *((blocks.order(group.first), group) for group in groups),
        ]
        return [one for _, one in sorted(found, key=lambda each: each[0])]  # type: ignore[arg-type,return-value]

    def article(self, found: Sequence[Sequence[Finding]] | causes.CauseGroup) -> Article:
        """What is told together, in full."""
        if isinstance(found, causes.CauseGroup):
            return self._of_cause(found)
        return self._of_placement(found)

    def row(self, finding: Finding) -> FindingRow:
        """A finding in a line."""
        return FindingRow(
            self.id_of(finding),
            finding.policy,
            fact_words.place(finding.span),
            told(lambda language: blocks.named(finding, language)),
        )

    def summed(self, group: causes.CauseGroup) -> FindingRow:
        """What waits for one thing, in a line."""
        return FindingRow(
            f"c-{group.fingerprint}",
            group.first.policy,
            fact_words.place(group.first.span),
            told(lambda language: listing.sentence(causes.headline(group, language))),
        )

    def _of_placement(self, alike: Sequence[Sequence[Finding]]) -> Article:
        first = alike[0]
        others = [one for group in alike[1:] for one in group]
        every = [one for group in alike for one in group]
        resource = first[0].resource
        title = told(lambda language: blocks.named(first[0], language))
        return Article(
            id="",
            is_cause=False,
            severity=first[0].severity.value,
            verdict=first[0].verdict.value,
            title=title,
            tags=tags(every),
            claimed=tuple(map(self._claimed, first)),
            facts=_facts(first, self._report.world),
            missing=_missing(first[0]),
            remarks=_remarks(first),
            chain=chain_of(first, resource.span, self._report.excerpts),
            helps=tuple(_helps(first, self._report.policies)),
            settling=_settling(causes.by_cause(first), self._report.config_keys),
            sources=self._cited.cite(source for one in every for source in one.sources),
            rows=tuple(map(self.row, others[:MOST_ROWS])),
            left=_left(others),
            count=len(others),
        )

    def _of_cause(self, group: causes.CauseGroup) -> Article:
        first = group.first
        found = [one for one in group.findings if one.suppressed is None]
        same = [one for one in found if one.placement is first.placement]
        return Article(
            id=f"c-{group.fingerprint}",
            is_cause=True,
            severity=first.severity.value,
            verdict=first.verdict.value,
            title=told(lambda language: listing.sentence(causes.headline(group, language))),
            tags=tags(found),
            claimed=(),
            facts=_facts(same, self._report.world)[:1],
            missing=(),
            remarks=_remarks(same),
            chain=chain_of(same, first.resource.span, self._report.excerpts),
            helps=tuple(_helps(same, self._report.policies)),
            settling=_settling([list(found)], self._report.config_keys),
            sources=self._cited.cite(source for one in found for source in one.sources),
            rows=tuple(map(self.row, found[:MOST_ROWS])),
            left=_left(found),
            count=len(found),
        )

    def _claimed(self, finding: Finding) -> Claimed:
        return Claimed(
            self.id_of(finding),
            printable(finding.policy),
            finding.severity.value,
            finding.verdict.value,
            told(lambda language: listing.sentence(say(finding.headline, language))),
        )


def _settling(
    groups: Iterable[Sequence[Finding]], keys: ConfigKeys
) -> tuple[tuple[Both, tuple[str, ...]], ...]:
    """What would settle findings of one cause or several, as lines to copy, with the sentence before them."""
    return tuple((told(each.said), each.lines) for each in causes.drafts(groups, keys))


def _left(found: Sequence[Finding]) -> Both | None:
    """How many rows there is no room for."""
    left = len(found) - MOST_ROWS
    return number("page.rows-left", left) if left > 0 else None


def _facts(findings: Sequence[Finding], world: World) -> tuple[tuple[Both, Both], ...]:
    """The data classes, each with how it got there, and the placement in a line."""
    ways = contract.strongest(claim for finding in findings for claim in finding.claims)
    said_of = []
    if ways:
        data = joined(_classified(class_name(name, world), how) for name, how in ways.items())
        said_of.append((said("report.data"), data))
    placement = findings[0].placement
    if placement is not None:
        where = told(lambda language: fact_words.placement_line(placement, language, WIDE))
        said_of.append((said("report.placed"), where))
    return tuple(said_of)


def _classified(name: Both, how: str) -> Both:
    return told(
        lambda language: phrase(
            "report.class-how",
            language,
            name=name[language],
            how=fact_words.term("how", how, language),
        )
    )


def _missing(finding: Finding) -> tuple[Both, ...]:
    """What isn't known of a placement that isn't proved, and why."""
    if finding.verdict is not Verdict.UNPROVEN or finding.placement is None:
        return ()
    return tuple(
        told(
            lambda language, name=name, fact=fact: phrase(  # type: ignore[misc]
                "page.missing",
                language,
                fact=fact_words.term("fact", name, language),
                why=fact.why(),
            )
        )
        for name, fact in first_causes(placement_facts(finding.placement))
    )


def _remarks(findings: Sequence[Finding]) -> tuple[Both, ...]:
    every = (noted(remark) for finding in findings for remark in finding.remarks)
    return tuple(dict.fromkeys(every))


def _helps(findings: Sequence[Finding], policies: Mapping[str, PolicyText]) -> Iterable[Both]:
    """How to comply, and what could take its place; each sentence once."""
    named = dict.fromkeys(one.policy for one in findings)
    texts = [policies[name].remedy for name in named if name in policies]
    yield from dict.fromkeys(
        Both(printable(text.en), printable(text.fr)) for text in texts if text.en
    )
    found = next((one.remedies for one in findings if one.remedies is not None), None)
    if found is not None:
        yield told(lambda language: remedies.sentence(found, language))


def class_name(name: str, world: World) -> Both:
    """What a data class is called."""
    return named(world.classes.get(name, name))


def title_of(policy: PolicyText | None, name: str) -> Both:
    """What a policy asks, in words; its id where it isn't there."""
    if policy is None:
        return Both(safe_text(name), safe_text(name))
    return Both(printable(policy.title.en), printable(policy.title.fr))

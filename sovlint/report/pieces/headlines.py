"""Headlines of a block: the first one whole, those of further policies without what it has said already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.redaction.redact import printable
from sovlint.model.text import Note
from sovlint.report.messages import labelled, phrase, say
from sovlint.report.pieces.style import Style, wrap

_COMPOSED: Final = frozenset({"policy.headline", "policy.headline-if-created"})
"""Headlines that are made of fragments; others are sentences of their own."""

_SUBJECT: Final = ("role", "provider", "place")
"""The fragments that say of what a headline speaks; ``data``, ``found`` and ``why`` may differ between policies."""


def render(
    findings: Sequence[Finding], lighter: Callable[[Note], Note], language: str, style: Style
) -> list[str]:
    """The headlines of ``findings``, which are all about one placement; ``lighter`` leaves out what is known."""
    first = findings[0].headline
    lines: list[str] = []
    for finding, times in _once(findings):
        headline = lighter(
            finding.headline if finding is findings[0] else further(finding.headline, first)
        )
        told = (
            Note("report.headline-times", {"headline": headline, "times": times})
            if times > 1
            else headline
        )
        lines += sentence(finding, say(told, language), language, style)
    return lines


def _once(findings: Sequence[Finding]) -> list[tuple[Finding, int]]:
    """Each finding of which the very same is said once, and how often: a resource may have several placements alike."""
    found: list[tuple[Finding, int]] = []
    for finding in findings:
        said = (finding.policy, finding.verdict, finding.severity, finding.headline)
        for at, (one, times) in enumerate(found):
            if (one.policy, one.verdict, one.severity, one.headline) == said:
                found[at] = (one, times + 1)
                break
        else:
            found.append((finding, 1))
    return found


def further(headline: Note, first: Note) -> Note:
    """``headline`` without what ``first``, of the same block, says too; as it is where they differ in their subject."""
    composed = {headline.key, first.key} <= _COMPOSED
    if not composed or any(headline.params[name] != first.params[name] for name in _SUBJECT):
        return headline
    found = {"found": headline.params["found"]}
    if headline.params["data"] == first.params["data"]:
        short = Note("report.headline-found", found)
    else:
        short = Note("report.headline-data-found", {**found, "data": headline.params["data"]})
    why = headline.params.get("why")
    if why is None or why == first.params.get("why"):
        return short
    return Note("report.headline-if-created", {"headline": short, "why": why})


def any_role(headline: Note) -> Note:
    """``headline`` as it would read for any role, to compare."""
    return (
        replace(headline, params={**headline.params, "role": ""})
        if headline.key in _COMPOSED
        else headline
    )


def sentence(finding: Finding, words: str, language: str, style: Style) -> list[str]:
    """``error[policy-id]: words``; an unproven one says so before them."""
    compliant = finding.verdict is Verdict.COMPLIANT
    sort = "good" if compliant else finding.severity.value
    kind = phrase(
        "report.compliant" if compliant else f"report.{finding.severity.value}", language
    )
    tag = f"{kind}[{printable(finding.policy)}]"
    unproven = (
        f" ({phrase('report.unproven', language)})"
        if finding.verdict is Verdict.UNPROVEN
        else ""
    )
    rows = wrap(words, style.columns, f"{labelled(tag + unproven, language)} ", "  ")
    painted = style.paint(tag, sort) + style.paint(rows[0][len(tag) :], "strong")
    return [painted, *(style.paint(row, "strong") for row in rows[1:])]

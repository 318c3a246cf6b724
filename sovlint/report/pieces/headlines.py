"""Headlines of a block: the first one whole, those of further policies without what it has said already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.redaction.redact import printable
from sovlint.model.text import Note
from sovlint.report.messages import labelled, phrase, say
from sovlint.report.pieces.style import Style, wrap

_COMPOSED: Final = frozenset({"policy.headline", "policy.headline-if-created"})
"""Headlines that are made of fragments; others are sentences of their own."""

LAWS: Final = "policy.state-laws"
"""A state with its laws."""

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


def is_composed(headline: Note) -> bool:
    """Whether it is made of fragments: ``data``, ``role``, ``provider``, ``place`` and ``found``."""
    return headline.key in _COMPOSED


def without_laws(param: object) -> object:
    """A parameter of a note, with states without their laws, for those who tell these elsewhere."""
    match param:
        case Note(key=key) if key == LAWS:
            return param.params["state"]
        case Note():
            bare = {name: without_laws(each) for name, each in param.params.items()}
            return replace(param, params=bare)
        case tuple():
            return tuple(map(without_laws, param))
    return param


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
    """``error[policy-id]: words``; what isn't proved, and what complies, is called that instead."""
    severity = phrase(f"report.{finding.severity.value}", language)
    kinds: dict[Verdict, tuple[str, str]] = {
        Verdict.VIOLATION: (severity, finding.severity.value),
        Verdict.UNPROVEN: (phrase("report.unproven", language), "unproven"),
        Verdict.COMPLIANT: (phrase("report.compliant", language), "good"),
    }
    kind, sort = kinds[finding.verdict]
    tag = f"{kind}[{printable(finding.policy)}]"
    is_light = finding.verdict is Verdict.UNPROVEN and finding.severity is not Severity.ERROR
    lighter = f" ({severity})" if is_light else ""
    rows = wrap(words, style.columns, f"{labelled(tag + lighter, language)} ", "  ")
    painted = style.paint(tag, sort) + style.paint(rows[0][len(tag) :], "strong")
    return [painted, *(style.paint(row, "strong") for row in rows[1:])]

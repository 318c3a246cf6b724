"""What there is to know of one policy, as Markdown and as plain text: for SARIF's rules and for pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.model.findings.finding import PolicyText
from sovlint.model.redaction.redact import safe_text
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import markup
from sovlint.report.pieces.fact_words import term
from sovlint.report.pieces.sources import source_text

COMMENT: Final = '# sovlint: ignore[{policy}] until=YYYY-MM-DD reason="..."'
"""An ignore comment as somebody would write it."""

Section = tuple[str, list[str]]
"""A heading, and paragraphs in which code stands between backquotes."""


def help_markdown(policy: PolicyText, language: str, level: int = 2) -> str:
    """Why, how to comply, how to waive it, and what it rests on, under headings of ``level``."""
    parts = []
    for heading, paragraphs in _sections(policy, language):
        parts += [f"{'#' * level} {markup.text(heading)}", *map(markup.prose, paragraphs)]
    if policy.cites:
        parts.append(
            "\n".join(
                f"- {_citation(url, words)}" for url, words in _citations(policy, language)
            )
        )
    return "\n\n".join(parts) + "\n"


def help_text(policy: PolicyText, language: str) -> str:
    """The same as plain text, a paragraph a line."""
    lines = []
    for heading, paragraphs in _sections(policy, language):
        lines += [phrase("report.label", language, label=heading), *paragraphs]
    lines += [f"- {words} {url}".rstrip() for url, words in _citations(policy, language)]
    return "\n".join(lines) + "\n"


def _sections(policy: PolicyText, language: str) -> Iterator[Section]:
    """What there is to say; what it rests on comes last, its citations follow."""
    if policy.why[language]:
        yield phrase("formats.help-why", language), _paragraphs(policy.why[language])
    if policy.remedy[language]:
        yield phrase("formats.help-fix", language), _paragraphs(policy.remedy[language])
    yield phrase("formats.help-waive", language), [*_waiving(policy, language)]
    if policy.rests_on or policy.cites:
        kinds = ", ".join(term("rests-on", kind, language) for kind in policy.rests_on)
        yield (
            phrase("formats.help-basis", language),
            [kinds[:1].upper() + kinds[1:] + "."] if kinds else [],
        )


def _paragraphs(words: str) -> list[str]:
    return [safe_text(line) for line in words.strip().splitlines() if line.strip()]


def _waiving(policy: PolicyText, language: str) -> Iterator[str]:
    if not policy.waivable:
        yield phrase("formats.help-no-waiver", language)
        return
    yield phrase("formats.help-comment", language, example=COMMENT.format(policy=policy.id))
    yield phrase("formats.help-waiver", language)
    if policy.longest_waiver_days is not None:
        yield counted("formats.help-longest", policy.longest_waiver_days, language)


def _citations(policy: PolicyText, language: str) -> Iterator[tuple[str, str]]:
    """Address (may be empty) and words of each citation."""
    for source in policy.cites:
        yield safe_text(source.url), source_text(source, language)


def _citation(url: str, words: str) -> str:
    return markup.link(words, url) if url else markup.text(words)

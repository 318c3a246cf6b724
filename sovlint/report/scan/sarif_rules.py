"""The policies as SARIF's rules (``reportingDescriptor``, 3.49), and how severities read in SARIF and at GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from sovlint.model.findings.finding import PolicyText, Severity
from sovlint.model.findings.ground import ground_of
from sovlint.model.redaction.redact import safe_text
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import markup
from sovlint.report.pieces.fact_words import term
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.listing import web_address
from sovlint.report.pieces.sources import source_text
from sovlint.report.scan.sarif_text import message_text

# --- What there is to know of one policy, as Markdown and as plain text: for SARIF's rules and for pages.

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


MOST_RULES: Final = 25_000
MOST_TAGS: Final = 20
"""What GitHub takes of each run and of each rule."""

LEVEL: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}

_GITHUB_SEVERITY: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}
_SECURITY_SEVERITY: Final = {
    Severity.ERROR: "8.0",
    Severity.WARNING: "5.0",
    Severity.NOTE: "2.0",
}
"""High, medium and low, as GitHub divides the scale of CVSS."""
_TAGS: Final = ("security", "data-sovereignty", "compliance")
_IN_AN_ADDRESS: Final = ":/?#[]@!$&'()*+,;=%~"


def rules(
    policies: Mapping[str, PolicyText], named: Sequence[str], language: str
) -> list[Json]:
    """All policies in their order; then those that findings name and nobody describes, by their id alone."""
    unknown = dict.fromkeys(name for name in named if name not in policies)
    described = [_rule(policy, language) for policy in policies.values()]
    return [*described, *({"id": name} for name in unknown)][:MOST_RULES]


def _rule(policy: PolicyText, language: str) -> Json:
    severity = policy.severity
    return {
        "id": policy.id,
        "name": "".join(word.capitalize() for word in policy.id.split("-")),
        "shortDescription": {"text": message_text(policy.title[language])},
        "fullDescription": {
            "text": message_text(policy.why[language].strip() or policy.title[language])
        },
        "helpUri": help_uri(policy),
        "help": {
            "text": _lines(help_text(policy, language)),
            "markdown": help_markdown(policy, language),
        },
        "defaultConfiguration": {"level": LEVEL[severity]},
        "properties": {
            "tags": [*_TAGS, *policy.rests_on, f"ground-{ground_of(policy.rests_on)}"][
                :MOST_TAGS
            ],
            "precision": "high",
            "problem.severity": _GITHUB_SEVERITY[severity],
            "security-severity": _SECURITY_SEVERITY[severity],
        },
    }


def _lines(text: str) -> str:
    return "\n".join(map(message_text, text.splitlines()))


def help_uri(policy: PolicyText) -> str:
    """Its first citation on the web, else a name that leads nowhere: this project has no pages of its own."""
    url = web_address(policy.cites)
    return (
        quote(url, safe=_IN_AN_ADDRESS)
        if url
        else f"urn:sovlint:policy:{quote(policy.id, safe='')}"
    )

"""The policies as SARIF's rules (``reportingDescriptor``, 3.49), and how severities read in SARIF and at GitHub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from sovlint.model.findings.finding import PolicyText, Severity
from sovlint.report.pieces.json_text import Json
from sovlint.report.pieces.listing import web_address
from sovlint.report.scan.rule_help import help_markdown, help_text
from sovlint.report.scan.sarif_text import message_text

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
            "tags": [*_TAGS, *policy.rests_on][:MOST_TAGS],
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

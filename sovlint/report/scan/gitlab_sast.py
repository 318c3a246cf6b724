"""``sovlint scan --format gitlab-sast``: GitLab's security report for static analysis, version 15.0.7 of its schema.

GitLab shows descriptions and solutions as Markdown. It takes reports of one policy at the same lines for one
vulnerability, whichever instance or role they are about.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Final

from sovlint import __version__
from sovlint.model.findings.finding import Finding, PolicyText, Report, Severity
from sovlint.model.redaction.redact import mask, safe_text
from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.pieces import causes, contract, json_text, listing
from sovlint.report.pieces.blocks import subject, told_at
from sovlint.report.pieces.causes import CauseGroup
from sovlint.report.pieces.fact_words import placement_line
from sovlint.report.pieces.json_text import Json, filled
from sovlint.report.pieces.markup import code, prose, prose_within, short
from sovlint.report.pieces.settling import ConfigKeys
from sovlint.report.pieces.style import Style
from sovlint.report.pieces.trail import Waypoint, finding_places
from sovlint.report.run import own_rules, provenance, summary

VERSION: Final = "15.0.7"
NAMESPACE: Final = uuid.UUID("a7a3b1f6-5d0c-4f0e-9a53-6c6f0f5e0c11")
"""What ids are made in, from fingerprints (RFC 9562, version 5); it must never change."""

SEVERITY: Final = {Severity.ERROR: "High", Severity.WARNING: "Medium", Severity.NOTE: "Low"}

MOST_IDENTIFIERS: Final = 20
"""What GitLab keeps of one vulnerability."""

LONGEST_NAME: Final = 255
LONGEST_SOLUTION: Final = 7000
LONGEST_DESCRIPTION: Final = 100_000
"""Characters; the schema allows ten times as many of a description."""

_LINES_DOWN_TO: Final = 2


def render(report: Report, language: str, style: Style) -> str:
    """The security report, worst findings first; ``style`` has no bearing on it.

    The times that the schema asks for are midnight of the day judged by, so that the output is the same in every run.
    """
    prints = listing.fingerprints(report)
    data = {
        "version": VERSION,
        "scan": _scan(report, language),
        "vulnerabilities": [
            _waiting(one, report, language)
            if isinstance(one, CauseGroup)
            else _vulnerability(one, prints[one], report.policies, language)
            for one in listing.counting_entries(report)
        ],
    }
    return json_text.dump(data, _LINES_DOWN_TO)


def _scan(report: Report, language: str) -> Json:
    tool = {
        "id": "sovlint",
        "name": "sovlint",
        "version": __version__,
        "vendor": {"name": "sovlint"},
    }
    midnight = f"{report.as_of}T00:00:00"
    return {
        "analyzer": tool,
        "scanner": tool,
        "type": "sast",
        "status": "failure" if report.failures else "success",
        "start_time": midnight,
        "end_time": midnight,
        "messages": [
            *(
                {
                    "level": "warn",
                    "value": f"{safe_text(each['path'])}:{each['line'] or 1}: {each['message']}",
                }
                for each in contract.failures(report.failures, language)
            ),
            *(
                {"level": "info", "value": words}
                for words in own_rules.told(report, language)
            ),
            *(
                {"level": "info", "value": words}
                for words in summary.besides(report, language)
            ),
            *(
                {"level": "info", "value": words}
                for words in provenance.whole(report, language)
            ),
        ],
        "primary_identifiers": [
            _identifier(policy.id, policy) for policy in report.policies.values()
        ],
    }


def _vulnerability(
    found: Finding, fingerprint: str, policies: Mapping[str, PolicyText], language: str
) -> Json:
    policy = policies.get(found.policy)
    where = found.span
    remedy = safe_text(policy.remedy[language].strip()) if policy else ""
    return {
        "id": str(uuid.uuid5(NAMESPACE, fingerprint)),
        "name": short(
            safe_text(policy.title[language]) if policy else found.policy, LONGEST_NAME
        ),
        "description": _description(found, language),
        "severity": SEVERITY[found.severity],
        **filled(solution=prose_within(remedy, LONGEST_SOLUTION)),
        "location": {
            "file": mask(where.path),
            "start_line": where.line,
            "end_line": where.end_line,
        },
        "identifiers": [_identifier(found.policy, policy)],
        **filled(links=_links(policy, language)),
        "details": dict(_details(found, language)),
    }


def _waiting(group: CauseGroup, report: Report, language: str) -> Json:
    """All that waits for one thing, as one: at the first place of it, with the policies that ask for identifiers.

    Its first identifier is that of the cause, since GitLab knows a vulnerability again by that and by its place.
    """
    where, policies = told_at(group.first), report.policies
    named_first, _ = causes.named_first(group)
    own = {
        "type": "sovlint_cause",
        "name": f"sovlint {safe_text(group.cause.id)}",
        "value": group.fingerprint,
    }
    asking = [_identifier(name, policies.get(name)) for name in sorted(group.policies)]
    links = [
        each
        for name in sorted(group.policies)
        for each in _links(policies.get(name), language)
    ]
    title = safe_text(listing.group_headline(group, language))
    return {
        "id": str(uuid.uuid5(NAMESPACE, group.fingerprint)),
        "name": short(title, LONGEST_NAME),
        "description": _waiting_description(group, report.config_keys, language),
        "severity": SEVERITY[group.severity],
        "location": {
            "file": mask(where.path),
            "start_line": where.line,
            "end_line": where.end_line,
        },
        "identifiers": [own, *asking][:MOST_IDENTIFIERS],
        **filled(links=list({each["url"]: each for each in links}.values())),
        "details": {
            "placements": {
                "name": phrase("formats.placements", language),
                "type": "list",
                "items": [_file(Waypoint(told_at(one), one.headline)) for one in named_first],
            }
        },
    }


def _waiting_description(group: CauseGroup, keys: ConfigKeys, language: str) -> str:
    """The sentence, the first places, and what settles it as code that can be copied."""
    named_first, left = causes.named_first(group)
    places = [f"- {code(listing.placement_place(one, language))}" for one in named_first]
    if left:
        places.append(f"- {prose(counted('report.cause-more', left, language))}")
    parts = [prose(listing.group_headline(group, language)), "\n".join(places)]
    for draft in causes.drafts([group.findings], keys):
        parts += [
            prose(draft.said(language)),
            "\n".join([f"```{draft.syntax}", *draft.lines, "```"]),
        ]
    return "\n\n".join(parts)


def _description(found: Finding, language: str) -> str:
    about = code(short(subject(found.resource, language), listing.LONGEST))
    return f"{labelled(about, language)} {prose_within(listing.sentences(found, language), LONGEST_DESCRIPTION)}"


def _identifier(name: str, policy: PolicyText | None) -> Json:
    url = listing.web_address(policy.cites) if policy else None
    return {
        "type": "sovlint_policy",
        "name": f"sovlint {name}",
        "value": name,
        **filled(url=url),
    }


def _links(policy: PolicyText | None, language: str) -> list[Json]:
    """The citations that a browser opens."""
    cites = policy.cites if policy else ()
    return [
        {"name": safe_text(one.said(language)), "url": url}
        for one in cites
        if (url := listing.web_address((one,)))
    ]


def _details(found: Finding, language: str) -> Iterator[tuple[str, Json]]:
    """What GitLab shows below the description: the resource, its placement, and the places that led there."""
    yield (
        "resource",
        _detail(
            "formats.column-resource", language, "text", subject(found.resource, language)
        ),
    )
    if found.placement is not None:
        yield (
            "placement",
            _detail(
                "report.placed",
                language,
                "text",
                placement_line(found.placement, language, 200),
            ),
        )
    places = finding_places(found)
    if places:
        name = phrase("formats.evidence", language)
        yield (
            "evidence",
            {"name": name, "type": "list", "items": [_file(place) for place in places]},
        )


def _detail(key: str, language: str, kind: str, value: str) -> Json:
    return {"name": phrase(key, language), "type": kind, "value": value}


def _file(place: Waypoint) -> Json:
    span = place.span
    return {
        "type": "file-location",
        "file_name": mask(span.path),
        "line_start": span.line,
        "line_end": span.end_line,
    }

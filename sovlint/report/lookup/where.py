"""``sovlint where``: the contract ``sovlint-where/1``, and the same for people, with footnotes."""

from __future__ import annotations

from typing import Final

from sovlint.model.lookups.whereabouts import Match, Whereabouts
from sovlint.model.redaction.redact import safe_text
from sovlint.report.messages import labelled, phrase
from sovlint.report.pieces import contract, json_text
from sovlint.report.pieces.fact_words import place_text, term
from sovlint.report.pieces.sources import Footnotes
from sovlint.report.pieces.style import Style, whole

SCHEMA: Final = "sovlint-where/1"


def render_json(found: Whereabouts) -> str:
    """Every provider, service, region and country that it may mean, each once."""
    matches = [
        contract.fields(each, "provider", "service", "region", "country")
        for each in found.matches
    ]
    unique = [match for index, match in enumerate(matches) if match not in matches[:index]]
    return json_text.dump({"schema": SCHEMA, "query": found.query, "matches": unique})


def render(found: Whereabouts, catalogue: str, language: str, style: Style) -> str:
    """A line for each thing that it may mean; or why it means nothing, by the catalogue of that day."""
    notes = Footnotes(language)
    said = [
        f"{_line(match, language)} {_cited(match, notes)}".rstrip() for match in found.matches
    ]
    if found.absence is not None:
        said.append(
            phrase(
                f"catalog.where-{found.absence.value}",
                language,
                query=found.query,
                date=catalogue,
            )
        )
    if found.matches:
        said.append(phrase("catalog.where-control", language))
    if found.meant:
        said.append(phrase("catalog.where-meant", language, meant=found.meant))
    if found.called:
        said.append(phrase("catalog.where-called", language, provider=found.called))
    return whole([*style.paragraphs(said), *notes.listed(style)])


def _line(match: Match, language: str) -> str:
    """``Outscale (outscale): object-storage, eu-west-2, France (FR)``."""
    name = phrase("catalog.state", language, name=match.name, code=match.provider)
    said = [safe_text(each) for each in (match.service, match.region) if each]
    if match.state is not None:
        said.append(
            phrase("catalog.state", language, name=match.state, code=match.country or "")
        )
    elif match.region:
        said.append(phrase("catalog.no-country", language))
    if match.written:
        said.append(phrase("catalog.where-region-unlisted", language, region=match.written))
    if match.role:
        said.append(term("role", match.role, language))
    if match.plugin:
        said.append(phrase("catalog.where-plugin", language, plugin=match.plugin))
    if match.said is not None:
        where = match.said.span()
        said.append(
            phrase("catalog.where-said", language, place=place_text(where.path, where.line))
        )
    return f"{labelled(name, language)} {', '.join(said)}" if said else name


def _cited(match: Match, notes: Footnotes) -> str:
    return notes.cite(match.source) if match.source else ""

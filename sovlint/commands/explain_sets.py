"""The page of a policy set: for whom it is, what it asks at which severity, and by which acts one complies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sovlint.commands.parts.explain_lines import labelled_line, word
from sovlint.policy.policies import Policy, SetDocument
from sovlint.report.messages import labelled
from sovlint.report.pieces.style import Style, wrap


def set_page(
    found: SetDocument, policies: Mapping[str, Policy], language: str, style: Style
) -> Iterator[str]:
    """Everything that there is to know of a set; ``policies`` are all by id."""
    yield from labelled_line(found.id, found.title[language], language, style)
    if found.why is not None:
        yield ""
        yield from style.paragraphs([found.why[language].strip()], "")
    yield ""
    yield style.paint(word("set-asks", language), "strong")
    for entry in found.entries:
        policy = policies[entry.policy]
        severity = (entry.severity or policy.severity).value
        line = word("set-entry", language, policy=policy.id, severity=severity)
        yield from wrap(
            f"{labelled(line, language)} {policy.title[language]}", style.columns, "- ", "  "
        )
    if found.acts:
        yield ""
        yield style.paint(word("set-acts", language), "strong")
    for number, each in enumerate(found.acts, 1):
        head = labelled(word(f"act-{each.act}", language), language)
        text = f"{head} {each.text[language].strip()}"
        yield from wrap(text, style.columns, f"{number}. ", "   ")
    yield ""
    yield from labelled_line(word("written", language), found.where, language, style)

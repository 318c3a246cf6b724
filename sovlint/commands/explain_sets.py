"""The page of a policy set: for whom it is, what it asks at which severity, and by which acts one complies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sovlint.policy.policies import Policy, SetDocument
from sovlint.report.messages import labelled, phrase
from sovlint.report.pieces.style import Style, wrap


def set_page(
    found: SetDocument, policies: Mapping[str, Policy], language: str, style: Style
) -> Iterator[str]:
    """Everything that there is to know of a set; ``policies`` are all by id."""
    yield from _labelled(found.id, found.title[language], language, style)
    if found.why is not None:
        yield ""
        yield from style.paragraphs([found.why[language].strip()], "")
    yield ""
    yield style.paint(_word("set-asks", language), "strong")
    for entry in found.entries:
        policy = policies[entry.policy]
        severity = (entry.severity or policy.severity).value
        line = _word("set-entry", language, policy=policy.id, severity=severity)
        yield from wrap(
            f"{labelled(line, language)} {policy.title[language]}", style.columns, "- ", "  "
        )
    if found.acts:
        yield ""
        yield style.paint(_word("set-acts", language), "strong")
    for number, each in enumerate(found.acts, 1):
        head = labelled(_word(f"act-{each.act}", language), language)
        text = f"{head} {each.text[language].strip()}"
        yield from wrap(text, style.columns, f"{number}. ", "   ")
    yield ""
    yield from _labelled(_word("written", language), found.where, language, style)


def _labelled(label: str, text: str, language: str, style: Style) -> Iterator[str]:
    head = labelled(label, language)
    first, *rest = wrap(f"{head} {text}", style.columns, "", "  ")
    yield style.paint(first[: len(head)], "strong") + first[len(head) :].rstrip()
    yield from rest


def _word(label: str, language: str, **params: object) -> str:
    return phrase(f"commands.explain-{label}", language, **params)

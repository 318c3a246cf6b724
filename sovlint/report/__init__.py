"""HOW IT READS: a report into text, one file a format. Pure: no file is read and nothing is printed here.

The two tables below are all formats there are; each function imports its renderer when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sovlint.model.finding import Report
from sovlint.report.style import Style

Renderer = Callable[[Report, str, Style], str]
"""A report, a language (``en`` or ``fr``) and a style, into the whole output; it ends with a line break."""


def _text(report: Report, language: str, style: Style) -> str:
    from sovlint.report import text

    return text.render(report, language, style)


def _json(report: Report, language: str, style: Style) -> str:
    from sovlint.report import json_

    return json_.render(report, language, style)


def _sarif(report: Report, language: str, style: Style) -> str:
    from sovlint.report import sarif

    return sarif.render(report, language, style)


def _github(report: Report, language: str, style: Style) -> str:
    from sovlint.report import github

    return github.render(report, language, style)


def _markdown(report: Report, language: str, style: Style) -> str:
    from sovlint.report import markdown

    return markdown.render(report, language, style)


def _junit(report: Report, language: str, style: Style) -> str:
    from sovlint.report import junit

    return junit.render(report, language, style)


def _gitlab_codequality(report: Report, language: str, style: Style) -> str:
    from sovlint.report import gitlab_codequality

    return gitlab_codequality.render(report, language, style)


def _gitlab_sast(report: Report, language: str, style: Style) -> str:
    from sovlint.report import gitlab_sast

    return gitlab_sast.render(report, language, style)


def _facts_json(report: Report, language: str, style: Style) -> str:
    from sovlint.report import facts

    return facts.render(report, language, style)


def _facts_table(report: Report, language: str, style: Style) -> str:
    from sovlint.report import facts_table

    return facts_table.render(report, language, style)


REPORTS: Final[Mapping[str, Renderer]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
    "markdown": _markdown,
    "junit": _junit,
    "gitlab-codequality": _gitlab_codequality,
    "gitlab-sast": _gitlab_sast,
}
"""Formats of ``sovlint scan``."""

FACTS_REPORTS: Final[Mapping[str, Renderer]] = {"json": _facts_json, "table": _facts_table}
"""Formats of ``sovlint facts``."""

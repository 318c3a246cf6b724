"""HOW IT READS: a report into text, one file a format. Pure: no file is read and nothing is printed here.

The tables below are all formats there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from sovlint.model.findings.finding import Report
from sovlint.report.pieces.style import Style

Renderer = Callable[[Report, str, Style], str]
"""A report, a language (``en`` or ``fr``) and a style, into the whole output; it ends with a line break."""


def _late(module: str) -> Renderer:
    """The ``render`` of a module of this room, which is imported when it is first called."""

    def render(report: Report, language: str, style: Style) -> str:
        rendered: str = import_module(f"{__name__}.{module}").render(report, language, style)
        return rendered

    return render


REPORTS: Final[Mapping[str, Renderer]] = {
    "text": _late("scan.text"),
    "concise": _late("scan.concise"),
    "json": _late("scan.json_"),
    "sarif": _late("scan.sarif"),
    "github": _late("scan.github"),
    "markdown": _late("scan.markdown"),
    "junit": _late("scan.junit"),
    "gitlab-codequality": _late("scan.gitlab_codequality"),
    "gitlab-sast": _late("scan.gitlab_sast"),
}
"""Formats of ``sovlint scan``."""

MAP_REPORTS: Final[Mapping[str, Renderer]] = {
    "text": _late("map.text"),
    "json": _late("map.json_"),
}
"""Formats of ``sovlint map``."""

FACTS_REPORTS: Final[Mapping[str, Renderer]] = {
    "json": _late("facts.json_"),
    "table": _late("facts.table"),
    "csv": _late("facts.csv_"),
    "cyclonedx": _late("facts.cyclonedx"),
    "cyclonedx-xml": _late("facts.cyclonedx_xml"),
}
"""Formats of ``sovlint facts``."""

PROVENANCE: Final = frozenset(
    (
        "json",
        "sarif",
        "github",
        "markdown",
        "junit",
        "gitlab-sast",
        "cyclonedx",
        "cyclonedx-xml",
    )
)
"""Formats that tell all of what a report was made of: git is asked, and files are digested. Others tell what is known
anyway."""

SUPPOSING: Final = ("text", "json", "markdown")
"""Formats that tell what would be otherwise in a world that is supposed."""

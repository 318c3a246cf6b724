"""The page's own files: templates that escape whatever they are given, the style and the script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sovlint.report.page.tagging import verdict_words
from sovlint.report.page.words import Both, cut, number, said

HERE: Final = Path(__file__).parent
STYLES: Final = (HERE / "drawings.css", HERE / "style.css")
SHARED: Final = HERE / "shared.js"
SCRIPT: Final = HERE / "script.js"
TEMPLATES: Final = HERE / "templates"


@cache
def templates(first: Path = TEMPLATES) -> Environment:
    """The templates, those of the folder ``first`` before those of this page; whatever isn't marked as HTML is escaped,
    and cut where it is far too long."""
    made = Environment(
        loader=FileSystemLoader([first, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cut,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(said=said, number=number, verdict=verdict_words, severity=_severity)
    return made


def _severity(severity: str) -> Both:
    return said(f"report.{severity}")


def ready(text: str) -> Markup:
    """What is HTML already, or JSON in which nothing ends a script: templates leave it as it is."""
    return Markup(text)


def own_parts(
    styles: Sequence[Path] = STYLES, script_file: Path = SCRIPT
) -> dict[str, Markup]:
    """The style and the script as they go into the page, with what the scripts of all pages have in common, and what the
    page may do: use these, and ask nobody for anything."""
    style = "".join(map(_own, styles))
    script = _own(SHARED) + _own(script_file)
    return {
        "style": Markup(style),
        "script": Markup(script),
        "policy": Markup(
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
            " base-uri 'none'; form-action 'none'"
        ),
    }


def _own(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _cut(value: object) -> object:
    return cut(value) if isinstance(value, str) and not isinstance(value, Markup) else value

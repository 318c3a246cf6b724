"""Text and places as SARIF 2.1.0 writes them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from sovlint.model.redaction.redact import mask, printable
from sovlint.model.source import Span
from sovlint.report.pieces.frames import Excerpts
from sovlint.report.pieces.json_text import Json, filled
from sovlint.report.pieces.markup import short

ROOT: Final = "%SRCROOT%"
"""The base of all addresses: the root of the git repository."""

LONGEST_LINE: Final = 300
"""Characters of a source line that is shown."""

_LINK: Final = re.compile(r"[\\\[\]]")
_NO_BYTE: Final = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that stand for no byte of a file's name: no file has them."""


def message_text(words: str) -> str:
    """A plain text message that shows ``words``.

    Braces are doubled (3.11.5). Where ``[x](y)`` would be read as a link, brackets and backslashes are escaped
    (3.11.6); elsewhere they mean nothing and stay, since not every reader takes the escapes away.
    """
    shown = printable(words).replace("{", "{{").replace("}", "}}")
    return _LINK.sub(r"\\\g<0>", shown) if "](" in shown else shown


def uri(path: str) -> str:
    """A path as a relative reference (RFC 3986): percent-encoded, whatever bytes its name is made of."""
    return quote(
        _NO_BYTE.sub("\ufffd", mask(path)).encode("utf-8", "surrogateescape"), safe="/"
    )


def artifact(path: str) -> Json:
    """A file of the repository (3.4)."""
    return {"uri": uri(path), "uriBaseId": ROOT}


def place(path: str, line: int | None, column: int | None) -> Json:
    """A location of which only the beginning is known, or not even that (3.28)."""
    region = {
        key: number
        for key, number in (("startLine", line), ("startColumn", column))
        if number is not None
    }
    return {
        "physicalLocation": {
            "artifactLocation": artifact(path),
            **filled(region=region if line else None),
        }
    }


def location(span: Span, excerpts: Excerpts) -> Json:
    """A location with its region (3.30); its snippet is the first line, without secrets."""
    region: Json = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    if source := excerpts.get((span.path, span.line)):
        region["snippet"] = {"text": short(source, LONGEST_LINE)}
    return {"physicalLocation": {"artifactLocation": artifact(span.path), "region": region}}

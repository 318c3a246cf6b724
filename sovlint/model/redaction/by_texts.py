"""Secrets of texts that are put together elsewhere: what of the result is secret, is so wherever a part of it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from sovlint.model.decoding import late
from sovlint.model.redaction.redact import HIDDEN, mask_source

SHORTEST: Final = 8
"""Shorter parts stand anywhere."""
_LONGEST: Final = 4_000
_MOST: Final = 10_000
_WORD: Final = late(
    rf"""(?<=["'`])[^"'`\r\n]{{{SHORTEST},}}(?=["'`])|[^\s"'`=,;(){{}}\[\]]{{{SHORTEST},}}"""
)


def secret_texts(texts: Iterable[str]) -> frozenset[str]:
    """What is secret of texts, by where it stands in them; of a user and a password, the password."""
    hidden = (each for text in texts if 0 < len(text) <= _LONGEST for each in _hidden(text))
    found = {each.partition(":")[2] or each for each in hidden}
    return frozenset(sorted(each for each in found if len(each) >= SHORTEST)[:_MOST])


def _hidden(text: str) -> Iterator[str]:
    """The stretches that are masked in a text."""
    if HIDDEN in text:
        return
    at = 0
    first, *pieces = mask_source(text).split(HIDDEN)
    for before, after in zip((first, *pieces), pieces, strict=False):
        start = at + len(before)
        at = text.find(after, start) if after else len(text)
        if at < 0:
            return
        yield text[start:at]


def without_texts(line: str, secrets: Collection[str]) -> str:
    """A line without secrets, and without words that are a part of one."""
    for each in secrets:
        line = line.replace(each, HIDDEN)
    joined = "\n".join(secrets)
    return (
        _WORD().sub(lambda met: HIDDEN if met[0] in joined else met[0], line)
        if joined
        else line
    )

"""Characters as Terraform counts them (grapheme clusters), and their cases as Go maps them, one by one."""

from __future__ import annotations

from sovlint.expressions.kinds import NotKnown, unsupported
from sovlint.model.decoding import late_pattern

_ALONE = late_pattern(
    r"(?:[\x00-\x0c\x0e-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u20a0-\u20bf\u2190-\u21ff"
    r"\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3]|\r(?!\n))*"
)
"""Text whose characters stand each for itself: nothing that joins others."""


def alone(text: str) -> str:
    """``text``, each of whose characters is one to Terraform too. Raises ``NotKnown`` where that isn't sure."""
    if not (text.isascii() and "\r" not in text) and not _ALONE.fullmatch(text):
        raise NotKnown(unsupported("characters that may belong together"))
    return text


def upper(text: str) -> str:
    """Capitals, character by character."""
    return (
        text.upper() if text.isascii() else "".join(_one(each, each.upper()) for each in text)
    )


def lower(text: str) -> str:
    """Small letters, character by character."""
    return (
        text.lower() if text.isascii() else "".join(_one(each, each.lower()) for each in text)
    )


def _one(character: str, changed: str) -> str:
    if len(changed) == 1:
        return changed
    if character == "ß":
        return character
    raise NotKnown(unsupported("a character whose other case is several"))


def title(text: str) -> str:
    """A capital wherever a word begins: behind anything in ASCII but letters, digits and ``_``, and behind space."""
    found, begins = [], True
    for each in text:
        found.append(_one(each, each.title()) if begins and each.isalpha() else each)
        begins = not (each.isalnum() or each == "_") if each.isascii() else each.isspace()
    return "".join(found)

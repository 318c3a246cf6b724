"""Small letters and capitals as Go has them: each character becomes one character."""

from __future__ import annotations


def lower(text: str) -> str:
    """All in small letters."""
    return text.lower() if text.isascii() else "".join([each.lower()[0] for each in text])


def upper(text: str) -> str:
    """All in capitals. What has no capital of its own stays (``ß``)."""
    return text.upper() if text.isascii() else "".join(map(_capital, text))


def _capital(character: str) -> str:
    changed = character.upper()
    return changed if len(changed) == 1 else character


def title(text: str) -> str:
    """A capital wherever a word begins: behind anything in ASCII but letters, digits and ``_``, and behind space."""
    made, begins = [], True
    for each in text:
        made.append(
            each.title() if begins and each.isalpha() and len(each.title()) == 1 else each
        )
        begins = not (each.isalnum() or each == "_") if each.isascii() else each.isspace()
    return "".join(made)

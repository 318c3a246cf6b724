"""Names -> the data class that they suggest: whole tokens of any case style, never inside other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sovlint.catalog.entries import LexiconTerm
from sovlint.model.lookups.names import tokens


def suggest(
    names: Iterable[str], terms: Sequence[LexiconTerm]
) -> dict[str, tuple[str, LexiconTerm]]:
    """Data class -> the name and the term that suggest it, the first name winning."""
    found: dict[str, tuple[str, LexiconTerm]] = {}
    for name in names:
        words = tokens(name)
        for term in _within(words, terms):
            found.setdefault(term.data_class, (name, term))
    return found


def _within(words: tuple[str, ...], terms: Sequence[LexiconTerm]) -> Iterable[LexiconTerm]:
    """Terms found in a name's words, longest first; a shorter one inside a longer match doesn't count again."""
    taken = [False] * len(words)
    present = {form for word in words for form in _forms(word)}
    for term in terms:
        if term.tokens[0] not in present:
            continue
        width = len(term.tokens)
        for start in range(len(words) - width + 1):
            if not any(taken[start : start + width]) and _same(
                words[start : start + width], term.tokens
            ):
                if _cancelled(words, start, width, term):
                    continue
                taken[start : start + width] = [True] * width
                yield term


def _forms(word: str) -> tuple[str, ...]:
    """A word as it stands, and without the ending of a plural."""
    return (word, word[:-1]) if len(word) > 3 and word[-1] in "sx" else (word,)


def _same(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(token in _forms(word) for word, token in zip(words, wanted, strict=True))


def _cancelled(words: tuple[str, ...], start: int, width: int, term: LexiconTerm) -> bool:
    """Whether the match lies inside a longer everyday phrase (``health`` in ``health check``)."""
    for phrase in term.unless:
        for at in range(
            max(0, start + width - len(phrase)), min(start, len(words) - len(phrase)) + 1
        ):
            if words[at : at + len(phrase)] == phrase:
                return True
    return False

"""What is wrong with a document under a JSON Schema, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sovlint.documents.document import Document
from sovlint.documents.fitting import fits
from sovlint.documents.places import Path
from sovlint.model.source import Span

_UNKNOWN = "unknown key"


def problems(document: Document, schema: Mapping[str, Any]) -> list[tuple[Span, str]]:
    """What is wrong with a document under a JSON Schema: for each problem its span and a sentence.

    Unknown keys come first: a misspelt key often makes another look absent, or wrong.
    """
    if fits(document.data, schema):
        return []
    from jsonschema import Draft202012Validator  # imported late: 0.12 s

    found = []
    for error in Draft202012Validator(schema).iter_errors(document.data):
        for inner in _leaves(error):
            at: Path = tuple(inner.absolute_path)
            found.append((document.span(_extra_key(inner, at)), _sentence(inner, at)))
    return sorted(set(found), key=lambda problem: (not problem[1].startswith(_UNKNOWN), problem))


def closest(word: str, known: Sequence[str]) -> str:
    """`` Did you mean `x`?`` where something close is known, else an empty string."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f" Did you mean `{close[0]}`?" if close else ""


def _leaves(error: Any) -> Iterator[Any]:
    """The errors that say most: inside ``anyOf``/``oneOf`` those of the branch that fits best."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        from jsonschema.exceptions import best_match

        best = best_match([error])
        if best is not None and best is not error:
            yield best
            return
    yield error


def _unknown_keys(error: Any) -> list[str]:
    known = set(error.schema.get("properties", {}))
    return [key for key in error.instance if key not in known]


def _extra_key(error: Any, at: Path) -> Path:
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        return (*at, *_unknown_keys(error)[:1])
    return at


def _sentence(error: Any, at: Path) -> str:
    name = ".".join(str(part) for part in at) or "the document"
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        unknown = _unknown_keys(error)
        known = list(error.schema.get("properties", {}))
        where = f" in `{name}`" if at else ""
        return f"{_UNKNOWN} `{unknown[0]}`{where}.{closest(unknown[0], known)}" if unknown else error.message
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return f"`{name}` lacks the key `{missing[0]}`."
    if error.validator == "enum":
        allowed = [str(value) for value in error.validator_value]
        return (
            f"`{name}` can't be {error.instance!r}: one of {', '.join(allowed)}.{closest(str(error.instance), allowed)}"
        )
    if error.validator == "type":
        return f"`{name}` must be of type {error.validator_value}, not {error.instance!r}."
    expected = (
        error.schema.get("description") if error.validator == "pattern" and isinstance(error.schema, dict) else None
    )
    return f"`{name}`: {error.message}.{f' Expected: {expected}' if expected else ''}"

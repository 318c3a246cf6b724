"""What is wrong with a document under a JSON Schema, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sovlint.documents.document import Document
from sovlint.documents.fitting import fits
from sovlint.documents.places import Path
from sovlint.documents.refusals import refusal, shown
from sovlint.model.redaction.redact import mask
from sovlint.model.source import Span
from sovlint.model.text import Bilingual

_UNKNOWN = "unknown key"
WAS = "x-was"
"""In a schema: names that keys had before, with those that they have now."""


def problems(document: Document, schema: Mapping[str, Any]) -> list[tuple[Span, str]]:
    """``faults`` in English alone, as what is wrong with a configuration is said."""
    return [(span, sentence.en) for span, sentence in faults(document, schema)]


def faults(document: Document, schema: Mapping[str, Any]) -> list[tuple[Span, Bilingual]]:
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
            said = _sentence(inner, at)
            found.append(
                (
                    document.span(_extra_key(inner, at)),
                    Bilingual(mask(said.en), mask(said.fr)),
                )
            )
    return sorted(
        set(found),
        key=lambda fault: (not fault[1].en.startswith(_UNKNOWN), fault[0], fault[1].en),
    )


def closest(word: str, known: Sequence[str]) -> str:
    """`` Did you mean `x`?`` where something close is known, else an empty string."""
    return _closest(word, known).en


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


def _sentence(error: Any, at: Path) -> Bilingual:
    name = ".".join(str(part) for part in at)
    en, fr = name or "the document", name or "le document"
    value = shown(error.instance)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        unknown = _unknown_keys(error)
        if unknown:
            meant = _renamed(unknown[0], error.schema) or _closest(
                unknown[0], list(error.schema.get("properties", {}))
            )
            where = Bilingual(f" in `{name}`", f" dans `{name}`") if at else Bilingual("", "")
            return Bilingual(
                f"{_UNKNOWN} `{unknown[0]}`{where.en}.{meant.en}",
                f"clé inconnue `{unknown[0]}`{where.fr}.{meant.fr}",
            )
        return refusal(error.validator, name, None, error.instance, error.schema)
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return Bilingual(
            f"`{en}` lacks the key `{missing[0]}`.",
            f"il manque à `{fr}` la clé `{missing[0]}`.",
        )
    if error.validator == "enum":
        allowed = [str(each) for each in error.validator_value]
        listed, meant = ", ".join(allowed), _closest(str(error.instance), allowed)
        return Bilingual(
            f"`{en}` can't be {value.en}: one of {listed}.{meant.en}",
            f"`{fr}` ne peut valoir {value.fr} : l'une de {listed}.{meant.fr}",
        )
    return refusal(error.validator, name, error.validator_value, error.instance, error.schema)


def _renamed(key: str, schema: Mapping[str, Any]) -> Bilingual | None:
    """What a key is called that had another name before."""
    now = schema.get(WAS, {}).get(key)
    return (
        None
        if now is None
        else Bilingual(f" It is `{now}` now.", f" C'est désormais `{now}`.")
    )


def _closest(word: str, known: Sequence[str]) -> Bilingual:
    from difflib import get_close_matches  # imported late: few runs need it

    close = get_close_matches(word, known, n=1)
    return (
        Bilingual(f" Did you mean `{close[0]}`?", f" Vouliez-vous dire `{close[0]}` ?")
        if close
        else Bilingual("", "")
    )

"""What is wrong with a document under a JSON Schema, in sentences for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sovlint.documents.document import Document
from sovlint.documents.fitting import fits
from sovlint.documents.places import Path
from sovlint.model.redaction.redact import mask
from sovlint.model.source import Span
from sovlint.model.text import Bilingual

_UNKNOWN = "unknown key"
WAS = "x-was"
"""In a schema: names that keys had before, with those that they have now."""
_TYPES = {
    "array": "une liste", "object": "un ensemble de clés", "string": "un texte", "boolean": "true ou false",
    "integer": "un nombre entier", "number": "un nombre", "null": "vide",
}  # fmt: skip


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
    value = _shown(error.instance)
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
        return Bilingual(error.message, error.message)
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
    if error.validator == "type":
        types = (
            error.validator_value
            if isinstance(error.validator_value, list)
            else [error.validator_value]
        )
        wanted = " ou ".join(_TYPES.get(str(each), str(each)) for each in types)
        return Bilingual(
            f"`{en}` must be of type {error.validator_value}, not {value.en}.",
            f"`{fr}` doit être {wanted}, et non {value.fr}.",
        )
    if error.validator == "const":
        wanted = json.dumps(error.validator_value, ensure_ascii=False)
        return Bilingual(
            f"`{en}` must be {wanted}, not {value.en}.",
            f"`{fr}` doit valoir {wanted}, et non {value.fr}.",
        )
    schema = (
        error.schema
        if error.validator == "pattern" and isinstance(error.schema, dict)
        else {}
    )
    expected = schema.get("description")
    expected_fr = schema.get("x-description-fr", expected)
    return Bilingual(
        f"`{en}`: {error.message}.{f' Expected: {expected}' if expected else ''}",
        f"`{fr}` : {_refused(error, value.fr)}.{f' Attendu : {expected_fr}' if expected_fr else ''}",
    )


def _renamed(key: str, schema: Mapping[str, Any]) -> Bilingual | None:
    """What a key is called that had another name before."""
    now = schema.get(WAS, {}).get(key)
    return (
        None
        if now is None
        else Bilingual(f" It is `{now}` now.", f" C'est désormais `{now}`.")
    )


def _refused(error: Any, value: str) -> str:
    """Why a value is refused, in French."""
    if error.validator in ("minLength", "minItems") and not error.instance:
        return "il ne doit pas être vide"
    return (
        f"{value} n'a pas la forme voulue"
        if error.validator == "pattern"
        else f"refusé ({error.message})"
    )


def _shown(instance: Any) -> Bilingual:
    """A value as people know it; what has values in it is named by its kind, since it may be long and hold anything."""
    if isinstance(instance, dict):
        return Bilingual("a mapping", "un ensemble de clés")
    if isinstance(instance, list):
        return Bilingual("a list", "une liste")
    return (
        Bilingual("empty", "vide")
        if instance is None
        else Bilingual(repr(instance), repr(instance))
    )


def _closest(word: str, known: Sequence[str]) -> Bilingual:
    from difflib import get_close_matches  # imported late: few runs need it

    close = get_close_matches(word, known, n=1)
    return (
        Bilingual(f" Did you mean `{close[0]}`?", f" Vouliez-vous dire `{close[0]}` ?")
        if close
        else Bilingual("", "")
    )

"""What is wrong with a document under a JSON Schema, in sentences for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from sovlint.documents.document import Document
from sovlint.documents.fitting import fits
from sovlint.documents.places import Path
from sovlint.model.redaction.redact import mask
from sovlint.model.source import Span
from sovlint.model.text import Bilingual

# --- Why a value isn't as a JSON Schema has it: a sentence of ours for each keyword of schemas, in both languages, so that
# nothing of the validator's own words, and no value in a syntax of another language, is shown.

RefusedValue = tuple[str, Any, Any, Mapping[str, Any]]
"""The name of what is refused, what the keyword says, the value, and the schema around it."""
_TYPES: Final = {
    "array": "une liste", "object": "un ensemble de clés", "string": "un texte", "boolean": "true ou false",
    "integer": "un nombre entier", "number": "un nombre", "null": "vide",
}  # fmt: skip


_TOO_LONG: Final = (
    "`{name}` is too long: {wanted} at most.",
    "`{name}` est trop long : {wanted} au plus.",
)
_PLAIN: Final[Mapping[str, tuple[str, str]]] = {
    "maxLength": _TOO_LONG,
    "maxItems": _TOO_LONG,
    "maxProperties": _TOO_LONG,
    "minimum": (
        "`{name}` can't be {value}: {wanted} is the least.",
        "`{name}` ne peut valoir {value} : {wanted} est le minimum.",
    ),
    "maximum": (
        "`{name}` can't be {value}: {wanted} is the most.",
        "`{name}` ne peut valoir {value} : {wanted} est le maximum.",
    ),
    "exclusiveMinimum": (
        "`{name}` can't be {value}: it is more than {wanted}.",
        "`{name}` ne peut valoir {value} : c'est plus que {wanted}.",
    ),
    "uniqueItems": (
        "`{name}` has something twice.",
        "`{name}` a deux fois la même chose.",
    ),
}
"""By keyword, the sentences that are the same whatever is refused."""


def refusal(
    keyword: str, name: str, wanted: Any, value: Any, schema: Mapping[str, Any]
) -> Bilingual:
    """The sentence for a value that a keyword of a schema refuses. ``name``: its dotted path; empty of the document."""
    called = name or "the document"
    if keyword in _PLAIN:
        said = {"name": called, "wanted": wanted, "value": value}
        en, fr = (each.format_map(said) for each in _PLAIN[keyword])
    else:
        en, fr = _SENTENCES.get(keyword, _any_form)((called, wanted, value, schema))
    return Bilingual(en, fr.replace("`the document`", "`le document`"))


def shown(value: Any) -> Bilingual:
    """A value as people know it; what has values in it is named by its kind, since it may be long and hold anything."""
    if isinstance(value, dict):
        return Bilingual("a mapping", "un ensemble de clés")
    if isinstance(value, list):
        return Bilingual("a list", "une liste")
    if value is None:
        return Bilingual("empty", "vide")
    if isinstance(value, bool):
        return Bilingual(str(value).lower(), str(value).lower())
    return Bilingual(repr(value), repr(value))


def _type(refused: RefusedValue) -> tuple[str, str]:
    name, wanted, value, _ = refused
    types: list[str] = wanted if isinstance(wanted, list) else [wanted]
    french = " ou ".join(_TYPES.get(each, each) for each in types)
    said = shown(value)
    return (
        f"`{name}` must be of type {' or '.join(types)}, not {said.en}.",
        f"`{name}` doit être {french}, et non {said.fr}.",
    )


def _const(refused: RefusedValue) -> tuple[str, str]:
    name, wanted, value, _ = refused
    only, said = json.dumps(wanted, ensure_ascii=False), shown(value)
    return (
        f"`{name}` must be {only}, not {said.en}.",
        f"`{name}` doit valoir {only}, et non {said.fr}.",
    )


def _dependent(refused: RefusedValue) -> tuple[str, str]:
    name, wanted, value, _ = refused
    key, other = next(
        (each, other)
        for other, keys in wanted.items()
        if other in value
        for each in keys
        if each not in value
    )
    return (
        f"`{name}` lacks the key `{key}`, which `{other}` takes.",
        f"il manque à `{name}` la clé `{key}`, que demande `{other}`.",
    )


def _least(refused: RefusedValue) -> tuple[str, str]:
    """Of how much there is in it."""
    name, wanted, value, _ = refused
    if not value:
        return f"`{name}` must not be empty.", f"`{name}` ne doit pas être vide."
    return (
        f"`{name}` is too short: {wanted} at least.",
        f"`{name}` est trop court : {wanted} au moins.",
    )


def _pattern(refused: RefusedValue) -> tuple[str, str]:
    name, wanted, value, schema = refused
    expected = schema.get("description")
    french = schema.get("x-description-fr", expected)
    return (
        f"`{name}`: {value!r} does not match {wanted!r}.{f' Expected: {expected}' if expected else ''}",
        f"`{name}` : {value!r} n'a pas la forme voulue.{f' Attendu : {french}' if french else ''}",
    )


def _any_form(refused: RefusedValue) -> tuple[str, str]:
    """Of several forms none fits, or too many do; where each is a key that must be there, they are named."""
    name, wanted, value, _ = refused
    keys, said = _keys_of(wanted), shown(value)
    if keys:
        listed = ", ".join(f"`{key}`" for key in keys)
        return (
            f"`{name}` takes one of these keys: {listed}.",
            f"`{name}` demande l'une de ces clés : {listed}.",
        )
    return (
        f"`{name}` can't be {said.en}: it has none of the forms that are allowed.",
        f"`{name}` ne peut valoir {said.fr} : ce n'est aucune des formes permises.",
    )


def _keys_of(forms: Any) -> Sequence[str]:
    """The keys of forms of which each is that some must be there; none where one asks something else."""
    listed = forms if isinstance(forms, list) else []
    if not all(isinstance(form, dict) and set(form) == {"required"} for form in listed):
        return ()
    return [" + ".join(form["required"]) for form in listed]


_SENTENCES: Final[Mapping[str, Callable[[RefusedValue], tuple[str, str]]]] = {
    "type": _type,
    "const": _const,
    "dependentRequired": _dependent,
    "minLength": _least,
    "minItems": _least,
    "minProperties": _least,
    "pattern": _pattern,
}
"""By keyword; of those that aren't listed (``anyOf``, ``not``, ``contains``) a value has none of its forms."""


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

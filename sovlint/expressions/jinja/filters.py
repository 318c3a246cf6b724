"""Filters of Jinja and Ansible. What a filter gives of what isn't known is right whatever that is, else unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sovlint.expressions.jinja.values import (
    NotThere,
    UnsetHole,
    as_hole,
    holds_unknown,
    is_unknown,
)
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.functions.formats.reading import (
    UnreadableTextError,
    as_values,
)
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.text import TemplateHole, indented, joined, part
from sovlint.expressions.templates.values import List, Map

_TRUE: Final = frozenset(("yes", "on", "1", "true", "y", "t"))
Filter = Callable[..., Any]


def _default(run: TemplateRun, value: Any, otherwise: Any = "", falsy: Any = False) -> Any:
    """``default``: what nothing here defines is what it says."""
    if isinstance(value, (NotThere, UnsetHole)):
        return otherwise
    if falsy is True:
        return value if run.is_true(value) else otherwise
    return value


def _bool(run: TemplateRun, value: Any) -> Any:
    if isinstance(value, (bool, int)):
        return bool(value)
    if is_unknown(value):
        return _unknown(run, "bool", value)
    return isinstance(value, str) and str(value).lower() in _TRUE


def _int(run: TemplateRun, value: Any, otherwise: Any = 0, base: Any = 10) -> Any:
    if is_unknown(value):
        return _unknown(run, "int", value)
    try:
        return int(value, base) if isinstance(value, str) else int(value)
    except (TypeError, ValueError):
        return otherwise


def _float(run: TemplateRun, value: Any, otherwise: Any = 0.0) -> Any:
    if is_unknown(value):
        return _unknown(run, "float", value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return otherwise


def _unknown(run: TemplateRun, name: str, *values: Any) -> TemplateHole:
    return run.unknown(
        name, *(as_hole(each) if isinstance(each, NotThere) else each for each in values)
    )


def _text(run: TemplateRun, value: Any) -> str:
    if isinstance(value, NotThere):
        value = as_hole(value)
    if isinstance(value, (str, TemplateHole)):
        return run.shown(value)
    if isinstance(value, (dict, list)):
        return str(_json(run, value))
    return str(value)


def _by(name: str) -> Filter:
    """A filter that a function of Helm's templates is."""

    def apply(run: TemplateRun, value: Any, *arguments: Any) -> Any:
        written = _text(run, value)
        return FUNCTIONS[name](run, *(_text(run, each) for each in arguments), written)

    return apply


def _join(run: TemplateRun, value: Any, separator: Any = "", attribute: Any = None) -> Any:
    if not isinstance(value, list) or attribute is not None or is_unknown(separator):
        return (
            value
            if isinstance(value, str) and not is_unknown(value)
            else _unknown(run, "join", value)
        )
    return joined([_text(run, each) for each in value], str(separator))


def _writing(name: str, ends: str = "") -> Filter:
    def write(run: TemplateRun, value: Any, **_: Any) -> Any:
        value = as_hole(value) if isinstance(value, NotThere) else value
        try:
            made = FUNCTIONS[name](run, value)
        except TemplateError:
            return _unknown(run, name, value)
        return joined((made, ends)) if isinstance(made, str) and ends else made

    return write


_json: Final = _writing("toJson")


def _indent(
    run: TemplateRun, value: Any, width: Any = 4, first: Any = False, blank: Any = False
) -> Any:
    if not isinstance(width, int) or not 0 <= width <= 1_000:
        return _unknown(run, "indent", value, width)
    written = _text(run, value)
    run.afford(len(written) // 8 + written.count("\n") * width // 8)
    lines = indented(written, width)
    return lines if first is True else part(lines, width, len(lines))


def _list(run: TemplateRun, value: Any) -> Any:
    if isinstance(value, list):
        return value
    if isinstance(value, Map) and value.rest is None:
        return List(value)
    return _unknown(run, "list", value)


def _length(run: TemplateRun, value: Any) -> Any:
    open_map = isinstance(value, Map) and value.rest is not None
    if is_unknown(value) or open_map or not isinstance(value, (str, list, dict)):
        return _unknown(run, "length", value)
    return len(value)


def _end(at: int) -> Filter:
    def take(run: TemplateRun, value: Any) -> Any:
        if isinstance(value, list):
            return value[at] if value else NotThere("first" if at == 0 else "last")
        return _unknown(run, f"[{at}]", value)

    return take


def _ternary(run: TemplateRun, value: Any, yes: Any, no: Any, other: Any = None) -> Any:
    return (
        yes if run.is_true(as_hole(value) if isinstance(value, NotThere) else value) else no
    )


def _quote(run: TemplateRun, value: Any) -> Any:
    written = _text(run, value)
    plain = not is_unknown(written) and all(
        each.isalnum() or each in "@%+=:,./-_" for each in written
    )
    return written if plain and written else _unknown(run, "quote", written)


def _combine(
    run: TemplateRun, value: Any, *others: Any, recursive: Any = False, **_: Any
) -> Any:
    """Maps laid on each other; what isn't known may have said anything."""
    whole = Map()
    for each in (value, *others):
        if isinstance(each, Map):
            _lay(whole, each, recursive is True)
        else:
            whole.rest = _unknown(run, "combine", each)
    return whole


def _lay(under: Map, over: Map, deep: bool) -> None:
    for key, value in over.items():
        there = under.get(key)
        if deep and isinstance(there, Map) and isinstance(value, Map):
            inner = Map(there, there.places)
            inner.rest = there.rest
            _lay(inner, value, deep)
            value = inner
        under[key] = value
        if key in over.places:
            under.places[key] = over.places[key]
    under.rest = over.rest if over.rest is not None else under.rest


def _pairs(
    run: TemplateRun, value: Any, key_name: Any = "key", value_name: Any = "value"
) -> Any:
    if not isinstance(value, Map) or value.rest is not None:
        return _unknown(run, "dict2items", value)
    return List(
        Map({str(key_name): key, str(value_name): each}) for key, each in value.items()
    )


def _from_pairs(
    run: TemplateRun, value: Any, key_name: Any = "key", value_name: Any = "value"
) -> Any:
    if not isinstance(value, list) or not all(isinstance(each, Map) for each in value):
        return _unknown(run, "items2dict", value)
    keys = [each.get(key_name) for each in value]
    if any(is_unknown(key) or key is None for key in keys):
        return _unknown(run, "items2dict", value)
    return Map(
        {str(key): each.get(value_name) for key, each in zip(keys, value, strict=True)}
    )


def _mapped(
    run: TemplateRun, value: Any, *names: Any, attribute: Any = None, default: Any = None
) -> Any:
    if not isinstance(value, list):
        return _unknown(run, "map", value)
    if attribute is None and names and names[0] in FILTERS:
        return List(FILTERS[names[0]](run, each, *names[1:]) for each in value)
    if not isinstance(attribute, str) or "." in attribute:
        return _unknown(run, "map", value)
    return List(
        each[attribute]
        if isinstance(each, Map) and attribute in each
        else _unknown(run, "map", each)
        for each in value
    )


def _flat(run: TemplateRun, value: Any, levels: Any = None) -> Any:
    if not isinstance(value, list):
        return _unknown(run, "flatten", value)
    flat: list[Any] = []
    for each in value:
        flat.extend(_flat(run, each) if isinstance(each, list) else (each,))
    return List(flat)


def _known_texts(name: str, make: Callable[[list[str]], list[str]]) -> Filter:
    def apply(run: TemplateRun, value: Any) -> Any:
        if (
            not isinstance(value, list)
            or holds_unknown(run, value)
            or not all(isinstance(each, str) for each in value)
        ):
            return _unknown(run, name, value)
        return List(make(value))

    return apply


def _from_json(run: TemplateRun, value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return value
    from sovlint.expressions.templates.functions.formats.reading import from_json

    try:
        return (
            _unknown(run, "from_json", value)
            if not isinstance(value, str)
            else from_json(run, value)
        )
    except UnreadableTextError:
        return _unknown(run, "from_json", value)


def _from_yaml(run: TemplateRun, value: Any) -> Any:
    """What a YAML text says. It stays the text where that is all that is asked of it (``definition``)."""
    documents = yaml_documents(run, value)
    if documents is None:
        return (
            _unknown(run, "from_yaml", value)
            if not isinstance(value, (dict, list))
            else value
        )
    return documents[0] if documents else None


def _from_yaml_all(run: TemplateRun, value: Any) -> Any:
    documents = yaml_documents(run, value)
    return _unknown(run, "from_yaml_all", value) if documents is None else List(documents)


def yaml_documents(run: TemplateRun, value: Any) -> list[Any] | None:
    """All documents of a YAML text, as values; ``None`` where it is none, or can't be read."""
    from sovlint.documents import DocumentError, load

    if not isinstance(value, str):
        return None
    run.afford(len(value) // 8)
    try:
        return [
            as_values(run, each.data)
            for each in load(str(value), "")
            if each.data is not None
        ]
    except (DocumentError, UnreadableTextError):
        return None


def _same(run: TemplateRun, value: Any, *_: Any, **__: Any) -> Any:
    return value


FILTERS: Final[Mapping[str, Filter]] = {
    "default": _default, "d": _default, "bool": _bool, "int": _int, "float": _float, "string": _text,
    "lower": _by("lower"), "upper": _by("upper"), "trim": _by("trim"), "replace": _by("replace"),
    "b64encode": _by("b64enc"), "b64decode": _by("b64dec"), "basename": _by("base"), "dirname": _by("dir"),
    "join": _join, "to_json": _json, "to_nice_json": _json, "tojson": _json,
    "to_yaml": _writing("toYaml", "\n"), "to_nice_yaml": _writing("toYaml", "\n"),
    "from_json": _from_json, "from_yaml": _from_yaml, "from_yaml_all": _from_yaml_all,
    "indent": _indent, "list": _list, "length": _length, "count": _length, "first": _end(0), "last": _end(-1),
    "ternary": _ternary, "quote": _quote, "combine": _combine, "dict2items": _pairs, "items2dict": _from_pairs,
    "map": _mapped, "flatten": _flat, "sort": _known_texts("sort", sorted),
    "unique": _known_texts("unique", lambda texts: list(dict.fromkeys(texts))),
    "mandatory": _same, "safe": _same, "expanduser": _same,
}  # fmt: skip

"""``toYaml``, ``fromYaml`` and their kin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import holds_unknown, text
from sovlint.expressions.templates.functions.formats import yaml_writing
from sovlint.expressions.templates.functions.formats.json_writing import (
    JsonStyle,
    NoJsonError,
    json_text,
)
from sovlint.expressions.templates.functions.formats.reading import (
    UnreadableTextError,
    from_json,
    from_yaml,
    holes_are_values,
)
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole, has_holes
from sovlint.expressions.templates.values import List, Map
from sovlint.expressions.templates.values_text import kind_name, type_name

_BEFORE = "error unmarshaling JSON: while decoding JSON: "


def _writer(
    name: str, write: Callable[[Execution, Any], str], must: bool
) -> TemplateFunction:
    """A function that writes values; what can't be written is nothing, or an error."""

    def call(run: Execution, value: Any) -> Any:
        if isinstance(value, TemplateHole):
            return run.unknown(name, value)
        try:
            return write(run, value)
        except NoJsonError:
            if must:
                raise TemplateError(f"error marshaling into JSON: {name}") from None
            return ""

    return call


def _to_yaml(run: Execution, value: Any) -> str:
    return yaml_writing.written(run, value)


def _to_yaml_pretty(run: Execution, value: Any) -> str:
    return yaml_writing.written(run, value, yaml_writing.PRETTY)


def _to_json(run: Execution, value: Any) -> str:
    return json_text(run, value)


def _to_pretty_json(run: Execution, value: Any) -> str:
    return json_text(run, value, JsonStyle(indent="  "))


def _to_raw_json(run: Execution, value: Any) -> str:
    return json_text(run, value, JsonStyle(html=False))


def _reader(
    name: str, read: Callable[[Execution, str], Any], wanted: type, before: str
) -> TemplateFunction:
    """A function that reads a map or a list; where it can't, what is wrong stands in it."""

    def call(run: Execution, written: Any) -> Any:
        if isinstance(written, TemplateHole):
            return run.unknown(name, written)
        run.afford(len(text(written)))
        partial = has_holes(written)
        try:
            value = read(run, written)
        except UnreadableTextError as error:
            return run.unknown(name, written) if partial else _failed(wanted, str(error))
        if partial and not (isinstance(value, wanted) and holes_are_values(written, value)):
            return run.unknown(name, written)
        if value is None:
            return wanted()
        if not isinstance(value, wanted):
            into = type_name(wanted())
            found = f"json: cannot unmarshal {_json_kind(value)} into Go value of type {into}"
            return _failed(wanted, before + found)
        return value

    return call


def _failed(wanted: type, message: str) -> Any:
    return Map({"Error": message}) if wanted is Map else List([message])


def _json_kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "object"
    if isinstance(value, list):
        return "array"
    kind = kind_name(value)
    return "number" if kind == "float64" else kind


def _must_from_json(run: Execution, written: Any) -> Any:
    if holds_unknown(written):
        return run.unknown("mustFromJson", written)
    try:
        return from_json(run, text(written))
    except UnreadableTextError as error:
        raise TemplateError(str(error)) from None


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "toYaml": _writer("toYaml", _to_yaml, must=False),
    "mustToYaml": _writer("toYaml", _to_yaml, must=True),
    "toYamlPretty": _writer("toYamlPretty", _to_yaml_pretty, must=False),
    "toJson": _writer("toJson", _to_json, must=False),
    "mustToJson": _writer("toJson", _to_json, must=True),
    "toPrettyJson": _writer("toPrettyJson", _to_pretty_json, must=False),
    "mustToPrettyJson": _writer("toPrettyJson", _to_pretty_json, must=True),
    "toRawJson": _writer("toRawJson", _to_raw_json, must=True),
    "mustToRawJson": _writer("toRawJson", _to_raw_json, must=True),
    "fromYaml": _reader("fromYaml", from_yaml, Map, _BEFORE),
    "fromYamlArray": _reader("fromYamlArray", from_yaml, List, _BEFORE),
    "fromJson": _reader("fromJson", from_json, Map, ""),
    "fromJsonArray": _reader("fromJsonArray", from_json, List, ""),
    "mustFromJson": _must_from_json,
}

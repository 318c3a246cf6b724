"""``merge`` and ``mergeOverwrite``, which change their first map, as mergo does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import is_unknown, mapping, rest_of
from sovlint.expressions.templates.functions.defaults import is_empty, may_be_empty
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map


def _merge(run: Execution, target: Any, *sources: Any) -> Any:
    return _merged(run, "merge", target, sources, overwrite=False)


def _merge_overwrite(run: Execution, target: Any, *sources: Any) -> Any:
    return _merged(run, "mergeOverwrite", target, sources, overwrite=True)


def _merged(
    run: Execution, name: str, target: Any, sources: tuple[Any, ...], overwrite: bool
) -> Any:
    if isinstance(target, TemplateHole):
        return run.unknown(name, target, *sources)
    if target is None:
        target = Map()
    if not isinstance(target, dict):
        raise TemplateError("wrong type for value; expected map[string]interface {}")
    for source in sources:
        if isinstance(source, TemplateHole):
            _take_unknown(run, target, source, overwrite)
        else:
            _take(run, target, mapping(source), overwrite)
    return target


def _take_unknown(
    run: Execution, target: dict[str, Any], source: TemplateHole, overwrite: bool
) -> None:
    """What a map that isn't known may have becomes what else may be there. Known values stay only where they win."""
    run.afford(len(target) + 1)
    run.changes(target)
    if isinstance(target, Map):
        target.rest = source
    for key, value in target.items():
        under = run.unknown("get", source, key)
        if isinstance(value, dict):
            if overwrite:
                target[key] = run.unknown("merge", value, under)
            else:
                _take_unknown(run, value, under, overwrite)
        elif overwrite or _may_yield(run, value):
            target[key] = run.unknown("merge", value, under)


def _may_yield(run: Execution, value: Any) -> bool:
    """Whether a value may be empty: another takes its place then."""
    return may_be_empty(run, value) if is_unknown(value) else is_empty(run, value)


def _take(
    run: Execution, target: dict[str, Any], source: Mapping[str, Any], overwrite: bool
) -> None:
    run.afford(len(source) + 1)
    run.changes(target)
    for key, value in source.items():
        _take_entry(run, target, key, value, overwrite)
        if isinstance(source, Map) and key in source.places and isinstance(target, Map):
            target.places.setdefault(key, source.places[key])
    if isinstance(source, Map) and source.rest is not None:
        missing = [key for key in target if key not in source]
        hole = source.rest
        for key in missing:
            if overwrite or _may_yield(run, target[key]):
                target[key] = run.unknown("merge", target[key], hole)
        if isinstance(target, Map):
            target.rest = source.rest if target.rest is None else target.rest


def _take_entry(
    run: Execution, target: dict[str, Any], key: str, value: Any, overwrite: bool
) -> None:
    """mergo's rule for one key: maps are merged, else the target's value stays unless it is empty or overwritten. nil
    takes a value's place only where it overwrites."""
    if value is None and not overwrite:
        return
    if key not in target:
        rest = target.rest if isinstance(target, Map) else None
        if rest is None or (overwrite and not isinstance(value, Mapping)):
            target[key] = value
        else:
            target[key] = run.unknown("merge", rest_of(target, key), value)
        return
    present = target[key]
    if isinstance(present, dict) and isinstance(value, Mapping):
        _take(run, present, value, overwrite)
    elif isinstance(present, dict) and isinstance(value, TemplateHole) and not overwrite:
        _take_unknown(run, present, value, overwrite)
    elif is_unknown(present) and may_be_empty(run, present) and not overwrite:
        target[key] = run.unknown("merge", present, value)
    elif overwrite:
        may_be_laid = isinstance(present, TemplateHole) and isinstance(value, Mapping)
        unknown = isinstance(value, TemplateHole) or may_be_laid
        target[key] = run.unknown("merge", value, present) if unknown else value
    elif is_empty(run, present):
        target[key] = value


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "merge": _merge,
    "mustMerge": _merge,
    "mergeOverwrite": _merge_overwrite,
    "mustMergeOverwrite": _merge_overwrite,
}

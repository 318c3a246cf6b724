"""What the charts that ship with Kontinuous make of values: shapes of objects, which are data (``charts.json``).

A shape is an object in which a mapping with one of these keys stands for something else:

- ``$value``: what stands at a path of the values, else what ``else`` says; nothing where there is neither;
- ``$variables``: the entries of a mapping there, as variables of a container; of a list those that say their names;
- ``$claims``: volumes of the claims that a list there names;
- ``$items``: the items of a list there, with what stands in each at ``lift`` among the rest of it;
- ``$one``: a list of what stands there alone; ``$all``: several lists one after the other; ``$shape``: another shape;
- ``$laid``: several mappings, each laid on those before it; ``$if``: ``then``, where a path may say yes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct, field

from sovlint.expressions.templates.text import PlacedText
from sovlint.expressions.templates.values import List, Map
from sovlint.files.package_data import decoded
from sovlint.frontends.kubernetes.charts.rendering.values import at, laid, put

_DATA: Final = "frontends/kubernetes/kontinuous/charts.json"

OBJECT: Final = "object"
"""The key of an object among the values that it is made of."""


class MadeObject(Struct, frozen=True):
    """An object that a chart makes: its shape, and by which values it isn't; ``if_any`` and ``unless_any`` hold where one
    of these may say yes, and in the environments that ``always`` names."""

    shape: str
    always: tuple[str, ...] = ()
    unless_false: str = ""
    unless_any: tuple[str, ...] = ()
    if_any: tuple[str, ...] = ()

    def is_made(self, values: Map, environment: str) -> bool:
        """Whether it is made with these values."""
        if self.unless_false and at(values, self.unless_false) is False:
            return False
        paths = self.if_any or self.unless_any
        holds = environment in self.always or any(_may_be(values, path) for path in paths)
        return holds is bool(self.if_any) or not paths

    @property
    def asks(self) -> tuple[str, ...]:
        """The paths of values that decide whether it is made."""
        return (*filter(None, (self.unless_false,)), *self.if_any, *self.unless_any)


class ShippedChart(Struct, frozen=True):
    """A chart: its own values, as far as objects tell them, and what it makes. ``runs``: where a mapping or a list stands
    for each of whose entries it makes all of it; empty: of its values as a whole. ``charts``: which charts are in it, by
    the keys of their values. ``others``: what else it knows, as in ``Shipped``. ``sets``: paths that it sets itself by
    templates (``~tpl~``), so that nothing but another template changes what stands there."""

    objects: tuple[MadeObject, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    runs: str | None = None
    charts: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()


class ShippedJob(Struct, frozen=True):
    """A job that ships, which others use: the image that it runs."""

    image: str


class Shipped(Struct, frozen=True):
    """All that ships with Kontinuous. Of global values: what it says of each environment, what else it tells, what of that
    is always the same, and in which domain each environment's host lies. ``others``: paths that charts know and that say
    nothing of where data goes (``*``: any key)."""

    source: Mapping[str, str]
    environments: Mapping[str, Mapping[str, bool]]
    told: tuple[str, ...]
    fixed: Mapping[str, str]
    others: tuple[str, ...]
    domains: Mapping[str, str]
    shapes: Mapping[str, Any]
    charts: Mapping[str, ShippedChart]
    uses: Mapping[str, ShippedJob]


SHIPPED: Final = decoded(_DATA, Shipped)


def label_path(name: str) -> tuple[str, ...]:
    """The keys of the values that a shape takes labels from; empty where it takes none."""
    shape = SHIPPED.shapes[name]
    for each in shape.get("$laid", [shape]) if isinstance(shape, dict) else ():
        template = each.get("spec", {}).get("template", {})
        for head in (each.get("metadata", {}), template.get("metadata", {})):
            labels = head.get("labels", {})
            last = labels.get("$laid", [labels])[-1]
            if "$value" in last:
                return tuple(last["$value"].split("."))
        if "$shape" in each and (path := label_path(each["$shape"])):
            return path
    return ()


def shaped(name: str, values: Map) -> Any:
    """The object of a shape for values; texts in it may be templates still. What the shape itself says stands where the
    object does: without a place it would seem to stand where whatever is before it does."""
    return _made(SHIPPED.shapes[name], values)


def _made(shape: Any, values: Map) -> Any:
    if isinstance(shape, list):
        return List(_made(each, values) for each in shape)
    if isinstance(shape, str) and (where := values.places.get(OBJECT)):
        return PlacedText.written(shape, where)
    if not isinstance(shape, dict):
        return shape
    for key, make in _MADE.items():
        if key in shape:
            return make(shape, values)
    made = Map()
    for key, inner in shape.items():
        found = _made(inner, values)
        if found is not None:
            made[key] = found
    return made


def _may_be(values: Map, path: str) -> bool:
    """Whether what stands at a path may say yes: what isn't known may."""
    found = at(values, path)
    return found is not None and found is not False and found not in ("", "false", [], {})


def _value(shape: dict[str, Any], values: Map) -> Any:
    found = at(values, shape["$value"])
    return found if found is not None else _made(shape.get("else"), values)


def _variables(shape: dict[str, Any], values: Map) -> Any:
    found = at(values, shape["$variables"])
    made = List()
    if isinstance(found, list):
        return List(found, getattr(found, "places", ()))
    for key, value in found.items() if isinstance(found, Map) else ():
        entry = Map({"name": key})
        place = found.places.get(key)
        if place is not None:
            entry["name"] = PlacedText.written(key, place)
        put(entry, "value", value, Map({}, {} if place is None else {"value": place}))
        made.append(entry)
    return made


def _claims(shape: dict[str, Any], values: Map) -> Any:
    names = at(values, shape["$claims"])
    return List(
        Map({"name": name, "persistentVolumeClaim": Map({"claimName": name})})
        for name in (names if isinstance(names, list) else ())
    )


def _items(shape: dict[str, Any], values: Map) -> Any:
    found = at(values, shape["$items"])
    made = List()
    for item in found if isinstance(found, list) else ():
        inner = item.get(shape["lift"]) if isinstance(item, Map) else None
        made.append(Map({**item, **inner}) if isinstance(inner, Map) else item)
    return made


def _all(shape: dict[str, Any], values: Map) -> Any:
    found = [_made(each, values) for each in shape["$all"]]
    lists = [each for each in found if isinstance(each, list)]
    if not lists:
        return next((each for each in found if each is not None), None)
    return List(item for each in lists for item in each)


def _one(shape: dict[str, Any], values: Map) -> Any:
    found = at(values, shape["$one"])
    return None if found is None else List([found])


def _laid(shape: dict[str, Any], values: Map) -> Any:
    result: Any = None
    for each in shape["$laid"]:
        found = _made(each, values)
        if isinstance(result, Map) and isinstance(found, Map):
            found = laid(result, found)
        result = result if found is None else found
    return result


def _if(shape: dict[str, Any], values: Map) -> Any:
    return _made(shape["then"], values) if _may_be(values, shape["$if"]) else None


def _shape(shape: dict[str, Any], values: Map) -> Any:
    return shaped(shape["$shape"], values)


_MADE: Final[Mapping[str, Callable[[dict[str, Any], Map], Any]]] = {
    "$value": _value,
    "$variables": _variables,
    "$claims": _claims,
    "$items": _items,
    "$all": _all,
    "$one": _one,
    "$laid": _laid,
    "$if": _if,
    "$shape": _shape,
}

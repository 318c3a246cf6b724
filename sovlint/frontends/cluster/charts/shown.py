"""What the values of a chart show: images, volumes, labels that declare a class. The tables come from the catalogue.

What is under ``enabled: false`` isn't sure not to be there, since only the templates say what a switch is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.attributes import text_value
from sovlint.documents.tree import Node, get, is_map, text
from sovlint.frontends.cluster.charts.values import (
    SWITCH,
    is_off,
    is_open,
    maps,
    reader,
    value_of,
)
from sovlint.frontends.cluster.labels import (
    DECLARER,
    KEY,
    declared,
    strange_keys,
    undeclaring,
)
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.model.attributes import Found
from sovlint.model.classrules import BEFORE
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.resource import Labels
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value
from sovlint.rules.cluster.charts import ChartHints, Keeping
from sovlint.rules.keys import KeyPath

_LABELS = late_pattern(r"(?:labels|annotations)$", re.IGNORECASE)
_IMAGE = late_pattern(r"(?:^|[a-z])image$", re.IGNORECASE)


CLASS_KEYS = ("storageClass", "storageClassName")
"""What charts call the class of a volume, by convention and as a claim does."""


class ChartEvidence(Struct):
    """What values show. ``kept``: a volume each, sure or not, with where it is asked for; ``classes``: the storage
    classes that these name."""

    kept: list[Found] = field(default_factory=list)
    classes: list[Found] = field(default_factory=list)
    images: list[Value] = field(default_factory=list)
    labels: list[Labels] = field(default_factory=list)


def show(values: Node, hints: ChartHints) -> ChartEvidence:
    """All that the values of one chart, with its subcharts, show."""
    shown = ChartEvidence()
    registry = _text(get(values, "global", "imageRegistry"))
    closed: list[KeyPath] = []
    for path, node, off in maps(values):
        key = path[-1] if path else ""
        if _LABELS.search(key):
            shown.labels.extend(_declared(path, node))
        image = _image(key, node, registry)
        if image is not None and not off:
            shown.images.append(image)
        if not off:
            shown.images.extend(_plain_images(node))
        if any(path[: len(each)] == each for each in closed):
            continue
        for keeping in hints.keeps.get(key.casefold(), ()):
            kept = list(_kept(keeping, node, off))
            shown.kept.extend(kept)
            shown.classes.extend(_classes(node) if kept else ())
            switch = get(node, keeping.switch) if keeping.switch else None
            if switch is not None and switch.value is False:
                closed.append(path)
        shown.kept.extend(_plainly(node, hints, off))
    return shown


def _plainly(node: Node, hints: ChartHints, off: bool) -> Iterator[Found]:
    """Volumes that are asked for by a plain ``true`` (``persistence: true``)."""
    for key, item in node.value.items():
        if item.value is True and any(
            each.switch for each in hints.keeps.get(key.casefold(), ())
        ):
            yield _asked(item, _switched(item, off))


# --- volumes


def _kept(keeping: Keeping, node: Node, off: bool) -> Iterator[Found]:
    switch = get(node, keeping.switch) if keeping.switch else None
    marked = any(is_said(get(node, mark)) for mark in keeping.marks)
    if any(each.surely(reader(node)) for each in keeping.unless):
        return
    if switch is not None:
        if switch.value is not False:
            yield _asked(switch, _switched(switch, off))
    elif marked or (keeping.sure and not keeping.marks):
        asked: Value = Known(True) if keeping.sure and not off else _perhaps(node, off)
        yield _asked(node, asked)
    if keeping.each and not (switch is not None and switch.value is False):
        one = replace(keeping, each=False, sure=False)
        for inner in node.value.values():
            if is_map(inner):
                yield from _kept(one, inner, off)


def _classes(node: Node) -> Iterator[Found]:
    """The storage classes that a volume names, or those in it. Empty is the default one, ``-`` none at all."""
    for each in (
        node,
        *(inner for inner in node.value.values() if is_map(inner) and not is_off(inner)),
    ):
        for key in CLASS_KEYS:
            named = get(each, key)
            if (
                named is not None
                and isinstance(named.value, str)
                and named.value not in ("", "-")
            ):
                yield Found(value_of(named), named.where)


def _asked(node: Node, value: Value) -> Found:
    return Found(value, node.where, note=Note("kubernetes.charts.volume-asked"))


def _switched(switch: Node, off: bool) -> Value:
    value = value_of(switch)
    if isinstance(value, Unknown):
        return value
    return _perhaps(switch, off) if off else Known(True, value.because)


def _perhaps(node: Node, off: bool) -> Unknown:
    """Asked for if the chart asks for it: its templates or those of a subchart decide."""
    key = "kubernetes.charts.switched-off" if off else "kubernetes.charts.by-default"
    return Unknown(
        Reason.REMOTE_MODULE, SWITCH, Step(node.where, Note(WRITTEN)), note=Note(key)
    )


def is_said(node: Node | None) -> bool:
    """Whether something stands there that isn't empty."""
    return node is not None and node.value not in (None, "", {}, [])


# --- images


def _image(key: str, node: Node, registry: str) -> Value | None:
    """An image that is written in parts (``registry``, ``repository``, ``tag``); that of a template isn't known."""
    inner = node.value
    written = inner.get("repository")
    if written is None or not isinstance(written.value, str) or not written.value:
        return None
    if not (_IMAGE.search(key) or {"tag", "digest", "pullPolicy", "registry"} & inner.keys()):
        return None
    host = registry or _text(inner.get("registry"))
    tag = _text(inner.get("tag"))
    whole = f"{host}/{written.value}" if host else written.value
    return text_value(f"{whole}:{tag}" if tag else whole, written.where, WRITTEN)


def _plain_images(node: Node) -> Iterator[Value]:
    """Images that are written as one text at a key that is called so."""
    for key, item in node.value.items():
        if (
            isinstance(item.value, str)
            and item.value
            and _IMAGE.search(key)
            and " " not in item.value
        ):
            yield text_value(item.value, item.where, WRITTEN)


def _text(node: Node | None) -> str:
    written = text(node)
    return "" if is_open(written) else written


# --- classes


def _declared(path: KeyPath, node: Node) -> Iterator[Labels]:
    """Labels of one part of a chart: what its parts declare adds up."""
    declarer = f"{DECLARER}.{'.'.join(path)}"
    if KEY in node.value:
        written: Node = node.value[KEY]
        yield declared(declarer, text(written), written.where)
    if f"{KEY}{BEFORE}" in node.value:
        before: Node = node.value[f"{KEY}{BEFORE}"]
        yield declared(declarer, text(before), before.where)
    if strange := strange_keys(node.value):
        yield undeclaring(declarer, {key: node.value[key].where for key in strange})

"""What the values of a chart show: images, volumes, labels that declare a class. The tables come from the catalogue.

What is under ``enabled: false`` isn't sure not to be there, since only the templates say what a switch is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents import Path
from sovlint.documents.attributes import text_value
from sovlint.documents.dialects import GO, variable_pattern
from sovlint.documents.tree import Node, get, is_map, parts, text
from sovlint.frontends.cluster.charts.variables import is_open, with_variables
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
from sovlint.model.resource import Labels
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value
from sovlint.rules.cluster.charts import ChartHints, Keeping, key_of
from sovlint.rules.keys import KeyPath, ReadAt

SWITCH = "enabled"
"""The key by which charts turn a part of themselves on and off."""

MAX_DEPTH = 60
"""Values are looked at no deeper than this."""

_RELEASE = variable_pattern(GO, r"\$?\.Release\.(?:Name|Namespace)")
"""What Helm itself fills in: labels of a host, without dots."""
_STAND_IN = "release"
_OWN_SERVICE = re.compile(
    rf"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@\s]*@)?[\w-]*{_STAND_IN}[\w-]*(?:\.{_STAND_IN}(?:\.svc[\w.]*)?)?(?::\d+)?(?:[/?#]\S*)?"
)
"""A service of the release: its name, or that and the namespace."""
_LABELS = re.compile(r"(?:labels|annotations)$", re.IGNORECASE)
_IMAGE = re.compile(r"(?:^|[a-z])image$", re.IGNORECASE)
_ENCRYPTED = "ENC["
"""How the texts of a file that SOPS has encrypted begin."""


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


def value_of(node: Node, note: str = WRITTEN) -> Value:
    """A scalar as a value; what is encrypted, or still to be filled in, isn't known."""
    written = node.value
    if isinstance(written, str):
        if written.startswith(_ENCRYPTED):
            unread = Note("kubernetes.charts.encrypted")
            return Unknown(
                Reason.FROM_ENVIRONMENT,
                "encrypted",
                Step(node.where, Note(note)),
                note=unread,
            )
        return with_variables(text_value(written, node.where, note))
    return Known(written, Step(node.where, Note(note)))


def with_release(node: Node) -> Node:
    """A value with labels that stand in for the release's name and namespace."""
    written = node.value
    if not isinstance(written, str) or not _RELEASE.search(written):
        return node
    return Node(_RELEASE.sub(_STAND_IN, written), node.where)


def with_own_services(node: Node) -> Node:
    """The same, where the value is the address of a service of the release."""
    filled = with_release(node)
    is_one = isinstance(filled.value, str) and _OWN_SERVICE.fullmatch(filled.value)
    return filled if is_one else node


class ValueAt(Struct, frozen=True):
    """A value with the keys and indices that lead to it, what is around it, outermost first, and whether it or one of
    these is switched off."""

    path: Path
    node: Node
    around: tuple[Node, ...] = ()
    off: bool = False


def walk(values: Node) -> Iterator[ValueAt]:
    """Every value in values."""
    return _walk(ValueAt((), values, (), is_off(values)))


def _walk(here: ValueAt) -> Iterator[ValueAt]:
    if len(here.path) > MAX_DEPTH:
        return
    yield here
    for key, item in parts(here.node):
        inner = ValueAt(
            (*here.path, key), item, (*here.around, here.node), here.off or is_off(item)
        )
        yield from _walk(inner)


def maps(values: Node) -> Iterator[tuple[KeyPath, Node, bool]]:
    """Every mapping with the keys that lead to it, and whether it or one around it is switched off."""
    for each in walk(values):
        if is_map(each.node):
            yield tuple(key for key in each.path if isinstance(key, str)), each.node, each.off


def value_at(node: Node | None, path: str) -> Node | None:
    """What stands at a dotted path of keys, compared as those of rules are."""
    for part in path.split("."):
        if not is_map(node):
            return None
        node = next(
            (item for key, item in node.value.items() if key_of(key) == key_of(part)), None
        )
    return node


def reader(node: Node | None) -> ReadAt:
    """What conditions read of a mapping: one in it says that it is there."""

    def read(path: str) -> Iterator[Value]:
        found = value_at(node, path)
        if found is not None:
            is_scalar = not isinstance(found.value, (dict, list))
            yield value_of(found) if is_scalar else Known(bool(found.value))

    return read


def is_off(node: Node | None) -> bool:
    """Whether a mapping says that it is switched off."""
    switch = get(node, SWITCH)
    return switch is not None and switch.value is False


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
    return Found(value, node.where)


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

"""Which objects a patch or a replacement is for: by group, version, kind, name, namespace, labels and annotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from sovlint.documents.tree import Node, get, text
from sovlint.frontends.kubernetes.kustomize.names.identity import Id
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.problems import RefusedError

_PLAIN = re.compile(r"[\w/:@-]*\Z")
_REPEATS = re.compile(r"(?<!\\)(?:[*+]|\{\d*,?\d*\})")
_NESTED = re.compile(r"\)(?:[*+]|\{)")
MAX_REPEATS = 3
"""Patterns with more repetitions than this, or with repeated groups, are refused: trying them may take very long."""
MAX_PATTERN = 500

Fields = Sequence[tuple[str, ...]]
"""Group, version, kind, name and namespace, each with all that it may be read as."""
_KEYS = ("group", "version", "kind", "name", "namespace")

_SETS = re.compile(r"\s*([^\s!=,()]+)\s+(in|notin)\s*\(([^()]*)\)\s*\Z")
_EQUALS = re.compile(r"\s*([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)\s*\Z")
_EXISTS = re.compile(r"\s*(!?)\s*([^\s!=,()]+)\s*\Z")


@lru_cache(maxsize=4096)
def pattern(written: str) -> Callable[[str], bool] | None:
    """A test for texts that a pattern matches as a whole; ``None`` for one that can't be tried in bounded time."""
    if _PLAIN.match(written):
        return written.__eq__
    if (
        len(written) > MAX_PATTERN
        or len(_REPEATS.findall(written)) > MAX_REPEATS
        or _NESTED.search(written)
    ):
        return None
    try:
        compiled = re.compile(rf"(?:{written})\Z", re.ASCII)
    except (re.error, RecursionError, OverflowError):
        return None
    return lambda value: compiled.match(value) is not None


@lru_cache(maxsize=4096)
def bounded(written: str) -> Callable[[str], bool] | None:
    """A test for texts in which a pattern is found anywhere; ``None`` for one that can't be tried in bounded time."""
    if _PLAIN.match(written):
        return lambda value: written in value
    return pattern(f"(?s:.*?)(?:{written})(?s:.*)")


class Selector(Struct, frozen=True):
    """What is written of the objects that are meant; ``node`` has it all."""

    node: Node

    def select(self, items: Iterable[Item]) -> list[Item]:
        """The items that it selects by patterns: by the name and namespace that they had first, or have now."""
        return self._chosen(items, lambda item: [_first_or_now(item)])

    def _test(self, key: str) -> Callable[[str], bool]:
        """A test for a field."""
        written = get(self.node, key)
        said = text(written)
        if not said or written is None:
            return lambda value: True
        test = pattern(said)
        if test is None:
            raise RefusedError(written.where, "kubernetes.kustomize.pattern", text=said)
        return test

    def choose(self, items: Iterable[Item]) -> list[Item]:
        """The items that it selects by patterns: one name, with its kind and namespace, that they had or have."""
        return self._chosen(
            items,
            lambda item: [[(value,) for value in _fields(known)] for known in item.any_ids()],
        )

    def _chosen(
        self, items: Iterable[Item], readings: Callable[[Item], Sequence[Fields]]
    ) -> list[Item]:
        """Those of which one reading has, for each field, a value that is meant, and whose labels are."""
        tests = [self._test(key) for key in _KEYS]
        labels = requirements(get(self.node, "labelSelector"))
        annotations = requirements(get(self.node, "annotationSelector"))

        def fits(fields: Fields) -> bool:
            return all(
                any(map(test, values)) for test, values in zip(tests, fields, strict=True)
            )

        named = (each for each in items if any(map(fits, readings(each))))
        return [
            each
            for each in named
            if labels(each.labels()) and annotations(each.labels("annotations"))
        ]

    def exactly(self, item: Item) -> bool:
        """Whether it names an item, under any name that it had: a field that isn't written stands for any."""
        return any(self._names(each) for each in item.any_ids())

    def _names(self, known: Id) -> bool:
        wanted = (text(get(self.node, key)) for key in _KEYS)
        return all(
            not said or said == has for said, has in zip(wanted, _fields(known), strict=True)
        )


def _first_or_now(item: Item) -> Fields:
    """The name and namespace that an item had first, and those that it has now."""
    now, first = item.id, item.first_id()
    namespaces = (first.effective_namespace, now.effective_namespace)
    return [
        (now.kind.group,),
        (now.kind.version,),
        (now.kind.kind,),
        (first.name, now.name),
        namespaces,
    ]


def _fields(known: Id) -> tuple[str, str, str, str, str]:
    """Group, version, kind, name and namespace."""
    return (
        known.kind.group,
        known.kind.version,
        known.kind.kind,
        known.name,
        known.effective_namespace,
    )


LabelTest = Callable[[Mapping[str, str]], bool]
"""A test for labels or annotations."""


def requirements(written: Node | None) -> LabelTest:
    """A label selector (``a=b,c!=d,e in (f,g),!h``) as a test. Raises ``RefusedError``."""
    said = text(written)
    if not said or written is None:
        return lambda labels: True
    tests = [
        _requirement(part, written)
        for part in re.split(r",(?![^()]*\))", said)
        if part.strip()
    ]
    return lambda labels: all(test(labels) for test in tests)


def _requirement(part: str, written: Node) -> LabelTest:
    if match := _SETS.match(part):
        key, operator, listed = match.groups()
        values = {each.strip() for each in listed.split(",")}
        if operator == "in":
            return lambda labels: labels.get(key) in values
        return lambda labels: labels.get(key) not in values
    if match := _EQUALS.match(part):
        key, operator, value = match.groups()
        if operator == "!=":
            return lambda labels: labels.get(key) != value
        return lambda labels: labels.get(key) == value
    if match := _EXISTS.match(part):
        absent, key = match.groups()
        return lambda labels: (key in labels) is not bool(absent)
    raise RefusedError(written.where, "kubernetes.kustomize.selector", text=part.strip())

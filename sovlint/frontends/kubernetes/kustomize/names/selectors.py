"""Which objects a patch or a replacement is for: by group, version, kind, name, namespace, labels and annotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
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

_SETS = re.compile(r"\s*([^\s!=,()]+)\s+(in|notin)\s*\(([^()]*)\)\s*\Z")
_EQUALS = re.compile(r"\s*([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)\s*\Z")
_EXISTS = re.compile(r"\s*(!?)\s*([^\s!=,()]+)\s*\Z")


@lru_cache(maxsize=4096)
def pattern(written: str) -> Callable[[str], bool] | None:
    """A test for texts that a pattern matches as a whole; ``None`` for one that can't be tried in bounded time."""
    if _PLAIN.match(written):
        return written.__eq__
    if len(written) > MAX_PATTERN or len(_REPEATS.findall(written)) > MAX_REPEATS or _NESTED.search(written):
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
        tests = {key: self._test(key) for key in ("group", "version", "kind", "name", "namespace")}
        labels = requirements(get(self.node, "labelSelector"))
        annotations = requirements(get(self.node, "annotationSelector"))
        return [each for each in items if self._selects(each, tests, labels, annotations)]

    def _test(self, key: str) -> Callable[[str], bool] | None:
        """A test for a field; ``None`` where anything is meant."""
        written = get(self.node, key)
        said = text(written)
        if not said or written is None:
            return None
        test = pattern(said)
        if test is None:
            raise RefusedError(written.where, "kubernetes.kustomize.pattern", text=said)
        return test

    def _selects(
        self,
        item: Item,
        tests: Mapping[str, Callable[[str], bool] | None],
        labels: LabelTest | None,
        annotations: LabelTest | None,
    ) -> bool:
        now, first, kind = item.id, item.first_id(), item.kind
        values = {
            "group": (kind.group,),
            "version": (kind.version,),
            "kind": (kind.kind,),
            "name": (first.name, now.name),
            "namespace": (first.effective_namespace, now.effective_namespace),
        }
        return (
            all(test is None or any(map(test, values[key])) for key, test in tests.items())
            and (labels is None or labels(item.labels()))
            and (annotations is None or annotations(item.labels("annotations")))
        )

    def choose(self, items: Iterable[Item]) -> list[Item]:
        """The items that it selects by patterns: one name, with its kind and namespace, that they had or have."""
        tests = {key: self._test(key) for key in ("group", "version", "kind", "name", "namespace")}
        labels = requirements(get(self.node, "labelSelector"))
        annotations = requirements(get(self.node, "annotationSelector"))
        return [
            each for each in items
            if (labels is None or labels(each.labels()))
            and (annotations is None or annotations(each.labels("annotations")))
            and any(
                all(test is None or test(value) for test, value in zip(tests.values(), _fields(known), strict=True))
                for known in each.any_ids()
            )
        ]  # fmt: skip

    def exactly(self, item: Item) -> bool:
        """Whether it names an item, under any name that it had: a field that isn't written stands for any."""
        return any(self._names(each) for each in item.any_ids())

    def _names(self, known: Id) -> bool:
        wanted = (text(get(self.node, key)) for key in ("group", "version", "kind", "name", "namespace"))
        return all(not said or said == has for said, has in zip(wanted, _fields(known), strict=True))


def _fields(known: Id) -> tuple[str, str, str, str, str]:
    """Group, version, kind, name and namespace."""
    return (known.kind.group, known.kind.version, known.kind.kind, known.name, known.effective_namespace)


LabelTest = Callable[[Mapping[str, str]], bool]
"""A test for labels or annotations."""


def requirements(written: Node | None) -> LabelTest | None:
    """A label selector (``a=b,c!=d,e in (f,g),!h``) as a test; ``None`` for none. Raises ``RefusedError``."""
    said = text(written)
    if not said or written is None:
        return None
    tests = [_requirement(part, written) for part in re.split(r",(?![^()]*\))", said) if part.strip()]
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

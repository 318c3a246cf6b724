"""``count`` and ``for_each``: how many instances of a block there are, under which keys, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from sovlint.expressions import beyond_limits
from sovlint.expressions.environment import Env
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import (
    Thing,
    content,
    failed,
    first_unknown,
    members_of,
    unsupported,
)
from sovlint.expressions.lifting import one_of, plainly_unknown
from sovlint.expressions.limits import MAX_INSTANCES
from sovlint.expressions.nodes import Block, Call
from sovlint.expressions.operators import truth_of
from sovlint.expressions.texts import text_of, whole
from sovlint.expressions.values import element_of
from sovlint.frontends.terraform.modules.addresses import suffix
from sovlint.model.text import Note
from sovlint.model.value import Known, Unknown, UnknownKind, Value


class Instance(Struct, frozen=True, eq=False):
    """One instance: the suffix of its address (``[0]``, ``["a"]``, ``[*]``), its key, and its ``each.value``.

    ``doubt`` is why it isn't known that it exists (``None``: it does).
    """

    suffix: str = ""
    key: Value | None = None
    value: Value | None = None
    counted: bool = False
    doubt: Unknown | None = None

    def env(self, env: Env) -> Env:
        """The scope with ``count`` or ``each`` bound for this instance."""
        if self.key is None:
            return env
        if self.counted:
            return env.bind({"count": Known({"index": self.key})})
        return env.bind(
            {
                "each": Known(
                    {"key": self.key, "value": self.key if self.value is None else self.value}
                )
            }
        )


ONE = Instance()


def expand(block: Block, env: Env, weight: int = 1) -> list[Instance]:
    """The instances of a resource, data or module block, each of which holds ``weight`` resources. An empty list:
    surely none.

    More than can be read are read as one with an unknown key, and that is noted as refused.
    """
    found = _expand(block, env)
    work = env.scope.work
    if len(found) > 1 and not work.expanded.take((len(found) - 1) * weight):
        sure = any(each.doubt is None for each in found)
        found = [_any(beyond_limits.resources(len(found), weight), found[0].counted, sure)]
    for instance in found:
        if isinstance(instance.key, Unknown) and beyond_limits.is_beyond(instance.key):
            name = ".".join(
                ("module", *block.labels) if block.kind == "module" else block.labels
            )
            params = {"address": name + instance.suffix, "why": instance.key.why()}
            work.refused.append((block.head, Note("terraform.instances-refused", params)))
    return found


def endless(block: Block) -> list[Instance]:
    """In place of the instances of a block while they are being found: its own count or keys can't depend on them."""
    return [
        _any(
            unsupported(f"{'.'.join(block.labels)} refers to itself"),
            "count" in block.body.attributes,
        )
    ]


def _expand(block: Block, env: Env) -> list[Instance]:
    count, for_each = block.expression("count"), block.expression("for_each")
    if count is not None:
        return _counted(evaluate(count, env))
    if for_each is not None:
        return _keyed(
            evaluate(for_each, env), isinstance(for_each, Call) and for_each.name == "toset"
        )
    enabled = enabled_of(block, env)
    if isinstance(enabled, Unknown):
        return [Instance(doubt=plainly_unknown(enabled))]
    return [ONE] if enabled else []


def enabled_of(block: Block, env: Env) -> bool | Unknown:
    """OpenTofu's ``lifecycle { enabled = ... }``: whether a resource or module is there, or why that isn't known.

    True without it (https://opentofu.org/docs/language/meta-arguments/enabled/).
    """
    for lifecycle in block.body.of("lifecycle"):
        enabled = lifecycle.expression("enabled")
        if enabled is not None:
            found = evaluate(enabled, env)
            truth = truth_of(content(found))
            unsure = found if isinstance(found, Unknown) else unsupported("lifecycle.enabled")
            return unsure if truth is None else truth
    return True


def _counted(count: Value) -> list[Instance]:
    if isinstance(count, Known):
        number = _number(count.value)
        if number is None:
            return [_any(unsupported("count"), counted=True)]
        if number > MAX_INSTANCES:
            return [_any(beyond_limits.instances(number), counted=True, sure=True)]
        return [_numbered(position, None) for position in range(number)]
    members = members_of(count)
    known = [number for member in members if (number := _number(member.value)) is not None]
    if not known or len(known) < len(members):
        return [_any(plainly_unknown(count), counted=True)]
    if max(known) > MAX_INSTANCES:
        return [_any(beyond_limits.instances(max(known)), counted=True, sure=min(known) > 0)]
    # What was read counts as long as it isn't alone: what another value may leave out is there all the same.
    sure = known[0] if count.kind is UnknownKind.CONTRADICTED else min(known)
    return [
        _numbered(position, None if position < sure else count)
        for position in range(max(known))
    ]


def _number(value: object) -> int | None:
    number = whole(value)
    return number if number is not None and number >= 0 else None


def _numbered(position: int, doubt: Unknown | None) -> Instance:
    return Instance(f"[{position}]", Known(position), counted=True, doubt=doubt)


def _any(
    unknown: Unknown, counted: bool = False, sure: bool = False, key: Value | None = None
) -> Instance:
    plain = plainly_unknown(unknown)
    shown = "[*]" if counted else '["*"]'
    return Instance(
        shown,
        plain if key is None else key,
        element_of(unknown),
        counted,
        None if sure else plain,
    )


def _keyed(collection: Value, of_set: bool = False) -> list[Instance]:
    if collection.sensitive:
        return [_any(failed("for_each is sensitive"))]
    if isinstance(collection, Known):
        return _of(collection.value)
    if collection.among:
        return _of_any(collection)
    rest = plainly_unknown(collection)
    if collection.holds is not None and len(collection.holds) <= MAX_INSTANCES:
        return [
            _with_key(
                text_of(content(each.key)) or "", each.value, None if each.sure else rest
            )
            for each in collection.holds
        ]
    known = [
        _with_key(key, rest if collection.overridable else value, None)
        for key, value in sorted((collection.entries or {}).items())
    ]
    element = element_of(collection)
    key = element if of_set and isinstance(element, Unknown) else None
    return [*known, _any(collection.bare().but(each=collection.each), key=key)]


def _of(inner: object) -> list[Instance]:
    if isinstance(inner, Thing):
        return _keyed(inner.elements())
    if isinstance(inner, dict):
        if len(inner) > MAX_INSTANCES:
            return [_any(beyond_limits.instances(len(inner)), sure=True)]
        return [_with_key(key, inner[key], None) for key in sorted(inner)]
    if isinstance(inner, tuple):
        return list(_of_set(inner))
    return [_any(unsupported("for_each"))]


def _of_set(items: tuple[Value, ...]) -> Iterable[Instance]:
    if len(items) > MAX_INSTANCES:
        yield _any(beyond_limits.instances(len(items)), sure=True)
        return
    if any(item.sensitive for item in items):
        yield _any(failed("for_each is sensitive"), sure=True)
        return
    unknown = first_unknown(items)
    for item in items:
        text = text_of(item.value) if isinstance(item, Known) else None
        if text is not None:
            yield _with_key(text, item, None)
        elif isinstance(item, Known) and unknown is None:
            unknown = failed("for_each: an element that is no text")
    if unknown is not None:
        yield _any(plainly_unknown(unknown), sure=True)


def _with_key(key: str, value: Value, doubt: Unknown | None) -> Instance:
    return Instance(suffix(key), Known(key), value, doubt=doubt)


def _of_any(collection: Unknown) -> list[Instance]:
    """One of a few collections: keys that all have surely exist, those of the one that was read too, the rest may."""
    members = [_of(member.value) for member in collection.among or ()]
    found: dict[str, list[Instance]] = {}
    for member in members:
        for instance in member:
            found.setdefault(instance.suffix, []).append(instance)
    doubt = plainly_unknown(collection)
    read = members[0] if collection.kind is UnknownKind.CONTRADICTED else []
    sure = {each.suffix for each in read}
    return [
        _one_of(same, doubt, sure=name in sure or len(same) == len(members))
        for name, same in sorted(found.items())
    ]


def _one_of(same: list[Instance], doubt: Unknown, sure: bool) -> Instance:
    """An instance that several collections have, with whichever of their values."""
    first = same[0]
    values = [each.value for each in same if each.value is not None]
    value = one_of(values, doubt) if values else None
    own = next((each.doubt for each in same if each.doubt is not None), None)
    return Instance(first.suffix, first.key, value, first.counted, own if sure else doubt)


def by_key(instances: Iterable[Instance]) -> dict[str, Instance]:
    """Those of which the key is known, by that; of several alike the first."""
    found: dict[str, Instance] = {}
    for instance in instances:
        if isinstance(instance.key, Known):
            found.setdefault(str(instance.key.value), instance)
    return found

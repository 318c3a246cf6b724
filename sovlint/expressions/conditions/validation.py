"""What the conditions of a variable's validation prove of a value that nobody gives.

A condition that holds restricts the variable, an attribute of it, or each of its elements: to a few values, or to texts
that begin or end in a known way. Each value that is left must satisfy every condition as far as that can be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from sovlint.expressions.conditions.conditions import implied, possible
from sovlint.expressions.conditions.known_condition import KnownCondition
from sovlint.expressions.conditions.possible import Possible, both, exact
from sovlint.expressions.environment import Env, Scope
from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.files import Files
from sovlint.expressions.kinds import Failed, content
from sovlint.expressions.lifting import because
from sovlint.expressions.limits import Work
from sovlint.expressions.nodes import Block, Traversal, TraversalStep, within
from sovlint.expressions.operators import truth_of
from sovlint.model.partial.parts import ends_alike
from sovlint.model.value import MAX_AMONG, Known, Unknown, Value, either

MAX_LEVELS = 4
"""Attributes of attributes, and elements of elements, are followed so deep."""


def narrowed(block: Block, value: Value, env: Env) -> Value:
    """A variable's value that isn't known, with what its validation proves of it."""
    if isinstance(value, Known):
        return value
    conditions = [
        KnownCondition(expression, True, env)
        for validation in block.body.of("validation")
        if (expression := validation.expression("condition")) is not None
    ]
    return (
        _narrowed(value, conditions, Traversal("var", (block.name,)), MAX_LEVELS)
        if conditions
        else value
    )


def _narrowed(
    value: Unknown, conditions: Sequence[KnownCondition], target: Traversal, levels: int
) -> Value:
    implying = [each for condition in conditions for each in implied(condition, target)]
    if value.among:
        return _satisfying(value.among, implying, target, value)
    found: Possible | None = None
    for condition in implying:
        these = possible(condition, target)
        found = both(found, these)
    if found:
        found = exact(found, [value.parts]) if value.parts else found
        members = [member for member in found if isinstance(member, Known)]
        if len(members) == len(found) <= MAX_AMONG:
            return _satisfying(members, implying, target, value)
        if all(
            not isinstance(member, Known) or isinstance(member.value, str) for member in found
        ):
            parts = ends_alike(
                (str(member.value),) if isinstance(member, Known) else member
                for member in found
            )
            return _plain(value).but(parts=value.parts or parts) if any(parts) else value
    return _inside(value, implying, target, levels) if levels else value


def _satisfying(
    members: Sequence[Known[object]],
    conditions: Sequence[KnownCondition],
    target: Traversal,
    value: Unknown,
) -> Value:
    """The members that no condition surely refuses; where none is left, something is misread here: all of them."""
    kept = [
        member
        for member in members
        if not any(_refused(condition, target, member) for condition in conditions)
    ]
    return because(either(kept or members, value), value.because)


def _refused(condition: KnownCondition, target: Traversal, member: Value) -> bool:
    scope = condition.env.scope
    bound = dict(condition.env.bound)
    if target.root in bound and not target.steps:
        bound[target.root] = member
    answer = evaluate(condition.expression, Env(_Supposing(scope, target, member), bound))
    if isinstance(answer, Failed):
        return True
    return truth_of(content(answer)) is (not condition.truth)


def _inside(
    value: Unknown, conditions: Sequence[KnownCondition], target: Traversal, levels: int
) -> Value:
    """What is proved of attributes, and of each element."""
    entries: dict[str, Value] = {}
    for name in dict.fromkeys(_attributes(conditions, target)):
        plain = value.bare()
        found = _narrowed(
            plain, conditions, Traversal(target.root, (*target.steps, name)), levels - 1
        )
        if found is not plain:
            entries[name] = found
    each: Value | None = None
    for element, inner in _elements(conditions, target):
        plain = value.bare() if not isinstance(each, Unknown) else each
        found = _narrowed(plain, [inner], element, levels - 1)
        each = found if found is not plain else each
    if not entries and each is None:
        return value
    return _plain(value).but(entries=entries or None, overridable=not entries, each=each)


def _plain(value: Unknown) -> Unknown:
    """Without that Terraform refuses it: it may do so for a reason that isn't known here."""
    return value.bare() if isinstance(value, Failed) else value


def _attributes(conditions: Sequence[KnownCondition], target: Traversal) -> Iterator[str]:
    for condition in conditions:
        for node in within(condition.expression):
            if (
                isinstance(node, Traversal)
                and node.root == target.root
                and len(node.steps) > len(target.steps)
            ):
                step = node.steps[len(target.steps)]
                if node.steps[: len(target.steps)] == target.steps and isinstance(step, str):
                    yield step


def _elements(
    conditions: Sequence[KnownCondition], target: Traversal
) -> Iterator[tuple[Traversal, KnownCondition]]:
    for condition in conditions:
        found = condition.of_each(target)
        if found is not None:
            yield found


class _Supposing(Struct, frozen=True):
    """A scope in which the value that a condition speaks of is known (implements ``environment.Scope``)."""

    scope: Scope
    target: Traversal
    value: Value

    @property
    def files(self) -> Files:
        return self.scope.files

    @property
    def work(self) -> Work:
        return self.scope.work

    def name(
        self, root: str, steps: Sequence[TraversalStep], env: Env
    ) -> tuple[Value, int] | None:
        wanted = self.target.steps
        if root == self.target.root and tuple(steps[: len(wanted)]) == wanted:
            return self.value, len(wanted)
        return self.scope.name(root, steps, env)

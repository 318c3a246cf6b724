"""A condition that holds, or doesn't, and what follows from it for the elements of what it speaks of."""

from __future__ import annotations

from msgspec import Struct

from sovlint.expressions.environment import Env
from sovlint.expressions.nodes import Binary, Call, Expression, For, Literal, Traversal
from sovlint.expressions.operators import truth_of


class KnownCondition(Struct, frozen=True):
    """An expression that is true, or false, and what names mean in it."""

    expression: Expression
    truth: bool
    env: Env

    def but(self, expression: Expression, truth: bool | None = None) -> KnownCondition:
        """The same for another expression."""
        return KnownCondition(expression, self.truth if truth is None else truth, self.env)

    def of_each(self, target: Traversal) -> tuple[Traversal, KnownCondition] | None:
        """The name of an element of ``target``, and what holds for each of them."""
        node = self.expression
        if (
            isinstance(node, Binary)
            and node.operator == "=="
            and self.truth
            and node.right == Literal(0)
        ):
            return self._of_none(node.left, target)
        if not isinstance(node, Call) or not node.arguments:
            return None
        over = node.arguments[0]
        if node.name in ("alltrue", "anytrue") and self.truth is (node.name == "alltrue"):
            return self._of_loop(over, target, self.truth)
        if node.name == "contains" and len(node.arguments) == 2 and not self.truth:
            truth = written_truth(node.arguments[1])
            return None if truth is None else self._of_loop(over, target, not truth)
        return None

    def _of_loop(
        self, over: Expression, target: Traversal, truth: bool
    ) -> tuple[Traversal, KnownCondition] | None:
        if (
            not isinstance(over, For)
            or over.key_result is not None
            or _bare(over.collection) != target
        ):
            return None
        if over.condition is not None or over.value == target.root:
            return None
        return Traversal(over.value, ()), self.but(over.result, truth)

    def _of_none(
        self, counted: Expression, target: Traversal
    ) -> tuple[Traversal, KnownCondition] | None:
        """``length(setsubtract(var.x, [...])) == 0``, ``length([for x in var.x : x if ...]) == 0``."""
        if (
            not isinstance(counted, Call)
            or counted.name != "length"
            or len(counted.arguments) != 1
        ):
            return None
        left = _bare(counted.arguments[0])
        if isinstance(left, Call) and left.name == "setsubtract" and len(left.arguments) == 2:
            element = Traversal("each element", ())
            inside = Call("contains", (left.arguments[1], element), False)
            return (
                (element, self.but(inside, True))
                if _bare(left.arguments[0]) == target
                else None
            )
        if (
            isinstance(left, For)
            and left.condition is not None
            and _bare(left.collection) == target
        ):
            return Traversal(left.value, ()), self.but(left.condition, False)
        return None


def written_truth(node: Expression) -> bool | None:
    """Whether true or false is written there; ``None`` where it is anything else."""
    return truth_of(node.value) if isinstance(node, Literal) else None


def _bare(node: Expression) -> Expression:
    """Without what only makes a set or a list of it."""
    while (
        isinstance(node, Call)
        and node.name in ("toset", "tolist", "distinct")
        and len(node.arguments) == 1
    ):
        node = node.arguments[0]
    return node

"""Functions that a tree calls -> expressions, which the evaluator of all languages works out.

Sources: the intrinsic functions of CloudFormation's template reference, and its language extensions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Final

from sovlint.documents.tree import Node, is_list, is_map
from sovlint.expressions.nodes import (
    Binary,
    Call,
    Conditional,
    Expression,
    Index,
    ListOf,
    Literal,
    ObjectOf,
    Postfix,
    Template,
    Traversal,
    Unary,
    Unsupported,
)
from sovlint.expressions.texts import text_of
from sovlint.model.decoding import late_pattern

REF: Final = "Ref"
ATTRIBUTE: Final = "GetAtt"
CONDITION: Final = "Condition"
CHOICE: Final = "If"
MAPPINGS: Final = "Mappings"
IMPORT: Final = "ImportValue"

_FUNCTION: Final = late_pattern(r"(?:Fn::)?(\w+)")
_NAMED: Final = late_pattern(r"Ref|Fn::\w+")
_FILLED: Final = late_pattern(r"\$\{(!?)\s*([^}]*?)\s*\}")


def called(node: Node) -> tuple[str, Node] | None:
    """The function that a node calls, by its short name, and what it is given; ``None`` where it calls none."""
    if node.tag:
        met = _FUNCTION.fullmatch(node.tag.lstrip("!"))
        return (met[1] if met else node.tag), Node(node.value, node.where, node.end)
    if not is_map(node) or len(node.value) != 1:
        return None
    ((key, argument),) = node.value.items()
    return (key.removeprefix("Fn::"), argument) if _NAMED.fullmatch(key) else None


def expression(node: Node) -> Expression:
    """A node as an expression. What nothing is known of says so by its name."""
    call = called(node)
    if call is not None:
        make = _MAKES.get(call[0])
        return Unsupported(call[0]) if make is None else make(call[1])
    inner = node.value
    if isinstance(inner, dict):
        return ObjectOf(
            tuple((Literal(key), expression(item)) for key, item in inner.items())
        )
    if isinstance(inner, list):
        return ListOf(tuple(map(expression, inner)))
    return Literal(inner if inner is None else _text(node))


def truth(node: Node) -> Expression:
    """A condition as it stands among those of a template, or in one of those."""
    if is_map(node) and set(node.value) == {CONDITION}:
        return Traversal(CONDITION, (_text(node.value[CONDITION]),))
    return expression(node)


def _text(node: Node) -> str:
    return text_of(node.value) or ""


def _items(node: Node, least: int) -> list[Node] | None:
    """The arguments of a function that needs so many."""
    return node.value if is_list(node) and len(node.value) >= least else None


def _ref(node: Node) -> Expression:
    return Traversal(REF, (_text(node),))


def _attribute(node: Node) -> Expression:
    if is_list(node):
        names = [text_of(each.value) for each in node.value]
        if len(names) != 2 or None in names:
            return Unsupported(ATTRIBUTE)
        return Traversal(ATTRIBUTE, tuple(name or "" for name in names))
    return _dotted(_text(node))


def _dotted(written: str) -> Expression:
    name, _, rest = written.partition(".")
    return Traversal(ATTRIBUTE, (name, rest))


def _sub(node: Node) -> Expression:
    """A text with names in it: those that are given beside it, parameters, or attributes."""
    given: Mapping[str, Node] = {}
    if is_list(node) and len(node.value) == 2 and is_map(node.value[1]):
        node, given = node.value[0], node.value[1].value
    written = text_of(node.value)
    return Unsupported("Sub") if written is None else Template(tuple(_pieces(written, given)))


def _pieces(written: str, given: Mapping[str, Node]) -> Iterator[Expression]:
    done = 0
    for met in _FILLED.finditer(written):
        yield Literal(written[done : met.start()])
        done, name = met.end(), met[2]
        if met[1]:
            yield Literal(f"${{{name}}}")  # a sign that is meant as it stands
        elif name in given:
            yield expression(given[name])
        elif "." in name:
            yield _dotted(name)
        else:
            yield Traversal(REF, (name,))
    yield Literal(written[done:])


def _join(node: Node) -> Expression:
    """What is between two things that are written out stays, even where these aren't known."""
    given = _items(node, 2)
    if given is None:
        return Unsupported("Join")
    separator, listed = given[0], given[1]
    if not is_list(listed) or called(listed) is not None:
        return Call("join", (expression(separator), expression(listed)), False)
    pieces: list[Expression] = []
    for each in listed.value:
        pieces += [expression(separator), expression(each)]
    return Template(tuple(pieces[1:]))


def _select(node: Node) -> Expression:
    given = _items(node, 2)
    if given is None:
        return Unsupported("Select")
    return Postfix(expression(given[1]), (Index(expression(given[0])),))


def _split(node: Node) -> Expression:
    given = _items(node, 2)
    return (
        Unsupported("Split")
        if given is None
        else Call("split", tuple(map(expression, given[:2])), False)
    )


def _find(node: Node) -> Expression:
    """An entry of a mapping; its default, if the extension of the language gives one."""
    given = _items(node, 3)
    if given is None:
        return Unsupported("FindInMap")
    found = Traversal(MAPPINGS, tuple(Index(expression(each)) for each in given[:3]))
    if len(given) > 3 and is_map(given[3]) and "DefaultValue" in given[3].value:
        return Call("try", (found, expression(given[3].value["DefaultValue"])), False)
    return found


def _choice(node: Node) -> Expression:
    given = _items(node, 3)
    if given is None:
        return Unsupported(CHOICE)
    test = Traversal(CONDITION, (_text(given[0]),))
    return Conditional(test, expression(given[1]), expression(given[2]))


def _equals(node: Node) -> Expression:
    given = _items(node, 2)
    if given is None:
        return Unsupported("Equals")
    return Binary("==", expression(given[0]), expression(given[1]))


def _all(operator: str, node: Node) -> Expression:
    given = _items(node, 1)
    if given is None:
        return Unsupported(operator)
    return reduce(lambda one, other: Binary(operator, one, other), map(truth, given))


def _not(node: Node) -> Expression:
    given = _items(node, 1)
    return Unsupported("Not") if given is None else Unary("!", truth(given[0]))


_MAKES: Final[Mapping[str, Callable[[Node], Expression]]] = {
    REF: _ref,
    ATTRIBUTE: _attribute,
    "Sub": _sub,
    "Join": _join,
    "Select": _select,
    "Split": _split,
    "FindInMap": _find,
    CHOICE: _choice,
    CONDITION: lambda node: Traversal(CONDITION, (_text(node),)),
    "Equals": _equals,
    "And": lambda node: _all("&&", node),
    "Or": lambda node: _all("||", node),
    "Not": _not,
    IMPORT: lambda node: Traversal(IMPORT, (Index(expression(node)),)),
    "Base64": expression,  # whoever gets it has the text again
    "ToJsonString": lambda node: Call("jsonencode", (expression(node),), False),
}
"""By name. What else there is (`GetAZs`, `Transform`) isn't known before it is deployed."""

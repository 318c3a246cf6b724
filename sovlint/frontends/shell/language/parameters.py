"""``${...}``: what a shell puts in its place. What only a run would tell is a hole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from sovlint.frontends.shell.language.own_folder import folder_of
from sovlint.frontends.shell.language.syntax import ShellSyntax
from sovlint.frontends.shell.language.variables import Text, Variables, hole, nowhere
from sovlint.model.partial.holes import HOLE

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_SHOWN: Final = 40

_DEFAULT: Final = frozenset({":-", "-", ":=", "="})
_ASKING: Final = frozenset({":?", "?"})
_INSTEAD: Final = frozenset({":+", "+"})
_CUTTING: Final = {"%": False, "%%": False, "#": True, "##": True}
"""Signs that cut something off, and whether at the beginning."""
_PATTERN: Final = re.compile(r"[*?\[\]\\$\"'(){}]")

Whole = Callable[["Node"], Text]


def expanded(
    node: Node, syntax: ShellSyntax, variables: Variables, whole: Whole
) -> Sequence[Text]:
    """What stands for ``${...}``: several texts only for an array, or for all parameters."""
    children = node.children[1:-1]
    if not children or not children[0].is_named:
        return (_unknown(node, syntax),)
    named, rest = children[0], children[1:]
    sign = "" if not rest else rest[0].type
    if named.type == "subscript":
        held = _element(named, syntax, variables)
        if not rest or (sign in _DEFAULT and held[0].text not in ("", HOLE)):
            return held
        above = _folder(held[0], sign, [whole(each) for each in rest[1:] if each.is_named])
        return (_unknown(node, syntax) if above is None else above,)
    name = syntax.of(named)
    if not rest or sign in _ASKING:
        return variables.all_of(name)
    texts = [whole(each) for each in rest[1:] if each.is_named]
    found = _changed(name, sign, texts[0] if texts else Text(), variables)
    return (_unknown(node, syntax) if found is None or len(texts) > 1 else found,)


def _element(node: Node, syntax: ShellSyntax, variables: Variables) -> Sequence[Text]:
    """``A[@]``, ``A[0]``."""
    name, index = (syntax.of(child) for child in node.named_children[:2])
    held = variables.array(name)
    if held is None:
        return (hole(nowhere(f"${{{name}[{index}]}}"[:MAX_SHOWN])),)
    if index in ("@", "*"):
        return held
    if index.isdigit() and int(index) < len(held):
        return (held[int(index)],)
    return (hole(nowhere(f"${{{name}[{index}]}}"[:MAX_SHOWN])),)


def _changed(name: str, sign: str, text: Text, variables: Variables) -> Text | None:
    """A variable, or what is told to stand for it; ``None``: only a run would tell."""
    if sign in _DEFAULT:
        return variables.get_or(name, text)
    held = variables.itself(name) or variables.get(name)
    above = _folder(held, sign, [text])
    if above is not None:
        return above
    if sign in _INSTEAD:
        return _instead(held, text)
    if sign not in _CUTTING or HOLE in held.text or _PATTERN.search(text.text):
        return None
    if HOLE in text.text:
        return None
    cut = held.text.removeprefix if _CUTTING[sign] else held.text.removesuffix
    return replace(held, text=cut(text.text))


def _folder(held: Text, sign: str, cut: Sequence[Text]) -> Text | None:
    """``${0%/*}``: the folder of a path."""
    return folder_of(held) if sign == "%" and [each.text for each in cut] == ["/*"] else None


def _instead(held: Text, text: Text) -> Text | None:
    """``${NAME:+text}``: the text where the variable has one."""
    if not held.text:
        return Text()
    return None if HOLE in held.text else text


def _unknown(node: Node, syntax: ShellSyntax) -> Text:
    return hole(nowhere(syntax.of(node)[:MAX_SHOWN].replace(HOLE, "$")))

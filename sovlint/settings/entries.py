"""Trees of files -> entries: their values by the keys that lead to them, in order, whatever the syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.interpolation import WRITTEN
from sovlint.documents.tree import Node, Pairs, text_of
from sovlint.model.decoding import late_pattern
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value
from sovlint.rules.files.configuration import Entry, Format
from sovlint.rules.files.declares import Declares
from sovlint.rules.keys import KeyPath, below
from sovlint.settings.overrides import list_stem
from sovlint.settings.scopes import GIVEN, filled
from sovlint.settings.values import valued

# --- Texts that refer to other keys of the same file (``${spring.datasource.url}``): what stands there is put in.

MAX_DEPTH: Final = 5
"""Keys that refer to others are followed no further than this."""
MAX_TEXT: Final = 2_000
MAX_REFERENCES: Final = 20
"""So many of one text are followed."""
_REFERENCE: Final = late_pattern(r"\$\{([\w.-]+)(?::[^${}]*)?\}")
_SECRET: Final = late_pattern(r"pass|pwd|secret|token|credential|key$", re.IGNORECASE)
"""Names of what is kept apart: it isn't put into other texts."""
_PROFILE: Final = late_pattern(r"%[^.]+\.")
"""In front of a key that one profile alone has."""


class Filled(Struct, frozen=True):
    """A leaf with what its references lead to, and where that stands."""

    node: Node
    wheres: tuple[Span, ...] = ()

    def told(self, value: Value | None) -> Value | None:
        """A value, with the lines that it is made of."""
        if value is None or not self.wheres or value.because is None:
            return value
        others = (Step(where, Note(WRITTEN)) for where in self.wheres)
        step = Step(self.node.where, Note(WRITTEN), (value.because, *others))
        return replace(value, because=step)


class OwnKeys:
    """The texts of a file by their keys, with dots between them; without those that a profile has otherwise."""

    __slots__ = ("_nodes",)

    def __init__(self, leaves: Sequence[tuple[KeyPath, Node]]) -> None:
        named = {".".join(path): node for path, node in leaves if isinstance(node.value, str)}
        elsewhere = {
            _PROFILE.sub("", name, count=1) for name in named if _PROFILE.match(name)
        }
        self._nodes: Mapping[str, Node] = {
            name: node
            for name, node in named.items()
            if name not in elsewhere and not _SECRET.search(name)
        }

    def filled(self, node: Node) -> Filled:
        """A leaf with what other keys of its file say put in."""
        if not isinstance(node.value, str) or "${" not in node.value:
            return Filled(node)
        wheres: list[Span] = []
        text = self._put_in(node.value, wheres, MAX_DEPTH)
        if not wheres:
            return Filled(node)
        return Filled(Node(text, node.where, node.end, node.tag), tuple(wheres))

    def _put_in(self, text: str, wheres: list[Span], depth: int) -> str:
        def replaced(met: re.Match[str]) -> str:
            node = self._nodes.get(met[1])
            if node is None or depth == 0 or len(wheres) >= MAX_REFERENCES:
                return met[0]
            wheres.append(node.where)
            return self._put_in(str(node.value), wheres, depth - 1)

        return _REFERENCE.sub(replaced, text) if len(text) <= MAX_TEXT else text


# --- Texts in files that are lines of settings: what a build is given (``NAME=value``, ``--build-arg NAME=value``).

_LINE: Final = late_pattern(r"\s*[\"']?(?P<name>[A-Za-z_]\w*)=(?P<value>.*?)[\"']?\s*$")
_FLAG: Final = late_pattern(
    r"--build-arg[=\s]+[\"']?(?P<name>[A-Za-z_]\w*)=(?P<value>[^\s\"']*)"
)
_MOST: Final = 500
"""Of a text with more lines, no further ones are read."""


def in_lines(path: KeyPath, node: Node) -> Iterator[tuple[KeyPath, Node]]:
    """The settings of such a text, each with the path of the text and its own name."""
    text = node.value
    if not isinstance(text, str) or "=" not in text:
        return
    lines = text.split("\n")[:_MOST]
    for number, line in enumerate(lines):
        met = (
            _FLAG.finditer(line)
            if "--build-arg" in line
            else filter(None, [_LINE.match(line)])
        )
        below = number + 1 if len(lines) > 1 else 0
        for each in met:
            yield (*path, each["name"]), Node(each["value"], _line(node.where, below))


def _line(start: Span, below: int) -> Span:
    line = start.line + below
    return Span(start.path, line, start.column, line, start.column)


MAX_ENTRIES: Final = 20_000
"""Of a file with more values than this, and than lines, no further ones are read."""

_FUNCTION: Final = re.compile(r"Ref|Fn::\w+")
"""The only key of what is made when a thing that is declared is deployed (``Fn::Sub: ...``)."""

_OTHERWISE: Final = ":-"
"""What parts a variable from its default in every format that has no sign of its own for it."""
_LATER: Final = "{{"
"""What stands in a text of a thing that is declared where something is looked up when it is deployed."""

_COLLECTIONS: Final = (dict, list)
_MAPPINGS: Final = (dict, Pairs)

_Leaf = tuple[KeyPath, Node]


def entries(
    tree: Node,
    kind: Format,
    most: int = MAX_ENTRIES,
    beside: Iterable[Node] = (),
    exports: Mapping[str, Value] | None = None,
) -> list[Entry]:
    """What a tree says, with variables of the file put in. ``beside``: trees of files that are read as one with it,
    whose lists and values count where it has none itself. ``exports``: what other templates export."""
    leaves: list[_Leaf] = []
    if kind.declares is not None:
        tree = _with_functions(tree, kind.declares, exports or {})
    _add_leaves(tree, (), leaves, kind.declares is not None)
    leaves = leaves[:most]
    if kind.lines:
        leaves += [
            each
            for path, node in leaves
            if any(below(path, at) for at in kind.lines)
            for each in in_lines(path, node)
        ]
    for other in beside:
        own = {list_stem(path) for path, _ in leaves}
        added: list[_Leaf] = []
        _add_leaves(other, (), added, kind.declares is not None)
        leaves = [*(each for each in added[:most] if list_stem(each[0]) not in own), *leaves]
    return filled(_entries(leaves, kind), kind)


def given_tree(given: Mapping[str, Value], before: str, path: str) -> Node:
    """What a file is given by whoever calls it, as a tree to be read beside its own."""
    here = Span(path, 1, 1, 1, 1)
    inner = {
        f"{before}{name}": Node(value, _where(value, here)) for name, value in given.items()
    }
    return Node({GIVEN: Node(inner, here)}, here)


def _where(value: Value, otherwise: Span) -> Span:
    step = value.because
    return otherwise if step is None or step.where is None else step.where.span()


def _with_functions(tree: Node, rule: Declares, exports: Mapping[str, Value]) -> Node:
    """A template with what its functions give, as far as it tells that itself."""
    from sovlint.settings.stacks import fill

    return fill.filled(tree, rule.answers, rule.known, rule.within, exports)


def _entries(leaves: Sequence[_Leaf], kind: Format) -> Iterator[Entry]:
    own = OwnKeys(leaves) if kind.dotted else None
    for path, node in leaves:
        if own is None:
            value = _value(node, kind)
        else:
            made = own.filled(node)
            value = made.told(_value(made.node, kind))
        if value is not None:
            keys = (
                tuple(part for key in path for part in key.split("."))
                if kind.dotted
                else path
            )
            yield Entry(keys, value, node.where)


def _add_leaves(node: Node, path: KeyPath, leaves: list[_Leaf], declares: bool) -> None:
    """Add all that holds nothing else. ``declares``: what deploying makes (``!Sub``, ``Fn::Sub``) is a leaf, too."""
    value = node.value
    if isinstance(value, _MAPPINGS):
        children: Iterable[tuple[str, Node]] = value.items()
    elif isinstance(value, list):
        children = [(str(index), item) for index, item in enumerate(value)]
    else:
        leaves.append((path, node))
        return
    if declares and path and node.tag and value:
        leaves.append((path, node))
        return
    for key, child in children:
        if declares and path and _FUNCTION.fullmatch(key):
            leaves.append((path, node))
        else:
            _add_leaves(child, (*path, key), leaves, declares)


def _value(node: Node, kind: Format) -> Value | None:
    """What a leaf says; what a tag or a function makes of it isn't known. Nothing where it is null."""
    written = node.value
    if node.tag or isinstance(written, _COLLECTIONS):
        return Unknown(Reason.TEMPLATED, node.tag or "Fn", Step(node.where, Note(WRITTEN)))
    if written is None or isinstance(written, Unknown):
        return written
    if isinstance(
        written, Known
    ):  # other tools fill files of variables in before a shell reads them
        text = str(written.value)
        if kind.declares is not None and _LATER not in text:
            return written
        still_open = valued(text, node.where)
        return still_open if isinstance(still_open, Unknown) else written
    text = text_of(written)
    if kind.expression is not None:  # variables are put in first
        return Known(text, Step(node.where, Note(WRITTEN)))
    return valued(text, node.where, kind.default or _OTHERWISE)

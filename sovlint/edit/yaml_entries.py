"""Entries added to a YAML file: put in as text at the end of their section, so that comments and layout stay. A second
reader must find what was there before, with the entry, and nothing else."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

import yaml

from sovlint.edit.splice import EditError
from sovlint.edit.yaml_syntax import composed, entry, nodes, plain

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

WIDTH: Final = 110
INDENT: Final = 2


def dumped(value: Any, column: int = 0) -> str:
    """A value as YAML in lines that begin at a column; what has no inner part stands on one line."""
    text = yaml.dump(
        value,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=None,
    )
    return "".join(f"{' ' * column}{line}\n" for line in text.splitlines())


def with_item(text: str, section: str, item: Any) -> str:
    """The text with one more item in a list of its outermost mapping. Raises ``EditError`` where it can't be put in
    safely."""
    return _checked(text, _added(text, section, [item]), section, [item])


def with_entry(text: str, section: str, key: str, value: Any) -> str:
    """The same with one more entry, which isn't there yet, in a mapping of the outermost one."""
    return _checked(text, _added(text, section, {key: value}), section, {key: value})


def _added(text: str, section: str, more: Any) -> str:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    roots = composed(text)
    if not roots:
        return f"{_ended(text)}{dumped({section: more})}"
    root = roots[0]
    if len(roots) != 1 or not isinstance(root, MappingNode) or root.flow_style:
        raise EditError("edit.entry-no-mapping")
    found = entry(root, section)
    if found is None:
        return f"{_ended(text)}{dumped({section: more})}"
    key, value = found
    if isinstance(value, ScalarNode):  # the key alone
        if plain(text)[0].get(section) is not None:
            raise EditError("edit.entry-other-form", section=section)
        at = _line_end(text, max(key.end_mark.index, value.end_mark.index))
        return _put(text, at, dumped(more, key.start_mark.column + INDENT))
    if not isinstance(value, SequenceNode if isinstance(more, list) else MappingNode):
        raise EditError("edit.entry-other-form", section=section)
    if value.flow_style:
        return _into_flow(text, value, more)
    at = _line_end(text, max(_ends(value)))
    return _put(text, at, dumped(more, value.start_mark.column))


def _into_flow(text: str, value: Node, more: Any) -> str:
    """One more at the end of what stands in brackets."""
    flow = yaml.dump(
        more, sort_keys=False, allow_unicode=True, width=10**6, default_flow_style=True
    )
    inner = flow.strip()[1:-1]
    at = value.end_mark.index - 1
    between = ", " if value.value else ""
    return f"{text[:at].rstrip()}{between}{inner}{text[at:]}"


def _ends(root: Node) -> list[int]:
    """Where the values below a node end that stand in the text themselves."""
    from ruamel.yaml.nodes import ScalarNode

    return [
        each.end_mark.index
        for each in nodes(root)
        if isinstance(each, ScalarNode) or getattr(each, "flow_style", False)
    ]


def _line_end(text: str, index: int) -> int:
    """The beginning of the line after the one that an offset is in; of one that a block of text ended at, itself."""
    if index and text[index - 1 : index] == "\n":
        return index
    end = text.find("\n", index)
    return len(text) if end == -1 else end + 1


def _put(text: str, at: int, more: str) -> str:
    lines = more.replace("\n", "\r\n") if "\r\n" in text else more
    return f"{_ended(text[:at])}{lines}{text[at:]}"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _checked(before: str, after: str, section: str, more: Any) -> str:
    """The text after the edit, where a second reader finds the entry in it and all else as it was."""
    was = plain(before) if before.strip() else []
    wanted = deepcopy(was[0]) if was and was[0] is not None else {}
    if isinstance(more, list):
        wanted[section] = [*(wanted.get(section) or ()), *more]
    else:
        wanted[section] = {**(wanted.get(section) or {}), **more}
    if plain(after) != [wanted]:
        raise EditError("edit.second-reader")
    return after

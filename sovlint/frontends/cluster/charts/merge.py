"""Values put together as Helm does: maps key by key, anything else replaced, null takes a key away.

Source: Helm's documentation, "Values Files" and "Subcharts and Global Values" (https://helm.sh/docs/chart_template_guide/).
"""

from __future__ import annotations

from sovlint.documents import scalar
from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, get, is_map, is_null, merged_entries, text
from sovlint.model.classrules import BEFORE, OWN_KEY
from sovlint.model.source import Span

GLOBAL = "global"
"""The key of values that every subchart sees too."""


def merged(under: Node, over: Node | None, last: bool = True) -> Node:
    """``over`` laid on ``under``, neither of which changes; null takes a key away, at last: what lies beneath isn't
    there yet where it isn't the ``last`` time."""
    if over is None:
        return under
    if not (is_map(under) and is_map(over)):
        return over

    def merge(_: str, there: Node | None, node: Node) -> Node | None:
        if node.value is None and last:
            return None
        return merged(there, node, last) if is_map(there) and is_map(node) else node

    found = merged_entries(under, over, merge)
    if OWN_KEY in under.value and OWN_KEY in over.value:
        _keep(under, over, found)
    return found


def _keep(under: Node, over: Node, found: Node) -> None:
    """A class that is laid over stays beside what took its place."""
    before, now = text(under.value[OWN_KEY]), text(over.value[OWN_KEY])
    if before and before != now:
        kept = f"{OWN_KEY}{BEFORE}"
        said = ",".join(filter(None, (before, text(under.value.get(kept)))))
        found.value[kept] = Node(said, under.value[OWN_KEY].where)


def beneath(values: Node, name: str, defaults: Node) -> Node:
    """The values of a chart with those of a subchart laid beneath what it says under the subchart's ``name``.

    A subchart's own ``global`` is seen by itself alone, and the parent's wins over it.
    """
    said = get(values, name)
    if is_null(said) and is_map(values) and name in values.value:
        return values  # the subchart's values are taken away as a whole
    below = merged(defaults, said) if is_map(said) or said is None else said
    return Node({**values.value, name: below}, values.where, values.end)


def set_path(
    values: Node, path: str, written: str, where: Span, as_text: bool = False
) -> Node:
    """Values with what ``--set path=written`` says: keys with dots between them, ``\\.`` for a dot in a key, indexes
    in brackets (``a.b[0].c``). A path that can't be read changes nothing. What isn't known stays so."""
    keys = _keys(path)
    if not keys:
        return values
    is_text = as_text or isinstance(written, Evaluated)
    node = Node(written if is_text else scalar(written), where)
    return _set(values, keys, node, where)


MAX_KEYS = 50
"""Keys that lead to what ``--set`` sets."""

MAX_INDEX = 1000
"""Elements of a list that ``--set`` may make."""


def _set(at: Node | None, keys: list[str | int], node: Node, where: Span) -> Node:
    if not keys:
        return node
    key, rest = keys[0], keys[1:]
    if isinstance(key, int):
        items = list(at.value) if at is not None and isinstance(at.value, list) else []
        items += [Node(None, where) for _ in range(key + 1 - len(items))]
        items[key] = _set(items[key], rest, node, where)
        return Node(items, at.where if at is not None else where)
    entries = dict(at.value) if is_map(at) else {}
    if node.value is None and not rest:
        entries.pop(key, None)
    else:
        entries[key] = _set(entries.get(key), rest, node, where)
    return Node(entries, at.where if at is not None else where)


def _keys(path: str) -> list[str | int]:
    keys: list[str | int] = []
    if path.count(".") + path.count("[") > MAX_KEYS:
        return keys
    for part in path.replace("\\.", "\0").split("."):
        name, *indexes = part.replace("\0", ".").split("[")
        if name:
            keys.append(name)
        for index in indexes:
            number = index.rstrip("]")
            if not number.isdecimal() or int(number) > MAX_INDEX:
                return []
            keys.append(int(number))
    return keys

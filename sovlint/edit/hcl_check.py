"""Two readers look at an edited file: what isn't the tag must be to both what it was before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sovlint.edit.hcl_library import hcl_library
from sovlint.edit.hcl_syntax import Syntax
from sovlint.edit.splice import EditError, Splice

_COMMENTS: Final = ("__comments__", "__inline_comments__")


def check(
    before: Syntax,
    splices: Sequence[Splice],
    after: bytes,
    kind: str,
    labels: Sequence[str],
    path: str,
) -> None:
    """Raise ``EditError`` where the edited file isn't the old one but for what stands at ``path`` of the block of this
    kind and these labels."""
    edited = Syntax(after)
    if _tokens(before, _old(splices)) != _tokens(edited, _new(splices)):
        raise EditError("edit.changes-more")
    old, new = _read(before.data), _read(after)
    if sorted(_comments(old)) != sorted(_comments(new)):
        raise EditError("edit.changes-more")
    for data in (old, new):
        _without(data, kind, labels, path.split("."))
    if _bare(old) != _bare(new):
        raise EditError("edit.changes-more")


def _old(splices: Sequence[Splice]) -> list[tuple[int, int]]:
    return sorted((each.start, each.end) for each in splices)


def _new(splices: Sequence[Splice]) -> list[tuple[int, int]]:
    """Where the new bytes stand in the edited file."""
    found, shift = [], 0
    for each in sorted(splices, key=lambda each: (each.start, each.end)):
        found.append((each.start + shift, each.start + shift + len(each.text)))
        shift += len(each.text) - (each.end - each.start)
    return found


def _tokens(syntax: Syntax, left_out: Sequence[tuple[int, int]]) -> list[tuple[str, bytes]]:
    """The tokens of a file, but for those within some stretches."""
    found, stack = [], [syntax.root]
    while stack:
        node = stack.pop()
        if node.child_count:
            stack.extend(reversed(node.children))
        elif not any(
            start <= node.start_byte and node.end_byte <= end for start, end in left_out
        ):
            found.append((node.type, syntax.data[node.start_byte : node.end_byte]))
    return found


def _read(data: bytes) -> dict[str, Any]:
    """A file as python-hcl2 reads it."""
    library = hcl_library()
    try:
        read: dict[str, Any] = library.loads(data.decode("utf-8"))
    except Exception as error:  # whatever a parser that somebody else wrote may raise
        raise EditError("edit.second-reader") from error
    return read


def _comments(value: Any) -> Iterator[str]:
    """The words of all comments. Where one belongs, and whether its marks do, python-hcl2 decides by its neighbours."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _COMMENTS:
                for each in inner:
                    yield from (
                        str(each.get("value", ""))
                        .replace("/*", " ")
                        .replace("*/", " ")
                        .split()
                    )
            else:
                yield from _comments(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _comments(inner)


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in _COMMENTS}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def _without(
    data: dict[str, Any], kind: str, labels: Sequence[str], path: Sequence[str]
) -> None:
    """Take the tags of one block out."""
    bodies: list[Any] = list(data.get(kind, ()))
    for label in labels:
        bodies = [
            inner for each in bodies for key, inner in each.items() if key.strip('"') == label
        ]
    for step in path[:-1]:
        bodies = [
            inner
            for each in bodies
            for inner in each.get(step, ())
            if isinstance(inner, dict)
        ]
    for each in bodies:
        each.pop(path[-1], None)

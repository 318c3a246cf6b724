"""The arguments that one page of documentation lists.

Two habits are known. Generated pages have a ``## Schema`` section, whose ``### Nested Schema for `a.b` `` headings name
whole paths. Pages written by hand have ``## Argument Reference``, with nested arguments as indented bullets, or after a
heading or a sentence that names the block (``The `rule` block supports:``): such a block is put below every argument of
its name, and where the sentence gives a whole path (``The `rule.to` block``) at that path too. Attributes that are only
exported stand in other sections, which aren't read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from published.schema import ANY

_HEADING = re.compile(r"^(#+)\s+(.*?)\s*#*$")
_ARGUMENTS = re.compile(r"^(arguments?\b|schema\b|inputs?\b)", re.I)
_NESTED = re.compile(r"^nested schema for `+([^`]+)`+", re.I)
_SCHEME = re.compile(r"^\s*nested schem[ae] for (?:`+|\*\*)(\w+)(?:`+|\*\*):", re.I)
_READ_ONLY = re.compile(r"^\s*(#+\s*|\*\*)?read-only:?(\*\*)?:?\s*$", re.I)
_WRITABLE = re.compile(r"^\s*(#+\s*|\*\*)?(required|optional):?(\*\*)?:?\s*$", re.I)
_BULLET = re.compile(
    r"^(\s*)[*+-]\s+(?:<a [^>]*>(?:</a>)?\s*)?\[?(?:`+|\*\*|__)\[?`*([A-Za-z][\w.\\-]*)\s*`*\]?(?:`+|\*\*|__)(.*)"
)
_QUOTED = re.compile(r"(?:`+|\*\*|__)\[?([A-Za-z][\w.\\-]*)\]?(?:`+|\*\*|__)")
_BLOCK = re.compile(
    r"\b(blocks?|objects?|maps?|mappings?|supports?|configuration|schema|structure|contains?)\b",
    re.I,
)
_MAP = re.compile(r"\bmap\b(?! of objects)|\bkey[-/ ]value|\bmapping of\b|\bdynamic\b", re.I)
_ABOVE = re.compile(r"^[*+-] `([a-z][a-z0-9_]*)` - See Argument Reference above", re.I | re.M)
_NAME = re.compile(r"^[a-z][a-z0-9_.]*$")


@dataclass
class _List:
    """Arguments of one block: relative paths. ``path``: where the block lies; ``name``: what it is told by."""

    name: str = ""
    path: str | None = None
    arguments: set[str] = field(default_factory=set)


def arguments(text: str, name: str = "") -> frozenset[str]:
    """The paths of the arguments that a page lists, those of maps with what stands below them open.

    Lists forget some: an attribute that points back to them is an argument, and so is what an example sets in a
    resource of the type ``name``.
    """
    placed = {*_ABOVE.findall(text), *_set_in_examples(text, name)}
    named: dict[str, set[str]] = {}
    for found in _lists(text.splitlines()):
        if found.name:
            named.setdefault(found.name, set()).update(found.arguments)
        if found.path is not None:
            placed |= {
                f"{found.path}.{path}" if found.path else path for path in found.arguments
            }
            placed |= {found.path} if found.path else set()
    whole = placed | {path for each in placed for path in _under(each, named, ())}
    leaves = {path.rpartition(".")[2] for path in whole}
    for block in (
        named.keys() - leaves
    ):  # no argument is called after it: a block, or a heading and nothing more
        whole |= {block, *named[block], *_under(block, named, ())}
    return frozenset(whole)


def _set_in_examples(text: str, name: str) -> Iterator[str]:
    """The names of arguments that resources of a type set on their own level in the examples of a page."""
    for body in re.findall(rf'^resource "{name}" "[^"]*" \{{\n(.*?)^\}}', text, re.M | re.S):
        depth = 0
        for line in body.splitlines():
            if not depth and (found := re.match(r"\s*([a-z][a-z0-9_]*)\s*=(?!=)", line)):
                yield found[1]
            depth += len(re.findall(r"[{\[(]", line)) - len(re.findall(r"[}\])]", line))


def _under(path: str, named: dict[str, set[str]], above: tuple[str, ...]) -> Iterator[str]:
    """What blocks told by name put below a path."""
    leaf = path.rpartition(".")[2]
    if leaf in above and (
        above[-1] != leaf or above.count(leaf) > 1
    ):  # a block may hold one of its own name
        return
    for inner in named.get(leaf, ()):
        yield f"{path}.{inner}"
        yield from _under(f"{path}.{inner}", named, (*above, leaf))


def _lists(lines: list[str]) -> Iterator[_List]:
    """The lists of arguments of a page, in order."""
    current: _List | None = None
    depth, writable = 0, True
    stack: list[tuple[int, str]] = []
    flat: tuple[int, str] | None = (
        None  # an announced block whose arguments may stand no deeper than itself
    )
    for line in _outside_code(lines):
        if _READ_ONLY.match(line) or _WRITABLE.match(line):
            writable, stack = bool(_WRITABLE.match(line)), []
        elif heading := _HEADING.match(line):
            found = _opened(heading[2], len(heading[1]), depth if current else None)
            depth = len(heading[1]) if found and found.path == "" else depth
            writable, stack = True, []
            if found is not current:
                yield from [current] if current else []
            current = found
        elif current and writable and (bullet := _BULLET.match(line)):
            indent, name = len(bullet[1].expandtabs(4)), bullet[2].replace("\\", "")
            flat = flat if flat and indent == flat[0] else None
            if flat:
                current.arguments.add(f"{flat[1]}.{name}")
            stack = [entry for entry in stack if entry[0] < indent]
            path = ".".join([*(entry[1] for entry in stack), name])
            current.arguments |= {path, f"{path}.{ANY}"} if _MAP.search(bullet[3]) else {path}
            stack.append((indent, name))
        elif (
            current
            and stack
            and (scheme := _SCHEME.match(line))
            and scheme[1] == stack[-1][1]
        ):
            flat = stack[-1][0], ".".join(entry[1] for entry in stack)
        elif current and (block := _introduced(line)):
            yield current
            whole = block if "." in block else None
            current, writable, stack = _List(block.rpartition(".")[2], whole), True, []
    if current:
        yield current


def _outside_code(lines: list[str]) -> Iterator[str]:
    fenced = False
    for line in lines:
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            yield line


def _opened(title: str, level: int, depth: int | None) -> _List | None:
    """The list that a heading opens; ``depth``: of the heading of the arguments, ``None`` outside them."""
    if nested := _NESTED.match(title):
        return _List(path=nested[1].replace("\\", ""))
    if _ARGUMENTS.match(title):
        return _List(path="")
    if depth is None or level <= depth:
        return None
    words = _QUOTED.findall(title) or [
        word for word in title.split() if _NAME.match(word) and "_" in word
    ]
    words = words or (
        [title.split()[0].lower()] if _NAME.match(title.split()[0].lower()) else []
    )
    return _List(re.split(r"[.-]", words[-1].replace("\\", ""))[-1]) if words else None


def _introduced(line: str) -> str | None:
    """The block, or the path to it, that a sentence introduces (``The `rule` block supports:``)."""
    if (
        line[:1].isspace()
        or not line.strip()
        or line.lstrip().startswith(("->", "~>", "!>", "|", "*", "-"))
    ):
        return None
    names = _QUOTED.findall(line)
    if (
        not names
        or not _BLOCK.search(line)
        or not line.rstrip().endswith((":", ".", "following"))
    ):
        return None
    return str(names[0]).replace("\\", "")

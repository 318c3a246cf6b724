"""YAML and JSON documents as plain data with positions, and their validation against a schema, for people.

Used by every room that reads YAML (configuration, policies, catalogue, manifests, inventories).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from sovlint.fitting import fits
from sovlint.model.source import Span

if TYPE_CHECKING:
    from yaml.nodes import Node

Path = tuple["str | int", ...]
Made = TypeVar("Made")

MAX_CHARACTERS = 8_000_000
"""Longer texts are refused: reading takes up to ninety times their size."""
MAX_NODES = 500_000
"""Documents that grow past this many nodes (aliases expanded) are refused."""
LONG = 500_000
"""In texts of more characters than this, nodes are counted before they are made."""
MAX_DEPTH = 100
"""Documents nested deeper than this are refused."""
MAX_DOCUMENTS = 50_000
"""Of a text with more documents than this, no further ones are read."""

MAX_SHOWN = 60
"""Characters of what a text says that an error repeats."""

_OBJECTS = "tag:yaml.org,2002:python"
_TEXT = "tag:yaml.org,2002:str"
_TOO_DEEP = "exceeded maximum nesting depth"
_BITS = 24
_COLUMN = (1 << _BITS) - 1  # more than a text that is read has characters
_UNKNOWN = "unknown key"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ANCHOR = re.compile(r"(?:^|[-:?,\[{\r\x85\u2028\u2029]|![^\s!]*[ \t])[ \t]*&([0-9A-Za-z_-]+)", re.MULTILINE)
"""An anchor, where nothing but a tag or what begins a value may stand before it. In prose there are others."""
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL_HEX = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_ELSEWHERE_TOO = re.compile(r"(?:0|[-+]?[1-9][0-9]*|~|null|Null|NULL|true|True|TRUE|false|False|FALSE)\Z")
"""Scalars that aren't text under YAML 1.1 either, as which the loader tells them."""
_WORDS: Mapping[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class DocumentError(Exception):
    """A document that can't be read: what is wrong, and where (line and column from 1)."""

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column


class TooLargeError(DocumentError):
    """One that is larger, or nested deeper, than is read: whether it is valid isn't known."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document: ``data`` is made of dict, list, str, int, float, bool and None; keys are strings.

    ``spans`` has the span of the key (of a mapping entry) or of the item (of a list), by path. ``duplicates`` are
    spans of keys that stand twice in one mapping (the last one counts). ``tags`` are local tags (``!reset``) by the
    line and column where the value begins.
    """

    data: Any
    path: str
    spans: Mapping[Path, Span]
    ends: Mapping[Path, Span]
    duplicates: tuple[tuple[str, Span], ...] = ()
    tags: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def tag(self, path: Path = ()) -> str:
        """The local tag of what stands at ``path``, with its exclamation mark; empty where it has none."""
        end = self.ends.get(path) if self.tags else None
        return "" if end is None else self.tags.get((end.line, end.column), "")

    def span(self, path: Path = ()) -> Span:
        """The span of what stands at ``path``, or of its nearest parent."""
        while path and path not in self.spans:
            path = path[:-1]
        return self.spans[path]

    def whole(self, path: Path = ()) -> Span:
        """From the key at ``path`` to the end of its value."""
        start = self.span(path)
        end = self.ends.get(path, start)
        return Span(start.path, start.line, start.column, end.end_line, end.end_column)

    def fold(self, make: Callable[[Any, Span, Span], Made], at: Path = ()) -> Made:
        """What ``make`` makes of the value at ``at``, its ``span`` and its ``whole`` span, from the leaves up.

        Cheaper than asking for the spans one by one: each of those is looked up from the top, this goes down once.
        """
        data = self.data
        for part in at:
            data = data[part]
        return self._fold(make, data, at, self.spans.place(at) if isinstance(self.spans, _Spans) else None)

    def _fold(self, make: Callable[[Any, Span, Span], Made], data: Any, at: Path, place: _Place | None) -> Made:
        inner = place.inner if place is not None else None
        value = data
        if isinstance(data, dict):
            by_key = inner if isinstance(inner, dict) else {}
            value = {key: self._fold(make, item, (*at, key), by_key.get(key)) for key, item in data.items()}
        elif isinstance(data, list):
            items = inner if isinstance(inner, list) and len(inner) == len(data) else [None] * len(data)
            value = [self._fold(make, item, (*at, index), items[index]) for index, item in enumerate(data)]
        if place is None:
            return make(value, self.span(at), self.whole(at))
        return make(value, *place.spans(self.path))


class _Place:
    """Where a node stands, and its key where it has one (``line << BITS | column``, from 0: small, and made quickly);
    ``inner``: the places of what is in it, by key or in order."""

    __slots__ = ("end", "inner", "key", "key_end", "start")

    def __init__(self, node: Node, above: int) -> None:
        start, end = node.start_mark, node.end_mark
        self.start: int = start.line + above << _BITS | start.column
        self.end: int = end.line + above << _BITS | end.column
        self.key: int = self.start
        self.key_end: int = self.end
        self.inner: dict[str, _Place] | list[_Place] | None = None

    def at(self, path: Path) -> _Place | None:
        """The place of what stands at ``path``, seen from here."""
        place = self
        for part in path:
            inner = place.inner
            if isinstance(inner, dict):
                found = inner.get(part) if isinstance(part, str) else None
            else:
                found = inner[part] if inner and isinstance(part, int) and 0 <= part < len(inner) else None
            if found is None:
                return None
            place = found
        return place

    def spans(self, file: str) -> tuple[Span, Span]:
        """The span of the key (of the item in a list), and the one from there to the end of the value."""
        line, column = (self.key >> _BITS) + 1, (self.key & _COLUMN) + 1
        key = Span(file, line, column, (self.key_end >> _BITS) + 1, (self.key_end & _COLUMN) + 1)
        return key, Span(file, line, column, (self.end >> _BITS) + 1, (self.end & _COLUMN) + 1)

    def paths(self, above: Path = ()) -> Iterator[Path]:
        """Every path, this one's own first."""
        yield above
        inner = self.inner
        pairs = inner.items() if isinstance(inner, dict) else enumerate(inner or ())
        for key, place in pairs:
            yield from place.paths((*above, key))


class _Spans(Mapping[Path, Span]):
    """Spans by path, each made when somebody asks for it: most never are."""

    __slots__ = ("_file", "_keys", "_root")

    def __init__(self, root: _Place, file: str, keys: bool) -> None:
        self._root = root
        self._file = file
        self._keys = keys  # whether of the key, where there is one

    def place(self, path: Path) -> _Place | None:
        """Where what stands at ``path`` is; ``None`` where nothing is."""
        return self._root.at(path)

    def __getitem__(self, path: Path) -> Span:
        place = self._root.at(path)
        if place is None:
            raise KeyError(path)
        start, end = (place.key, place.key_end) if self._keys else (place.start, place.end)
        return Span(self._file, (start >> _BITS) + 1, (start & _COLUMN) + 1, (end >> _BITS) + 1, (end & _COLUMN) + 1)

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and self._root.at(path) is not None

    def __iter__(self) -> Iterator[Path]:
        return self._root.paths()

    def __len__(self) -> int:
        return sum(1 for _ in self)


# Where PyYAML parses in C it composes there too: the composer in Python has to stand before it.
_COMPOSER: Any = type("_Composer", (yaml.composer.Composer, _LOADER), {}) if _LOADER is not yaml.SafeLoader else _LOADER


class _Reusing(_COMPOSER):  # type: ignore[misc]
    """Loads texts in which an anchor is set again: an alias means the nearest one above it (YAML 1.2.2, 7.1).

    PyYAML refuses them, although whatever else reads manifests (Go) doesn't. A third as fast, so only where needed.
    """

    def __init__(self, text: str) -> None:
        _LOADER.__init__(self, text)
        yaml.composer.Composer.__init__(self)

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event: Any = self.peek_event()
        if isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(event.anchor, None)
        composed: Node | None = super().compose_node(parent, index)
        return composed


@dataclass(slots=True)
class _Builder:
    path: str
    read: Callable[[str], object]
    above: int
    duplicates: list[tuple[str, Span]] = field(default_factory=list)
    tags: dict[tuple[int, int], str] = field(default_factory=dict)

    def build(self, node: Node, depth: int = 0) -> tuple[Any, _Place]:
        if depth > MAX_DEPTH:
            raise TooLargeError(f"nested deeper than {MAX_DEPTH} levels", *_start(node))
        if node.tag.startswith(_OBJECTS):
            raise DocumentError(f"a tag that names an object of Python ({node.tag[:MAX_SHOWN]})", *_start(node))
        place = _Place(node, self.above)
        if node.tag.startswith("!"):
            self.tags[node.start_mark.line + self.above + 1, node.start_mark.column + 1] = node.tag
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node), place
        if isinstance(node, yaml.SequenceNode):
            pairs = [self.build(child, depth + 1) for child in node.value]
            place.inner = [inner for _, inner in pairs]
            return [item for item, _ in pairs], place
        built, place.inner = self._mapping(node, depth)
        return built, place

    def _scalar(self, node: yaml.ScalarNode) -> object:
        if node.style or not _plain(node):
            return node.value
        value = self.read(node.value)
        # Resolved as text although it reads like a number or a word: somebody wrote that it is text (``!!str 5``).
        written = node.tag == _TEXT and not isinstance(value, str) and _ELSEWHERE_TOO.match(node.value)
        return node.value if written else value

    def _mapping(self, node: Node, depth: int) -> tuple[dict[str, Any], dict[str, _Place]]:
        built: dict[str, Any] = {}
        places: dict[str, _Place] = {}
        merges: list[Node] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise DocumentError("a key must be a plain value", *_start(key_node))
            key = str(key_node.value)
            if key == "<<" and not key_node.style:
                merges.append(value_node)
                continue
            if key in built:
                self.duplicates.append((key, self._span(key_node)))
            built[key], place = self.build(value_node, depth + 1)
            start, end = key_node.start_mark, key_node.end_mark
            place.key = start.line + self.above << _BITS | start.column
            place.key_end = end.line + self.above << _BITS | end.column
            places[key] = place
        for merge in merges:
            for source in merge.value if isinstance(merge, yaml.SequenceNode) else [merge]:
                if not isinstance(source, yaml.MappingNode):
                    raise DocumentError("a merge key (<<) needs a mapping", *_start(source))
                self._merge(source, depth, built, places)
        return built, places

    def _merge(self, source: Node, depth: int, built: dict[str, Any], places: dict[str, _Place]) -> None:
        """Add what ``source`` says and ``built`` doesn't; each entry keeps its own place."""
        if depth >= MAX_DEPTH:
            raise TooLargeError(f"nested deeper than {MAX_DEPTH} levels", *_start(source))
        duplicates = len(self.duplicates)
        merged, standing = self._mapping(source, depth + 1)
        del self.duplicates[duplicates:]  # told where the source itself stands
        for key, value in merged.items():
            if key not in built:
                built[key] = value
                places[key] = standing[key]

    def _span(self, node: Node) -> Span:
        start, end = node.start_mark, node.end_mark
        above = self.above + 1
        return Span(self.path, start.line + above, start.column + 1, end.line + above, end.column + 1)


def load(
    data: bytes | str, path: str, most: int = MAX_NODES, read: Callable[[str], object] | None = None, above: int = 0
) -> Iterator[Document]:
    """The documents of a YAML (or JSON) text; scalars follow YAML 1.2, so that ``NO`` stays a country.

    ``read``: what plain scalars are, where not that. A document of more than ``most`` nodes is refused. ``above``: how
    many lines of the file stand above the text. Raises ``DocumentError`` where the text can't be read; documents before
    the error have been given by then.
    """
    try:
        yield from _load(data, path, most, read or scalar, above)
    except DocumentError as error:
        error.line += above
        raise


def _load(data: bytes | str, path: str, most: int, read: Callable[[str], object], above: int) -> Iterator[Document]:
    try:
        text = _SURROGATES.sub(_character, data.decode("utf-8-sig") if isinstance(data, bytes) else data)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DocumentError("not UTF-8 text", line, 1) from None
    if len(text) > MAX_CHARACTERS:
        raise TooLargeError(f"longer than {MAX_CHARACTERS:,} characters", 1, 1)
    loader = (_Reusing if _reuses_anchors(text) else _LOADER)(text)
    try:
        if len(text) > LONG:
            _count(text, most)
        count = 0
        while loader.check_node():
            node: Any = loader.get_node()
            count += 1
            if count > MAX_DOCUMENTS:
                raise TooLargeError(f"more than {MAX_DOCUMENTS:,} documents", *_start(node))
            may_be_large = ("*" in text and "&" in text) or len(text) > most  # every node has a character
            if may_be_large and _expanded(node, {}) > most:
                raise TooLargeError(f"more than {most:,} nodes once aliases are expanded", *_start(node))
            builder = _Builder(path, read, above)
            data, root = builder.build(node)
            spans = _Spans(root, path, keys=True), _Spans(root, path, keys=False)
            yield Document(data, path, *spans, tuple(builder.duplicates), builder.tags)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        kind = TooLargeError if error.problem == _TOO_DEEP else DocumentError
        raise kind(error.problem or "not valid YAML", line, column) from None
    except yaml.YAMLError as error:
        raise DocumentError(str(error).splitlines()[0], 1, 1) from None
    except RecursionError:
        raise TooLargeError("nested too deeply", 1, 1) from None
    finally:
        loader.dispose()


def _reuses_anchors(text: str) -> bool:
    """Whether an anchor seems to be set twice, in one document or in several."""
    anchors = _ANCHOR.findall(text) if "&" in text else ()
    return len(set(anchors)) < len(anchors)


def _count(text: str, most: int) -> None:
    """Raise ``DocumentError`` where a document has more than ``most`` nodes, without making any."""
    found = 0
    for event in yaml.parse(text, Loader=_LOADER):
        found = 0 if isinstance(event, yaml.DocumentStartEvent) else found + isinstance(event, yaml.NodeEvent)
        if found > most:
            line, column = (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)
            raise TooLargeError(f"more than {most:,} nodes", line + 1, column + 1)


def tagged(text: str) -> bool:
    """Whether a YAML text has explicit tags (``!x``), as far as it can be read."""
    try:
        return any(isinstance(token, yaml.TagToken) for token in yaml.scan(text, Loader=_LOADER))
    except yaml.YAMLError:
        return False


def scalar(text: str) -> object:
    """A plain scalar under YAML 1.2's core schema: null, true/false, numbers; all else is text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) < 20:
        return int(text)
    if _OCTAL_HEX.match(text):
        return int(text, 0)
    if _FLOAT.match(text) and any(mark in text for mark in ".eE"):
        return float(text)
    return text


def problems(document: Document, schema: Mapping[str, Any]) -> list[tuple[Span, str]]:
    """What is wrong with a document under a JSON Schema: for each problem its span and a sentence.

    Unknown keys come first: a misspelt key often makes another look absent, or wrong.
    """
    if fits(document.data, schema):
        return []
    from jsonschema import Draft202012Validator  # imported late: 0.12 s

    found = []
    for error in Draft202012Validator(schema).iter_errors(document.data):
        for inner in _leaves(error):
            at: Path = tuple(inner.absolute_path)
            found.append((document.span(_extra_key(inner, at)), _sentence(inner, at)))
    return sorted(set(found), key=lambda problem: (not problem[1].startswith(_UNKNOWN), problem))


def closest(word: str, known: Sequence[str]) -> str:
    """`` Did you mean `x`?`` where something close is known, else an empty string."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1)
    return f" Did you mean `{close[0]}`?" if close else ""


def _expanded(node: Node, sizes: dict[int, int], depth: int = 0) -> int:
    """How many nodes a document has once aliases are expanded; each node is counted once, so a bomb costs nothing."""
    known = sizes.get(id(node))
    if known is not None:
        return known
    if depth > MAX_DEPTH:
        raise TooLargeError(f"nested deeper than {MAX_DEPTH} levels", *_start(node))
    sizes[id(node)] = 1  # an alias to a parent would never end; the depth of what is built refuses it
    children: list[Node] = []
    if isinstance(node, yaml.SequenceNode):
        children = node.value
    elif isinstance(node, yaml.MappingNode):
        children = [each for pair in node.value for each in pair]
    size = 1 + sum([_expanded(child, sizes, depth + 1) for child in children])
    sizes[id(node)] = size
    return size


def _character(match: re.Match[str]) -> str:
    """JSON writes characters beyond U+FFFF as two escapes, which YAML doesn't know."""
    high, low = int(match.group(1), 16), int(match.group(2), 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _plain(node: Node) -> bool:
    return bool(node.tag.startswith("tag:yaml.org,2002:"))


def _start(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _leaves(error: Any) -> Iterator[Any]:
    """The errors that say most: inside ``anyOf``/``oneOf`` those of the branch that fits best."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        from jsonschema.exceptions import best_match

        best = best_match([error])
        if best is not None and best is not error:
            yield best
            return
    yield error


def _unknown_keys(error: Any) -> list[str]:
    known = set(error.schema.get("properties", {}))
    return [key for key in error.instance if key not in known]


def _extra_key(error: Any, at: Path) -> Path:
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        return (*at, *_unknown_keys(error)[:1])
    return at


def _sentence(error: Any, at: Path) -> str:
    name = ".".join(str(part) for part in at) or "the document"
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        unknown = _unknown_keys(error)
        known = list(error.schema.get("properties", {}))
        where = f" in `{name}`" if at else ""
        return f"{_UNKNOWN} `{unknown[0]}`{where}.{closest(unknown[0], known)}" if unknown else error.message
    if error.validator == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return f"`{name}` lacks the key `{missing[0]}`."
    if error.validator == "enum":
        allowed = [str(value) for value in error.validator_value]
        return (
            f"`{name}` can't be {error.instance!r}: one of {', '.join(allowed)}.{closest(str(error.instance), allowed)}"
        )
    if error.validator == "type":
        return f"`{name}` must be of type {error.validator_value}, not {error.instance!r}."
    expected = (
        error.schema.get("description") if error.validator == "pattern" and isinstance(error.schema, dict) else None
    )
    return f"`{name}`: {error.message}.{f' Expected: {expected}' if expected else ''}"

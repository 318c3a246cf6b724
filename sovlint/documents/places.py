"""Where the parts of a document stand, kept small: a manifest has thousands, and few are ever asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sovlint.model.source import Span

Path = tuple["str | int", ...]

BITS = 24
COLUMN = (1 << BITS) - 1  # more than a text that is read has characters


def shift_of(above: int, left: int) -> int:
    """Lines and columns that stand before a text, as what is added to where things stand in it."""
    return (above << BITS) + left


class NodePlace:
    """Where a node stands, and its key where it has one (``line << BITS | column``, from 0: small, and made quickly);
    ``inner``: the places of what is in it, by key or in order."""

    __slots__ = ("end", "inner", "key", "key_end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.key = start
        self.key_end = end
        self.inner: dict[str, NodePlace] | list[NodePlace] | None = None

    def at(self, path: Path) -> NodePlace | None:
        """The place of what stands at ``path``, seen from here."""
        place = self
        for part in path:
            inner = place.inner
            if isinstance(inner, dict):
                found = inner.get(part) if isinstance(part, str) else None
            else:
                found = (
                    inner[part]
                    if inner and isinstance(part, int) and 0 <= part < len(inner)
                    else None
                )
            if found is None:
                return None
            place = found
        return place

    @property
    def begins(self) -> tuple[int, int]:
        """Line and column at which the value begins, from 1."""
        return (self.start >> BITS) + 1, (self.start & COLUMN) + 1

    def spans(self, file: str) -> tuple[Span, Span]:
        """The span of the key (of the item in a list), and the one from there to the end of the value."""
        line, column = (self.key >> BITS) + 1, (self.key & COLUMN) + 1
        key = Span(
            file, line, column, (self.key_end >> BITS) + 1, (self.key_end & COLUMN) + 1
        )
        return key, Span(file, line, column, (self.end >> BITS) + 1, (self.end & COLUMN) + 1)

    def paths(self, above: Path = ()) -> Iterator[Path]:
        """Every path, this one's own first."""
        yield above
        inner = self.inner
        pairs = inner.items() if isinstance(inner, dict) else enumerate(inner or ())
        for key, place in pairs:
            yield from place.paths((*above, key))


class Spans(Mapping[Path, Span]):
    """Spans by path, each made when somebody asks for it: most never are."""

    __slots__ = ("_file", "_keys", "_root")

    def __init__(self, root: NodePlace, file: str, keys: bool) -> None:
        self._root = root
        self._file = file
        self._keys = keys  # whether of the key, where there is one

    def place(self, path: Path) -> NodePlace | None:
        """Where what stands at ``path`` is; ``None`` where nothing is."""
        return self._root.at(path)

    def __getitem__(self, path: Path) -> Span:
        place = self._root.at(path)
        if place is None:
            raise KeyError(path)
        start, end = (place.key, place.key_end) if self._keys else (place.start, place.end)
        return Span(
            self._file,
            (start >> BITS) + 1,
            (start & COLUMN) + 1,
            (end >> BITS) + 1,
            (end & COLUMN) + 1,
        )

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and self._root.at(path) is not None

    def __iter__(self) -> Iterator[Path]:
        return self._root.paths()

    def __len__(self) -> int:
        return sum(1 for _ in self)


def spans_of(root: NodePlace, file: str) -> tuple[Spans, Spans]:
    """The spans of keys, and those of values."""
    return Spans(root, file, keys=True), Spans(root, file, keys=False)

"""Matching without going back: all ways that a pattern may match are followed at once, the preferred one first.

That is Pike's machine (https://swtch.com/~rsc/regexp/regexp2.html, read 2026-11-25): time is text times pattern.
"""

from __future__ import annotations

from sovlint.expressions.functions.pattern_classes import is_word
from sovlint.expressions.functions.pattern_nodes import (
    Assert,
    CapturingGroup,
    Chars,
    Concat,
    Either,
    PatternNode,
    Repeat,
)

MAX_PROGRAM = 20_000
"""Patterns of more instructions are not tried."""
MAX_STEPS = 1_000_000
"""More steps of matching are not made: about a second."""

CHARS, PLACE, SPLIT, SAVE, MATCH = range(5)
Instruction = tuple[int, object, int, int]
"""What to do, with what (a set of characters, a place, a slot), and where to go on; a split has two ways, the first
preferred."""
Thread = tuple[int, tuple[int, ...]]
"""A way that is followed: the instruction that it is at, and where what it remembers begins and ends."""


class TooLongError(Exception):
    """More instructions or steps than are afforded."""


class Machine:
    """A pattern made into instructions."""

    __slots__ = ("_memo", "_program", "_slots", "_start")

    def __init__(self, node: PatternNode, groups: int) -> None:
        self._slots = 2 * (groups + 1)
        self._program: list[Instruction] = []
        end = self._add(SAVE, 1, self._add(MATCH))
        self._start = self._add(SAVE, 0, self._make(node, end))
        self._memo: dict[tuple[int, str], bool] = {}

    def _add(self, kind: int, what: object = None, then: int = 0, other: int = 0) -> int:
        if len(self._program) >= MAX_PROGRAM:
            raise TooLongError
        self._program.append((kind, what, then, other))
        return len(self._program) - 1

    def _make(self, node: PatternNode, then: int) -> int:
        """Where the instructions of a node begin, that go on with ``then``."""
        if isinstance(node, Chars):
            return self._add(CHARS, node.among, then)
        if isinstance(node, Assert):
            return self._add(PLACE, node.place, then)
        if isinstance(node, Concat):
            for item in reversed(node.items):
                then = self._make(item, then)
            return then
        if isinstance(node, Either):
            first = self._make(node.items[-1], then)
            for item in reversed(node.items[:-1]):
                first = self._add(SPLIT, None, self._make(item, then), first)
            return first
        if isinstance(node, CapturingGroup):
            end = self._add(SAVE, 2 * node.number + 1, then)
            return self._add(SAVE, 2 * node.number, self._make(node.item, end))
        return self._repeated(node, then)

    def _repeated(self, node: Repeat, then: int) -> int:
        at = then
        if node.most is None:
            at = self._loop(node.item, then, node.greedy)
            if (
                not node.least
            ):  # (x+)? rather than x*: what takes nothing keeps its preference
                at = self._choice(at, then, node.greedy)
        else:
            for _ in range(node.most - node.least):
                at = self._choice(self._make(node.item, at), then, node.greedy)
        for _ in range(node.least - (node.most is None)):
            at = self._make(node.item, at)
        return at

    def _choice(self, into: int, past: int, greedy: bool) -> int:
        return self._add(SPLIT, None, *((into, past) if greedy else (past, into)))

    def _loop(self, item: PatternNode, then: int, greedy: bool) -> int:
        """Once or more."""
        split = self._add(SPLIT)
        first = self._make(item, split)
        self._program[split] = (SPLIT, None, *((first, then) if greedy else (then, first)))
        return first

    def search(
        self, text: str, start: int, left: list[int]
    ) -> tuple[tuple[int, int] | None, ...] | None:
        """The leftmost match from ``start`` on, preferred as Perl would: it and its groups. ``left`` has how many steps
        may be made, and then how many are left. Raises ``TooLongError``."""
        current: list[Thread] = []
        begun: list[Thread] = [(self._start, (-1,) * self._slots)]
        found: tuple[int, ...] | None = None
        for at in range(start, len(text) + 1):
            seen: set[int] = set()
            threads = self._reached(current, text, at, seen)
            if found is None:
                threads += self._reached(begun, text, at, seen)
            elif not threads:
                break
            left[0] -= len(seen) + 1
            if left[0] < 0:
                raise TooLongError
            current, matched = self._advanced(threads, text[at : at + 1])
            found = found if matched is None else matched
        if found is None:
            return None
        pairs = zip(found[::2], found[1::2], strict=True)
        return tuple(
            (first, last) if first >= 0 and last >= 0 else None for first, last in pairs
        )

    def _advanced(
        self, threads: list[Thread], sign: str
    ) -> tuple[list[Thread], tuple[int, ...] | None]:
        """The threads that take a character (empty: the text ends), and the match that is preferred to all others."""
        memo = self._memo
        taken: list[Thread] = []
        for pc, slots in threads:
            kind, what, then, _ = self._program[pc]
            if kind == MATCH:
                return taken, slots  # whatever comes after is less preferred
            if sign:
                key = (pc, sign)
                if key not in memo:
                    if len(memo) > MAX_PROGRAM:
                        memo.clear()
                    memo[key] = what.has(sign)  # type: ignore[attr-defined]
                if memo[key]:
                    taken.append((then, slots))
        return taken, None

    def _reached(
        self, threads: list[Thread], text: str, at: int, seen: set[int]
    ) -> list[Thread]:
        """The instructions that take a character, or match, and can be reached without one; not those ``seen``."""
        found: list[Thread] = []
        stack = threads[::-1]
        while stack:
            pc, slots = stack.pop()
            if pc in seen:
                continue
            seen.add(pc)
            kind, what, then, other = self._program[pc]
            if kind == SPLIT:
                stack.append((other, slots))
                stack.append((then, slots))
            elif kind == SAVE:
                assert isinstance(what, int)
                stack.append((then, (*slots[:what], at, *slots[what + 1 :])))
            elif kind == PLACE:
                if _is_at(str(what), text, at):
                    stack.append((then, slots))
            else:
                found.append((pc, slots))
        return found


def _is_at(place: str, text: str, at: int) -> bool:
    if place == "text start":
        return at == 0
    if place == "text end":
        return at == len(text)
    if place == "line start":
        return at == 0 or text[at - 1] == "\n"
    if place == "line end":
        return at == len(text) or text[at] == "\n"
    before, after = at > 0 and is_word(text[at - 1]), at < len(text) and is_word(text[at])
    return (before is not after) is (place == "word")

"""What evaluating may cost: hostile input ends as unknowns, in bounded time and memory, and hides nothing else."""

from __future__ import annotations

from msgspec import Struct, field

from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Unknown

MAX_DEPTH = 100
"""Expressions and blocks nested deeper than this are not read: no stack is endless."""
MAX_BYTES = 2 * 1024 * 1024
"""Larger files are not parsed: a syntax tree takes some three hundred times the size of what it is made of."""
MAX_ELEMENTS = 100_000
"""Collections of more elements than this are unknown."""
MAX_TEXT = 4_000_000
"""Text longer than this, made by an expression, is unknown."""
MAX_PARTS = 4_096
"""A text of more literals and holes than this is one hole from there on. What is told to a machine or to a container
when it starts may have 64 KB at most: some 600 secrets by their names."""
MAX_SIZE = 400_000
"""Values made of more parts than this are unknown: ten thousand objects of some dozen attributes have as many. A part
counts as often as it is met: doubling takes no memory, but whoever walks the result would never end."""
MAX_NESTING = 64
"""Values nested deeper than this are unknown."""
MAX_INSTANCES = 20_000
"""More instances of a block are read as one that stands for all. A resource takes some 12 KB and half a millisecond
until it is judged and reported."""
MAX_EXPANDED = 40_000
"""So many resources may come of ``count`` and ``for_each`` in one reading, besides the first of each block: 500 MB."""
COUNTED = 10**12
"""Larger numbers are called so many or more: nobody reads their digits."""
OWN_EXPANDED = 500
"""So many every root has besides: a repository of very many roots is read like each of them."""
OWN_WORK = 100_000
"""What every root may cost, in parts looked at. The dearest root met in real repositories cost 75,000."""
MAX_WORK = 2_000_000
"""What one root may cost in all, as long as the reading has it: some seconds. Past it loops are unknown, and what would
make several instances is read as one."""
SHARED_WORK = 4_000_000
"""What all roots of a reading may cost beyond what each has of its own."""
SMALL = 1_000
"""Values and calls of no more parts than this are always afforded: a root that costs too much stays readable."""
TURN = 5
"""What a turn of a loop costs."""
CALL = 60
"""What following a call of a module costs, times how deep it is: whatever is found there lists all calls above."""
MAX_BLOCKS = 2_000
"""More nested blocks made by a dynamic one are read as one that may exist."""
NESTED_BLOCK = 50
"""What a block made by a dynamic one costs."""


class Purse(Struct, eq=False):
    """Something of which a root has some of its own, and more as long as all roots together leave it."""

    left: int
    more: int
    """How much of what is shared this root may still take."""
    shared: list[int]
    """What is left for all, in a list of one that all hold."""
    taken: int = 0
    """How much of what is shared this root has taken."""
    largest: int = 0
    """The most that it asked for at once of what is shared."""

    def take(self, units: int) -> bool:
        """Take ``units`` if they are left; whether they were."""
        missing = units - self.left
        if missing > 0:
            if missing > self.more:
                return False
            self.largest = max(self.largest, missing)
            if missing > self.shared[0]:
                return False
            self.taken += missing
            self.more -= missing
            self.shared[0] -= missing
            self.left += missing
        self.left -= units
        return True

    @property
    def is_settled(self) -> bool:
        """Whether everything that was asked for hung on this root alone, since enough was left for all."""
        return self.largest < self.shared[0]

    @property
    def within(self) -> bool:
        """Whether anything is left."""
        return self.left > 0 or (self.left == 0 and self.more > 0 and self.shared[0] > 0)


class Reserves(Struct, eq=False):
    """What the roots of one reading share."""

    work: list[int] = field(default_factory=lambda: [SHARED_WORK])
    expanded: list[int] = field(default_factory=lambda: [MAX_EXPANDED])


class Work:
    """What is left of the work that one root may cost, of the instances it may have, and what had to be refused."""

    __slots__ = ("doubt", "doubts", "expanded", "purse", "refused")

    def __init__(self, reserves: Reserves | None = None, own: int = OWN_WORK) -> None:
        reserves = Reserves() if reserves is None else reserves
        self.purse = Purse(own, MAX_WORK - OWN_WORK, reserves.work)
        self.expanded = Purse(OWN_EXPANDED, MAX_EXPANDED, reserves.expanded)
        self.refused: list[tuple[Located, Note]] = []
        """What is read otherwise than it is written, since it would be too much; each with its place."""
        self.doubts = 0
        """How often something was taken that may not be there (an element under an unknown key)."""
        self.doubt: Unknown | None = None
        """Why the last of these may not be there."""

    def may_be_missing(self, doubt: Unknown) -> None:
        """Keep in mind that what was just taken may not be there: Terraform would refuse the expression then."""
        self.doubts += 1
        self.doubt = doubt

    @property
    def within(self) -> bool:
        """Whether any work is left."""
        return self.purse.within

    @property
    def limit(self) -> int:
        """The size up to which a value can be afforded now."""
        return MAX_SIZE if self.purse.within else SMALL

    def spend(self, units: int) -> bool:
        """Take ``units`` of work, which is done whether or not they are left; whether they were."""
        if self.purse.take(units):
            return True
        self.purse.left = min(self.purse.left, 0) - units
        return False

"""What decides which cases are tried: dice, Hypothesis, or atheris, which follows what a case reaches of the code."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.cases import Case, case, made

CASES = 150
"""After so many a process ends, since what it remembers is memory that a case may not have."""


class Plan(NamedTuple):
    """What is asked for."""

    seconds: float
    seed: int
    room: str | None
    kind: str | None
    out: Path
    engine: str = "dice"


Try = Callable[[int, Case], None]
"""What tries a case, and its number."""
Engine = Callable[[Plan, int, Try], None]
"""Tries cases from a number on, in a process of their own."""


def by_dice(plan: Plan, first: int, attempt: Try) -> None:
    """Each case follows from the seed and its number, and can be had again by them."""
    for number in range(first, first + CASES):
        found = case(plan.seed, number, plan.room, plan.kind)
        if found is not None:
            attempt(number, found)


def by_hypothesis(plan: Plan, first: int, attempt: Try) -> None:
    """Hypothesis decides, and goes where cases take longer."""
    from hypothesis import HealthCheck, Phase, given, seed, settings, target
    from hypothesis import strategies as st

    numbers = iter(range(first, first + CASES * 10))

    @seed(plan.seed + first)
    @settings(
        max_examples=CASES, database=None, deadline=None, phases=(Phase.generate, Phase.target),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.randoms(use_true_random=False))
    def each(dice: random.Random) -> None:
        found = made(dice, plan.room, plan.kind)
        began = time.process_time()
        if found is not None:
            attempt(next(numbers), found)
        target(time.process_time() - began, label="seconds")

    each()


class Bytes(random.Random):
    """Dice that bytes decide; where they end, all is zero."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self.data, self.at = data, 0

    def getrandbits(self, k: int, /) -> int:
        """The next bytes as a number."""
        size = (k + 7) // 8
        found = self.data[self.at : self.at + size]
        self.at += size
        return int.from_bytes(found.ljust(size, b"\0"), "little") & ((1 << k) - 1)

    def random(self) -> float:
        """The next two bytes as a part of one."""
        return self.getrandbits(16) / (1 << 16)


def by_atheris(plan: Plan, first: int, attempt: Try) -> None:
    """Atheris decides, and keeps what reached new code."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    numbers = iter(range(first, first + CASES * 10))
    kept = plan.out / "atheris"
    kept.mkdir(parents=True, exist_ok=True)

    def each(data: bytes) -> None:
        found = made(Bytes(data), plan.room, plan.kind)
        if found is not None:
            attempt(next(numbers), found)

    options = (
        f"-runs={CASES}",
        f"-seed={plan.seed + first}",
        "-max_len=4096",
        "-len_control=0",
        "-rss_limit_mb=0",
        f"-artifact_prefix={kept.resolve()}/",
    )
    atheris.Setup(["fuzz", *options, "-verbosity=0", "-print_final_stats=0", str(kept)], each)
    atheris.Fuzz()


ENGINES: Mapping[str, Engine] = {
    "dice": by_dice,
    "hypothesis": by_hypothesis,
    "atheris": by_atheris,
}

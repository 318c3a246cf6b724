"""Where boxes stand: none on another, arrows from box to box, and always alike."""

from __future__ import annotations

import random
import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.report.page.drawing.layers import BELOW, ROWS, Layout, layered
from sovlint.report.page.drawing.spread import overlap

SIZE = (100.0, 40.0)


def check(layout: Layout) -> None:
    """What holds of every layout."""
    for one, other in combinations(layout.boxes.values(), 2):
        assert not overlap(one, other)
    for left, top, right, bottom in layout.boxes.values():
        assert right - left == pytest.approx(SIZE[0])
        assert bottom - top == pytest.approx(SIZE[1])
        assert left >= -1e-6
        assert top >= -1e-6
        assert right <= layout.width + 1e-6
        assert bottom <= layout.height + 1e-6
    for (source, target), spots in layout.routes.items():
        (x, y), (to_x, to_y) = spots[0], spots[-1]
        start, end = layout.boxes[source], layout.boxes[target]
        assert x in (start[0], start[2])
        assert to_x in (end[0], end[2])
        assert start[1] < y < start[3]
        assert end[1] < to_y < end[3]
        assert (x == start[2]) == (to_x == end[0]), (
            "it leaves on one side and comes in on the other"
        )
        ahead = [after[0] >= before[0] for before, after in pairwise(spots)]
        assert len(set(ahead)) == 1, "it goes one way"
        assert all(-1e-6 <= spot[1] <= layout.height + 1e-6 for spot in spots)


def test_a_chain_goes_from_left_to_right() -> None:
    layout = layered(["c", "b", "a"], [("a", "b"), ("b", "c"), ("a", "c")], SIZE, 300)
    check(layout)
    assert [layout.boxes[name][0] for name in "abc"] == [0, 196, 392]
    assert len(layout.routes["a", "c"]) == 4, "it passes beside what stands between"
    passing = layout.routes["a", "c"][1][1]
    assert not layout.boxes["b"][1] <= passing <= layout.boxes["b"][3]


def test_what_closes_a_circle_leads_back() -> None:
    layout = layered(["a", "b"], [("a", "b"), ("b", "a"), ("a", "a")], SIZE, 300)
    check(layout)
    assert set(layout.routes) == {("a", "b"), ("b", "a")}
    back = layout.routes["b", "a"]
    assert back[0][0] == layout.boxes["b"][0]
    assert back[-1][0] == layout.boxes["a"][2]


def test_boxes_without_arrows_stand_below() -> None:
    layout = layered(["a", "b", "x", "y", "z"], [("a", "b"), ("a", "nobody")], SIZE, 230)
    check(layout)
    assert layout.boxes["x"][1] > layout.boxes["a"][3]
    assert layout.boxes["y"][1] == layout.boxes["x"][1]
    assert layout.boxes["z"][:2] == (0, layout.boxes["x"][3] + BELOW)


def test_what_does_not_hang_together_stands_in_rows() -> None:
    arrows = [("a", "b"), ("b", "c"), ("d", "e"), ("f", "g")]
    layout = layered(list("abcdefg"), arrows, SIZE, 900)
    check(layout)
    tops = {name: layout.boxes[name][1] for name in "abcdefg"}
    assert tops["d"] == tops["a"], "there is room beside the largest"
    assert tops["f"] > tops["a"], "and here there is none"
    assert layout.width <= 900


def test_nothing_at_all() -> None:
    assert layered([], [("a", "b")], SIZE, 100) == Layout({}, {}, 0, 0)


def test_many_in_a_layer_are_several_columns() -> None:
    names = [f"n{number:03}" for number in range(5 * ROWS)]
    layout = layered(["hub", *names], [("hub", name) for name in names], SIZE, 300)
    check(layout)
    assert layout.height < 2 * ROWS * (SIZE[1] + BELOW)


pairs = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40)


@given(pairs)
def test_any_graph(drawn: list[tuple[int, int]]) -> None:
    names = [str(number) for number in range(15)]
    arrows = [(str(source), str(target)) for source, target in drawn]
    layout = layered(names, arrows, SIZE, 300)
    check(layout)
    assert set(layout.boxes) == set(names)
    assert set(layout.routes) == {arrow for arrow in arrows if arrow[0] != arrow[1]}
    assert layered(names, arrows[::-1], SIZE, 300) == layout


@pytest.mark.timed
def test_two_thousand_boxes_take_no_time_to_speak_of() -> None:
    chance = random.Random(1)
    names = [f"n{number}" for number in range(2_000)]
    arrows = [(chance.choice(names), chance.choice(names)) for _ in range(5_000)]
    began = time.process_time()
    layout = layered(names, arrows, SIZE, 700)
    assert (
        time.process_time() - began < 5
    )  # 0.1 s alone; what grows with the square takes minutes
    assert len(layout.boxes) == 2_000

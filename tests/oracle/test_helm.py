"""The real Helm as an independent renderer: the charts beside this come to the same objects.

What Helm prints is kept in ``rendered/``: of version 4, and of version 3 where that prints something else. ``make
test-all`` asks both again. ``SOVLINT_UPDATE_SNAPSHOTS=1`` writes what they print.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from sovlint.files.discover import discover
from sovlint.files.repository import Repository
from tests import helm_house as house
from tests.helm_binary import WHEELS, missing

pytestmark = pytest.mark.oracle

CHARTS: Final = Path(__file__).parent / "charts"
KEPT: Final = Path(__file__).parent / "rendered"
RANDOM: Final = "random"
"""The chart of what is another each time: nothing is kept of it."""
REFUSED: Final = "refused: "
CASES: Final = sorted(
    (chart.name, values.name if values else "")
    for chart in CHARTS.iterdir()
    for values in (None, *chart.glob("ci/*-values.yaml"))
)

needs_binary = pytest.mark.skipif(bool(list(missing())), reason="Helm isn't unpacked")


@cache
def repository() -> Repository:
    return discover((CHARTS,))


def given(chart: str, values: str) -> tuple[Path, ...]:
    return (CHARTS / chart / "ci" / values,) if values else ()


def kept(chart: str, values: str, version: str) -> Path:
    name = f"{chart}.{values.removesuffix('-values.yaml')}" if values else chart
    own = KEPT / f"{name}.helm{version}.yaml"
    return own if own.exists() else KEPT / f"{name}.helm4.yaml"


def rendered(chart: str, values: str, version: str) -> house.Ours:
    folder = (CHARTS / chart).resolve().relative_to(repository().root).as_posix()
    return house.ours(repository(), folder, given(chart, values), version)


def real(chart: str, values: str, version: str) -> str:
    try:
        return house.real(CHARTS / chart, given(chart, values), version)
    except house.Refused as refused:
        reason = str(refused).splitlines()[0].replace(str(CHARTS), "")
        return f"{REFUSED}{reason}\n"


def test_every_feature_has_a_chart() -> None:
    assert len({chart for chart, _ in CASES}) >= 30


@pytest.mark.parametrize("version", WHEELS)
@pytest.mark.parametrize(("chart", "values"), CASES)
def test_the_same_objects_are_rendered(chart: str, values: str, version: str) -> None:
    mine = rendered(chart, values, version)
    if chart == RANDOM:
        assert mine.problems == []
        return
    expected = kept(chart, values, version).read_text("utf-8")
    if expected.startswith(REFUSED):
        assert mine.problems
        return
    assert house.objects((expected,))
    assert house.compared(mine, expected) == []


@pytest.mark.program
@needs_binary
@pytest.mark.parametrize("version", WHEELS)
@pytest.mark.parametrize(("chart", "values"), CASES)
def test_what_is_kept_is_what_helm_prints(chart: str, values: str, version: str) -> None:
    printed = real(chart, values, version)
    if chart == RANDOM:
        assert house.compared(rendered(chart, values, version), printed) == []
        return
    if os.environ.get("SOVLINT_UPDATE_SNAPSHOTS"):
        keep(chart, values)
    assert alike(printed, kept(chart, values, version).read_text("utf-8"))


def keep(chart: str, values: str) -> None:
    """Keep what Helm prints; of version 3 only where that isn't what version 4 prints."""
    KEPT.mkdir(exist_ok=True)
    newest, older = (real(chart, values, version) for version in ("4", "3"))
    path = kept(chart, values, "4")
    path.write_text(newest, "utf-8")
    beside = path.with_name(path.name.replace(".helm4.", ".helm3."))
    beside.unlink(missing_ok=True)
    if not alike(newest, older):
        beside.write_text(older, "utf-8")


def alike(one: str, other: str) -> bool:
    if REFUSED in (one[: len(REFUSED)], other[: len(REFUSED)]):
        return one.startswith(REFUSED) and other.startswith(REFUSED)
    return house.objects((one,)) == house.objects((other,))

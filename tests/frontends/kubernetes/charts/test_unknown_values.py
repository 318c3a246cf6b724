"""Whatever value of a chart isn't known: all that the known values render is among what is rendered then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.files.discover import discover
from sovlint.files.repository import Repository
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart, ChartLoader
from sovlint.frontends.kubernetes.charts.rendering.render import (
    ReleaseValues,
    rendered_chart,
    with_holes,
)
from sovlint.frontends.kubernetes.charts.rendering.values import at
from sovlint.model.value import Reason, Unknown
from tests.helm_house import may_be

CHARTS: Final = Path(__file__).parents[3] / "oracle" / "charts"
APART: Final = {"random", "refused", "lookup", "tags"}
"""Charts of which something isn't known anyway, or that fail; one that prints the values of charts that may be off."""
NAMES: Final = sorted(each.name for each in CHARTS.iterdir() if each.name not in APART)
MOST: Final = 12
"""As many values of a chart are tried."""

_BEFORE_HOLE: Final = re.compile("[ ]+(?=[\ue000-\uf8ff])")


@cache
def repository() -> Repository:
    return discover((CHARTS,))


def loaded(name: str) -> Chart:
    folder = (CHARTS / name).resolve().relative_to(repository().root).as_posix()
    chart = ChartLoader(reader=repository(), harvest=Harvest()).chart(folder)
    assert chart is not None
    return chart


def paths(values: Any, above: str = "") -> Iterator[str]:
    """Every path of keys that can be written with dots, the outer ones first."""
    if isinstance(values, Map):
        for key, value in values.items():
            if key and "." not in key:
                yield f"{above}{key}"
                yield from paths(value, f"{above}{key}.")


def is_among(known: str, made: str) -> bool:
    """Whether a text is one of those that another with holes in it stands for. What stands for a value may be a block
    on the next line."""
    return may_be(_BEFORE_HOLE.sub("", made), known)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_known_is_among_what_is_not(name: str) -> None:
    chart = loaded(name)
    values = rendered_chart(chart).values
    found = list(paths(values))
    for path in found[:: max(1, len(found) // MOST)]:
        hole = TemplateHole(Unknown(Reason.UNSET_VARIABLE, path), f".Values.{path}")
        said = ReleaseValues(with_holes(Map(), {path: at(values, path)}))
        known = {
            file.name: next(file.worlds).text for file in rendered_chart(chart, said).files
        }
        perhaps = rendered_chart(chart, ReleaseValues(holes={path: hole}))
        worlds = {file.name: list(file.worlds) for file in perhaps.files}
        assert known
        for file, text in known.items():
            there = worlds.get(file, [])
            assert any(
                world.beyond or (world.error is None and is_among(text, world.text))
                for world in there
            ), (path, file, text, [world.error or world.text for world in there])

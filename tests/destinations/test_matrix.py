"""Whatever a setting is called and whichever file holds it: where its value leads is judged, never left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import pytest

from sovlint.model.findings.finding import Finding
from tests.destinations.matrix import (
    ABROAD,
    HOLDERS,
    INSIDE_THE_EEA,
    NAMELESS,
    SHOWN,
    SHOWN_NAMES,
    STAYING,
    Cell,
    Written,
    cells,
    names,
    written,
)
from tests.destinations.scanning import judged, places

_WORD: Final = re.compile(r"[A-Z0-9]+")
_FOLDER: Final = re.compile(r"services/s(\d+)/")
Keys = Mapping[tuple[str, str], Cell]


SHARES: Final = 5
"""A holder's matrix is tried in so many shares, of which every run has one (``endless``): each name and each address in
every holder, and each pair of them in one holder of five."""


def groups(share: int) -> list[list[Cell]]:
    """A share of the matrix: what leaves, what stays in the EEA, what is shown or stays inside."""
    leaving = cells(names(), ABROAD)
    in_eea = cells(names(), INSIDE_THE_EEA, len(ABROAD))
    shown = cells(SHOWN_NAMES, SHOWN, len(ABROAD) + len(INSIDE_THE_EEA))
    staying = cells(names(), STAYING, len(ABROAD) + len(INSIDE_THE_EEA) + len(SHOWN))
    # What is shown stays together: that a house's pages are at a host makes it the house's, whatever else is there.
    return [
        *_shared(leaving, share),
        *_shared(in_eea, share),
        *shown,
        *_shared(staying, share),
    ]


def _shared(matrix: Iterable[Sequence[Cell]], share: int) -> Iterator[list[Cell]]:
    for group in matrix:
        yield [each for each in group if (each.group + each.number + share) % SHARES == 0]


@pytest.mark.endless
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("holder", HOLDERS)
def test_where_a_setting_leads_is_told(holder: str, share: int, tmp_path: Path) -> None:
    """What leaves is never compliant and never silent, what stays in the EEA is compliant, and nothing else is told."""
    matrix = groups(share + list(HOLDERS).index(holder))
    leaving, in_eea = matrix[: len(ABROAD)], matrix[len(ABROAD) : -len((*SHOWN, *STAYING))]
    others = matrix[-len((*SHOWN, *STAYING)) :]
    if holder in NAMELESS:  # nothing there is called as what is only shown
        others = others[len(SHOWN) :]
        matrix = [*leaving, *in_eea, *others]
    said = told(holder, matrix, tmp_path)
    wrong = {"violation", "unproven"}
    silent = [cell for cell in chain(*leaving) if not said[cell] & wrong]
    not_compliant = [cell for cell in chain(*in_eea) if said[cell] != {"compliant"}]
    reported = [cell for cell in chain(*others) if said[cell] & wrong]
    assert (silent, not_compliant, reported) == ([], [], [])


def told(
    holder: str, matrix: Sequence[Sequence[Cell]], folder: Path
) -> Mapping[Cell, set[str]]:
    """The verdicts on where each setting leads. A finding tells by its lines, or by the name in it, which one is meant:
    lines of secrets are never told, and of a text that is put together only the beginning."""
    made = written(HOLDERS[holder], matrix)
    found = judged(made.files, folder)
    assert not found.failures
    keys = _keys(made)
    said: dict[Cell, set[str]] = {cell: set() for group in matrix for cell in group}
    for finding in found.findings:
        if finding.placement is None or not finding.placement.sent:
            continue  # it is about the holder itself
        for cell in (*_by_line(finding, made), *_by_name(finding, keys)):
            said[cell].add(finding.verdict.value)
    return said


def _keys(made: Written) -> Keys:
    """The settings by their folders and names."""
    return {
        (_folder(path), _spelt(cell.put("@NAME@", made.is_alone))): cell
        for (path, _), cell in made.about.items()
    }


def _by_line(finding: Finding, made: Written) -> Iterator[Cell]:
    for at in places(finding):
        cell = made.about.get((at.path, at.line))
        if cell is not None:
            yield cell


def _by_name(finding: Finding, keys: Keys) -> Iterator[Cell]:
    """The setting whose name a finding's ends with; of several, that with the longest."""
    assert finding.placement is not None
    folder = _folder(finding.resource.span.path)
    words = _spelt(finding.placement.sent).split("_")
    ends = ("_".join(words[at:]) for at in range(len(words)))
    yield from [keys[folder, each] for each in ends if (folder, each) in keys][:1]


def _folder(path: str) -> str:
    met = _FOLDER.match(path)
    return "" if met is None else met[1]


def _spelt(name: str) -> str:
    return "_".join(_WORD.findall(name.upper()))

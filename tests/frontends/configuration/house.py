"""Configuration files in memory -> what the front end says, and what is placed of it."""

from __future__ import annotations

from datetime import date

from sovlint.frontends import configuration
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import ReadOptions
from sovlint.model.placement import Placed
from sovlint.model.resources.reading import Reading
from sovlint.model.value import Known
from sovlint.resolve.resolver import resolve
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

DAY = date(2026, 11, 24)


def read(files: dict[str, str | bytes | None]) -> Reading:
    """What the front end says of files."""
    return configuration.read(MemoryReader(files), ReadOptions(), catalog().hints())


def placed(files: dict[str, str | bytes | None]) -> list[Placed]:
    """What is left of that once it is placed."""
    return list(resolve(read(files).resources, catalog(), ClassRules(), (), DAY)[0])


def told(files: dict[str, str | bytes | None]) -> dict[str, str]:
    """By address (without ``config:``): role, provider and region; ``?`` for what isn't known."""
    found = {}
    for each in placed(files):
        (place,) = each.placements
        facts = [
            fact.value if isinstance(fact, Known) else "?"
            for fact in (place.role, place.provider, place.region)
        ]
        sure = "" if isinstance(each.resource.exists, Known) else " if used"
        found[each.resource.address.removeprefix("config:")] = " ".join(facts) + sure
    return found


def one(name: str, text: str) -> dict[str, str]:
    """``told`` of one file, by key alone."""
    return {address.partition("#")[2]: facts for address, facts in told({name: text}).items()}

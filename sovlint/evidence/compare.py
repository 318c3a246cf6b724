"""What differs between a statement and what is worked out on a checkout, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from sovlint.model.text import Note
from sovlint.report.pieces.json_text import Json, sort_key

MOST_NAMED: Final = 8
"""Files, resources and findings that a sentence names; the rest are counted."""


class StatedPart(StrEnum):
    """What of a statement may differ, in the order in which it explains what comes after."""

    TOOL = "tool"
    CODE = "code"
    CATALOGUE = "catalogue"
    RULES = "rules"
    FACTS = "facts"
    RESULT = "result"
    REGISTERS = "registers"


class Deviation(Struct, frozen=True):
    """One thing that differs: of which part, what it is, and whether it was ``added``, ``removed`` or ``changed`` since
    the statement."""

    part: StatedPart
    how: str
    names: tuple[str, ...]

    @property
    def note(self) -> Note:
        """The sentence."""
        left = len(self.names) - MOST_NAMED
        listed = self.names[:MOST_NAMED]
        names = (*listed, f"+{left}") if left > 0 else listed
        key = f"proof.{self.part.value}-{self.how}"
        return Note(key, {"count": len(self.names), "names": tuple(names)})


def deviations(stated: Json, found: Json) -> list[Deviation]:
    """What differs of two predicates, ``stated`` before ``found``, part by part."""
    return [
        *_versions(stated, found),
        *_mappings(StatedPart.CODE, stated["code"]["files"], found["code"]["files"]),
        *_catalogues(stated, found),
        *_rules(stated["rules"], found["rules"]),
        *_mappings(
            StatedPart.FACTS,
            _by(stated["facts"]["resources"], _address),
            _by(found["facts"]["resources"], _address),
        ),
        *_mappings(
            StatedPart.RESULT,
            _by(stated["result"]["findings"], _finding),
            _by(found["result"]["findings"], _finding),
        ),
        *_mappings(
            StatedPart.REGISTERS, stated.get("registers", {}), found.get("registers", {})
        ),
    ]


def _versions(stated: Json, found: Json) -> Iterator[Deviation]:
    one, other = stated["tool"].get("version"), found["tool"]["version"]
    if one != other:
        yield Deviation(StatedPart.TOOL, "changed", (f"{one} -> {other}",))


def _catalogues(stated: Json, found: Json) -> Iterator[Deviation]:
    one, other = stated["catalogue"], found["catalogue"]
    if one["digest"] != other["digest"]:
        yield Deviation(
            StatedPart.CATALOGUE, "changed", (f"{one['date']} -> {other['date']}",)
        )


def _rules(stated: Json, found: Json) -> Iterator[Deviation]:
    """Policies, options, and files that a run goes by: configuration, attestations, exceptions, overlays."""
    if stated["policySet"] != found["policySet"]:
        names = (f"{stated['policySet']} -> {found['policySet']}",)
        yield Deviation(StatedPart.RULES, "changed", names)
    elif stated["policies"] != found["policies"]:
        yield Deviation(StatedPart.RULES, "changed", ("policies",))
    before, after = stated["configuration"] or {}, found["configuration"] or {}
    changed = [name for name in after if before.get(name) != after.get(name)]
    if changed:
        yield Deviation(StatedPart.RULES, "changed", tuple(changed))


def _mappings(
    part: StatedPart, stated: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Deviation]:
    """What was added, removed and changed of named things."""
    both = stated.keys() & found.keys()
    sorts = {
        "added": found.keys() - stated.keys(),
        "removed": stated.keys() - found.keys(),
        "changed": {name for name in both if stated[name] != found[name]},
    }
    for how, names in sorts.items():
        if names:
            yield Deviation(part, how, tuple(sorted(names)))


def _by(found: Sequence[Json], name: Callable[[Json], str]) -> dict[str, list[str]]:
    """Things by their names; those of one name together, in an order of their own."""
    named: dict[str, list[str]] = {}
    for each in found:
        named.setdefault(name(each), []).append(sort_key(each))
    return {key: sorted(each) for key, each in named.items()}


def _address(resource: Json) -> str:
    parts = (resource.get(name) for name in ("root", "variant", "address"))
    return ":".join(str(each) for each in parts if each)


def _finding(found: Json) -> str:
    return f"{found.get('policy')} {_address(found)}"

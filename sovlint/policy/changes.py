"""What policies and sets of the user's own make otherwise than what ships: rules of the run, with what was before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from sovlint.model.findings.finding import Severity
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.model.text import Bilingual
from sovlint.policy.policies import Group, Need, Policy, Requirement

_APART: Final = ("id", "where", "replaces")
"""What tells two policies of one id apart and changes nothing that they ask."""
_TEXTS: Final = (
    "title",
    "why",
    "remedy",
    "remark",
    "cites",
    "rests_on",
    "applies",
    "by_law",
    "bodies",
)
"""What policies say of themselves: that it differs is told, not how."""
ACCEPT: Final = "under_eu_control.accept"


class SetInForce(Struct, frozen=True):
    """A set as it is judged by: where it stands if it doesn't ship, its policies by id as they are in force, and the
    states that it accepts."""

    id: str
    own: str
    policies: Mapping[str, Policy]
    accept: tuple[str, ...]


def own_rules(
    chosen: SetInForce,
    default: SetInForce,
    own: Mapping[str, Policy],
    shipped: Mapping[str, Policy],
) -> Iterator[OwnRule]:
    """What isn't the default of a set and of the policies that are the user's ``own``, with paths as they were given.

    ``default`` is the set that is judged by where none is named, ``shipped`` are the policies that ship.
    """
    if chosen.own:
        yield _at(RuleKind.POLICY_SET, (chosen.id,), chosen.own)
    if left_out := tuple(name for name in default.policies if name not in chosen.policies):
        yield _at(RuleKind.POLICY_LEFT_OUT, left_out, chosen.own)
    before = {**shipped, **default.policies, **own}
    if chosen.own and (changes := tuple(_changes(chosen, default, before))):
        names = dict.fromkeys(change.name.partition(".")[0] for change in changes)
        yield _at(RuleKind.POLICY_CHANGED, tuple(names), chosen.own, changes)
    for name in sorted(own.keys() & shipped.keys()):
        yield _at(
            RuleKind.POLICY,
            (name,),
            own[name].where,
            tuple(_differences(shipped[name], own[name])),
        )
    for name in sorted(own.keys() - shipped.keys()):
        yield _at(RuleKind.POLICY_ADDED, (name,), own[name].where)


def _at(
    kind: RuleKind, names: tuple[str, ...], where: str, details: tuple[RuleDetail, ...] = ()
) -> OwnRule:
    """A rule that stands at ``path:line``; nowhere where that is empty."""
    path, _, line = where.rpartition(":")
    return OwnRule(kind, names, path or None, int(line) if path else None, details)


def _changes(
    chosen: SetInForce, default: SetInForce, before: Mapping[str, Policy]
) -> Iterator[RuleDetail]:
    """What a set changes of the policies that it names, and of what it accepts."""
    for name, policy in chosen.policies.items():
        for found in _differences(before[name], policy):
            yield RuleDetail(f"{name}.{found.name}", found.before, found.after)
    if chosen.accept != default.accept:
        yield RuleDetail(ACCEPT, _told(default.accept), _told(chosen.accept))


def _differences(before: Policy, after: Policy) -> Iterator[RuleDetail]:
    """Each key of which two policies say something else; what they say of themselves comes last."""
    for name in sorted(Policy.__struct_fields__, key=_TEXTS.__contains__):
        was, now = getattr(before, name), getattr(after, name)
        if name in _APART or was == now:
            continue
        if name in _TEXTS:
            yield RuleDetail(name)
        else:
            yield RuleDetail(name, _told(was), _told(now))


def _told(value: Any) -> str:
    """What a key of a policy says, as one writes it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Severity():
            return value.value
        case Need() | Group():
            return _requirement(value)
        case Mapping():
            return _listed(f"{key}: {_told(each)}" for key, each in value.items())
        case tuple():
            return _listed(map(_told, value))
        case Bilingual():
            return value.en
    return str(value)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)


def _requirement(tree: Requirement) -> str:
    if isinstance(tree, Need):
        return f"{tree.kind}: {tree.value}"
    return f"{tree.kind}({_listed(map(_requirement, tree.members))})"

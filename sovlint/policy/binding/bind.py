"""Which policies bind a placement, by which data classes, and how severe a finding may be at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.findings.finding import Severity
from sovlint.model.organisation import PARTICULAR_SENSITIVITY
from sovlint.model.placement import ClassClaim, How, Placement
from sovlint.model.value import Fact, Known, Reason, Unknown
from sovlint.policy.policies import Policy, lesser

STRICT = "strict"
"""The reading of ``hds_scope`` that binds classes too of which it is contested that HDS applies to them."""
CARE_ONLY = "care-only"
"""The reading of ``hds_scope`` that leaves these classes out."""

SETTLING = (How.DECLARED, How.INTRINSIC)
"""How a class must have got to a resource for ``--assume`` to give it none."""

STRONG = (*SETTLING, How.PROPAGATED)
"""How a class must have got to a resource whose role isn't known for a policy to bind it."""


class Bound(Struct, frozen=True):
    """A policy binds: because of ``claims``, at no more than ``ceiling``. ``role_known``: by a role that is known."""

    claims: tuple[ClassClaim, ...]
    ceiling: Severity
    role_known: bool = True


class Unbound(Enum):
    """A policy doesn't bind.

    ``UNJUDGED``: it might, but the role isn't known and the class is only read from names; that is counted.
    ``ASSUMED``: the role isn't known and the class is assumed of whatever may carry data (``--assume``): whether data
    is there at all can't be judged, which is told once for all policies.
    """

    NO = "no"
    UNJUDGED = "unjudged"
    ASSUMED = "assumed"


class Reach(Struct, frozen=True):
    """The classes that one policy binds in this run, and those of them whose binding is contested."""

    classes: frozenset[str]
    contested: frozenset[str]
    assumed: bool
    """Whether the class assumed for what has none is among them."""


def covered(classes: Iterable[str], covers: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Classes with those that count as one of them, through any chain."""
    found, new = set(classes), list(classes)
    while new:
        more = [each for each in covers.get(new.pop(), ()) if each not in found]
        found.update(more)
        new += more
    return frozenset(found)


def reach(
    policy: Policy,
    covers: Mapping[str, tuple[str, ...]],
    hds_scope: str | None,
    assumed: str | None,
) -> Reach:
    """What ``policy`` binds: its classes, those that they cover, less the contested ones under ``care-only``."""
    classes = set(covered(policy.data, covers))
    if hds_scope == CARE_ONLY:
        classes -= set(policy.contested)
    return Reach(frozenset(classes), frozenset(policy.contested), assumed in classes)


def bind(
    policy: Policy,
    scope: Reach,
    claims: Sequence[ClassClaim],
    role: Fact[str],
    inferred: Severity,
) -> Bound | Unbound:
    """Whether, and how, ``policy`` binds a placement in ``role`` of a resource with ``claims``.

    ``inferred`` is the most that a class read from names may cost. What a module holds that isn't here to read may be
    what its name suggests; of another role that isn't known that would be too little.
    """
    matching = tuple(claim for claim in claims if claim.data_class in scope.classes)
    if not matching:
        return Unbound.NO
    if isinstance(role, Known):
        return _in_role(policy, scope, matching, role.value, inferred)
    if role.among:
        answers = [
            _in_role(policy, scope, matching, str(member.value), inferred)
            for member in role.among
        ]
        if all(isinstance(answer, Unbound) for answer in answers):
            return Unbound.NO
    if any(claim.how in STRONG for claim in matching):
        return Bound(matching, Severity.ERROR, role_known=False)
    if scope.assumed and not any(map(settles, claims)):
        return Unbound.ASSUMED
    if role.reason is Reason.REMOTE_MODULE and any(
        claim.how is How.INFERRED for claim in matching
    ):
        return Bound(matching, inferred, role_known=False)
    return Unbound.UNJUDGED


def _in_role(
    policy: Policy,
    scope: Reach,
    matching: tuple[ClassClaim, ...],
    role: str,
    inferred: Severity,
) -> Bound | Unbound:
    ceiling = Severity.ERROR
    if role in policy.labelled_roles:
        matching = tuple(claim for claim in matching if claim.how is How.DECLARED)
    elif role in policy.lighter_roles:
        ceiling = policy.lighter_roles[role]
    elif role not in policy.roles:
        return Unbound.NO
    if not matching:
        return Unbound.NO
    # A guess from names never lowers what the user assumes of everything without a class.
    if all(claim.how is How.INFERRED for claim in matching) and not scope.assumed:
        ceiling = lesser(ceiling, inferred)
    return Bound(matching, ceiling)


def settles(claim: ClassClaim) -> bool:
    """Whether a class says what data is, so that nothing is assumed. How sensitive it is doesn't say that."""
    return claim.how in SETTLING and claim.data_class != PARTICULAR_SENSITIVITY


def is_asked(bound: Bound, placement: Placement) -> bool:
    """Whether a placement counts of the classes that bind it."""
    return not placement.asks_for_declared or any(
        claim.how in STRONG for claim in bound.claims
    )


def lightened(bound: Bound, placement: Placement) -> Bound:
    """How severe it may be that nobody knows who answers at an address: an error only where the class was declared, and
    something shows besides the name of a setting that data is sent there."""
    provider = placement.provider
    is_unlisted = isinstance(provider, Unknown) and provider.host is not None
    if not placement.sent or not (is_unlisted or placement.guessed):
        return bound
    is_declared = any(claim.how in STRONG for claim in bound.claims)
    if is_declared and not placement.guessed:
        return bound
    return replace(bound, ceiling=lesser(bound.ceiling, Severity.WARNING))

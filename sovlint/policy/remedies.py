"""What could take the place of a service that doesn't comply: judged by the very policies that bind it.

Only what complies with every one of them is named, for as long as it does; where nothing is proved to, what would once
qualifications that aren't known are attested. Nothing is that surely violates a guard, a policy that may not be among
those judged by: who asks for less than the default set isn't led away from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.attestation import CONTROL
from sovlint.model.findings.finding import Verdict
from sovlint.model.findings.remedy import Candidate, Market, Remedies, Remedy, ServiceKind
from sovlint.model.placement import CONTROL_SHOWN, Holding, Placement
from sovlint.model.value import Fact, Known, Unknown
from sovlint.model.world import World
from sovlint.policy.policies import QUALIFIED, Policy, needs
from sovlint.policy.requirements.logic import judge

MOST = 5
"""Services that a finding names."""

ENDS = 3
"""How many parts of the order of what was found say how long it complies, and by what."""


class _Found(Struct, frozen=True):
    """A candidate that complies with everything asked, until when, and with which qualifications attested first."""

    placement: Placement
    until: date | None
    assumed: bool
    holdings: tuple[Holding, ...]
    attest: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[bool, int, int, str, str]:
        """Sourced ends before assumed ones, later before sooner, then by name; regions of one service together."""
        ends = -(self.until or date.max).toordinal()
        return (
            self.assumed,
            len(self.attest),
            ends,
            _value(self.placement.provider),
            _value(self.placement.service),
        )


class Adviser(Struct):
    """Finds remedies in a market, once for each kind and each list of policies. ``accept``: the states that count as
    inside whatever the area asked for (``PolicySet``)."""

    accept: tuple[str, ...]
    world: World
    market: Market
    require_sources: bool = False
    known: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[_Found, ...]] = field(
        default_factory=dict
    )

    def remedies(
        self, placement: Placement, policies: Sequence[Policy], guards: Sequence[Policy] = ()
    ) -> Remedies | None:
        """What complies with ``policies``, surely violates none of ``guards`` and is of the kind of what is placed;
        ``None`` where that has no kind.

        Never what may be where it is already: a remedy changes something.
        """
        kind = self.market.kind(placement)
        if kind is None:
            return None
        all_found = self._all(kind, policies, guards)
        others = [
            found for found in all_found if not _maybe_there(found.placement, placement)
        ]
        proved = [found for found in others if not found.attest]
        kept, left = _cut(_grouped(kind, proved or others, _value(placement.country)))
        return Remedies(kind, kept, (), left) if proved else Remedies(kind, (), kept, left)

    def complying(self, kind: ServiceKind, policies: Sequence[Policy]) -> Remedies:
        """The services of a kind that are proved to comply with ``policies``, wherever they are."""
        proved = [found for found in self._all(kind, policies) if not found.attest]
        kept, left = _cut(_grouped(kind, proved, ""))
        return Remedies(kind, kept, (), left)

    def _all(
        self, kind: ServiceKind, policies: Sequence[Policy], guards: Sequence[Policy] = ()
    ) -> Sequence[_Found]:
        others = [guard for guard in guards if guard not in policies]
        key = (
            kind.id,
            tuple(policy.id for policy in policies),
            tuple(guard.id for guard in others),
        )
        if key not in self.known:
            self.known[key] = tuple(
                sorted(self._found(kind, policies, others), key=lambda found: found.order)
            )
        return self.known[key]

    def _found(
        self, kind: ServiceKind, policies: Sequence[Policy], guards: Sequence[Policy]
    ) -> Iterable[_Found]:
        asked = tuple(
            dict.fromkeys(
                need.value
                for each in policies
                for need in needs(each.require)
                if need.kind == QUALIFIED
            )
        )
        policies = sorted(policies, key=_asks_for_qualification)
        for offered in self.market.services(kind):
            if self._verdict(offered.anywhere, policies) is Verdict.VIOLATION or self._bars(
                offered.anywhere, guards
            ):
                continue
            judged: dict[object, _Found | None] = {}
            for candidate in offered.regions():
                if candidate.like not in judged:
                    barred = self._bars(candidate.placement, guards)
                    judged[candidate.like] = (
                        None if barred else self._judged(candidate, policies, asked)
                    )
                found = judged[candidate.like]
                if found is not None:
                    yield replace(found, placement=candidate.placement)

    def _judged(
        self, candidate: Candidate, policies: Sequence[Policy], asked: tuple[str, ...]
    ) -> _Found | None:
        """What there is to say of a candidate that complies, perhaps once something is attested."""
        placement = candidate.placement
        verdict = self._verdict(placement, policies)
        attest: tuple[str, ...] = ()
        if verdict is Verdict.UNPROVEN:
            attest = tuple(
                each.name
                for each in placement.holdings
                if each.name in asked and _unknown(each)
            )
            verdict = (
                self._verdict(_attested(placement, attest), policies) if attest else verdict
            )
        if verdict is not Verdict.COMPLIANT:
            return None
        held = tuple(
            each for each in placement.holdings if each.name in asked and not _unknown(each)
        )
        assumed = any(each.until is None for each in held)
        return _Found(
            placement, self._until(candidate, policies, attest), assumed, held, attest
        )

    def _until(
        self, candidate: Candidate, policies: Sequence[Policy], attest: tuple[str, ...]
    ) -> date | None:
        """The last day before one on which it isn't proved to comply any more."""
        for last in candidate.ends:
            later = _attested(candidate.on(last + timedelta(days=1)), attest)
            if self._verdict(later, policies) is not Verdict.COMPLIANT:
                return last
        return None

    def _bars(self, placement: Placement, guards: Sequence[Policy]) -> bool:
        """Whether one of ``guards`` is surely violated."""
        required = (guard.require for guard in guards if guard.require is not None)
        answers = (judge(each, placement, self.world, self.accept) for each in required)
        return any(answer.verdict is Verdict.VIOLATION for answer in answers)

    def _verdict(self, placement: Placement, policies: Sequence[Policy]) -> Verdict:
        """The worst answer of all policies. What rests on background knowledge alone isn't proved enough to advise."""
        worst = Verdict.COMPLIANT
        asks_who_controls = False
        for policy in policies:
            assert policy.require is not None
            answer = judge(
                policy.require, placement, self.world, self.accept, self.require_sources
            )
            if answer.verdict is Verdict.VIOLATION:
                return Verdict.VIOLATION
            if answer.verdict is Verdict.UNPROVEN:
                worst = Verdict.UNPROVEN
            asks_who_controls |= any(leaf.kind == CONTROL for leaf in answer.leaves)
        return Verdict.VIOLATION if asks_who_controls and _is_hearsay(placement) else worst


def _asks_for_qualification(policy: Policy) -> bool:
    """Whether a policy asks for one: whoever violates another needn't be looked up for that."""
    return any(need.kind == QUALIFIED for need in needs(policy.require))


def _is_hearsay(placement: Placement) -> bool:
    """Whether no source at all shows who can compel the company."""
    chain = [each for each in placement.shown_by(*CONTROL_SHOWN) if each.state is not None]
    return bool(chain) and all(each.background for each in chain)


def _grouped(kind: ServiceKind, found: Sequence[_Found], country: str) -> list[Remedy]:
    """Regions of one service that are as good as each other as one remedy; of what is, what is in ``country`` first."""

    def abroad(each: _Found) -> bool:
        return bool(country) and _value(each.placement.country) != country

    groups = [
        sorted(group, key=abroad) for _, group in groupby(found, key=lambda each: each.order)
    ]
    remedies = []
    for first, *others in sorted(
        groups, key=lambda group: (*group[0].order[:ENDS], abroad(group[0]))
    ):
        place = first.placement
        remedies.append(
            Remedy(
                kind=kind,
                provider=_value(place.provider),
                name=place.provider_name,
                service=_value(place.service) or None,
                region=_value(place.region) or None,
                country=_value(place.country) or None,
                until=first.until,
                assumed=first.assumed,
                holdings=first.holdings,
                also=tuple(_value(other.placement.region) for other in others),
                attest=first.attest,
            )
        )
    return remedies


def _cut(named: Sequence[Remedy]) -> tuple[tuple[Remedy, ...], int]:
    """As many as are named, and how many aren't."""
    return tuple(named[:MOST]), max(0, len(named) - MOST)


def _attested(placement: Placement, names: tuple[str, ...]) -> Placement:
    """The same placement, if somebody vouched for the qualifications named that aren't known."""
    if not names:
        return placement
    vouched = (
        replace(each, held=Known(True)) if each.name in names and _unknown(each) else each
        for each in placement.holdings
    )
    return replace(placement, holdings=tuple(vouched))


def _unknown(holding: Holding) -> bool:
    return isinstance(holding.held, Unknown)


def _maybe_there(found: Placement, placement: Placement) -> bool:
    """Whether what is placed may be what was found: the same as far as is known, and the provider is."""
    facts = ((found.service, placement.service), (found.region, placement.region))
    return _value(found.provider) == _value(placement.provider) and all(
        _may_be(*pair) for pair in facts
    )


def _may_be(found: Fact[str], placed: Fact[str]) -> bool:
    if isinstance(placed, Known):
        return _value(found) == placed.value
    return not placed.among or any(_value(found) == member.value for member in placed.among)


def _value(fact: Fact[str]) -> str:
    """A fact's value; empty where it isn't known."""
    return fact.value if isinstance(fact, Known) else ""

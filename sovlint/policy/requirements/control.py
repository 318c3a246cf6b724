"""Whether all states able to compel whoever runs something lie in an area: its company's, and that of the place."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from msgspec import Struct

from sovlint.model.attestation import CONTROL, COUNTRY
from sovlint.model.findings.finding import Basis, Verdict
from sovlint.model.placement import CONTROL_SHOWN, WHAT_IT_IS, Placement, ShownBy, Shows, Soil
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Fact, Known, Unknown
from sovlint.model.world import World
from sovlint.policy import phrases
from sovlint.policy.phrases import members
from sovlint.policy.requirements.bounds import Bounds, codes_of
from sovlint.policy.requirements.leaf import (
    Explained,
    Leaf,
    adequate,
    cited,
    decide,
    names,
    unknowns,
    unsourced,
    vouched,
)

_Said = tuple[Bilingual | Note, ...]


def control(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether every state able to compel whoever runs it there is one of the area ``wanted``, or accepted: those that
    can compel the company, and the one on whose soil it stands.

    Nobody at all isn't an answer: some state always can. Adequacy (GDPR 45) doesn't make it so, and is said.
    """
    bounds = Bounds(world, wanted, accept)
    company = decide(
        placement.control, lambda codes: bounds.verdict(codes) if codes else Verdict.UNPROVEN
    )
    place = decide(placement.soil, bounds.soil)
    verdict = _worse(company, place)
    unproven = verdict is Verdict.UNPROVEN
    claims = {CONTROL: company, COUNTRY: place}
    open_facts = (
        *unknowns(placement.control, company),
        *unknowns(placement.soil, place),
    )
    return Leaf(
        "control",
        verdict,
        lambda: _Reach(placement, bounds, company, place, verdict).explained(),
        open_facts if unproven else (),
        lacks=tuple(
            claim for claim, answer in claims.items() if unproven and answer is verdict
        ),
    )


def _worse(company: Verdict, place: Verdict) -> Verdict:
    """One state out of bounds is enough; that there is none must be proved of both."""
    both = company, place
    return next(
        (each for each in (Verdict.VIOLATION, Verdict.UNPROVEN) if each in both),
        Verdict.COMPLIANT,
    )


class _Reach(Struct, frozen=True, dict=True):
    """A placement, what each of the two says, those who can compel its ``company``, and the ``place``, and the verdict
    on both."""

    placement: Placement
    bounds: Bounds
    company: Verdict
    place: Verdict
    verdict: Verdict

    def explained(self) -> Explained:
        """What was found."""
        placement, verdict = self.placement, self.verdict
        # What the place rests on is shown where it has a part in the verdict.
        place = (placement.soil.because,) if self.place is verdict else ()
        return Explained(
            self._note(),
            (placement.control.because, placement.provider.because, *place),
            cited(self._shown),
            self._remarks(),
            None if verdict is Verdict.UNPROVEN else self._basis,
            self._unsourced,
        )

    @property
    def _basis(self) -> Basis:
        """What is behind it. The place stands firm where of the company there is general knowledge alone."""
        if self.verdict is Verdict.COMPLIANT:
            return Basis.BACKGROUND if self._unsourced else Basis.SOURCED
        if self.company is self.verdict and not self._unsourced:
            return Basis.SOURCED
        return Basis.SOIL if self.place is self.verdict else Basis.BACKGROUND

    @cached_property
    def _shown(self) -> tuple[ShownBy, ...]:
        """What the answer rests on: of states out of bounds, what leads to them; else all of the chain. The place, where
        it has a part in the answer."""
        placement = self.placement
        shown = placement.shown_by(*CONTROL_SHOWN) if self.company is self.verdict else ()
        if self.verdict is Verdict.VIOLATION:
            shown = tuple(each for each in shown if each.state in self._outside)
        place = placement.shown_by(Shows.PLACE) if self._is_placed() else ()
        return (*shown, *place, *placement.shown_by(*WHAT_IT_IS))

    def _is_placed(self) -> bool:
        return self.place is self.verdict and members(self.placement.soil) != (Soil(),)

    @cached_property
    def _unsourced(self) -> tuple[ShownBy, ...]:
        """The general knowledge that it needs. One state that a source leads to is enough for a violation, and so is one
        that the repository or somebody's word tells of."""
        weak = unsourced(self._shown, self.placement)
        if self.verdict is not Verdict.VIOLATION:
            return weak
        chain = [each for each in self._shown if each.shows in CONTROL_SHOWN]
        leading = {each.state for each in chain}
        firm = {each.state for each in chain if each not in weak}
        is_firm = any(code in firm or code not in leading for code in self._outside)
        return () if is_firm else tuple(each for each in weak if each in chain)

    @cached_property
    def _outside(self) -> tuple[str, ...]:
        """The states out of bounds that can compel the company: those that surely can, else those that may."""
        fact = self.placement.control
        return self.bounds.surely_outside(fact) or self.bounds.outside(codes_of(fact))

    def _on(self) -> tuple[str, ...]:
        """The states whose soil it is or may be, as far as they may be named."""
        if self._secret():
            return ()
        return tuple(
            dict.fromkeys(
                soil.state for soil in members(self.placement.soil) if soil.state is not None
            )
        )

    def _secret(self) -> bool:
        """Whether a sensitive value names the place, so that no sentence may."""
        return phrases.sensitive(self.placement.region) or phrases.sensitive(
            self.placement.country
        )

    # --- how it reads

    def _note(self) -> Note:
        if self.verdict is Verdict.VIOLATION:
            return self._violation()
        unproven = self.verdict is Verdict.UNPROVEN
        return self._unproven() if unproven else self._compliant()

    def _violation(self) -> Note:
        bounds, fact = self.bounds, self.placement.control
        states: _Said = ()
        surely = True
        if self.company is Verdict.VIOLATION:
            sure = bounds.surely_outside(fact)
            surely = bool(sure)
            states = phrases.compelling(sure or bounds.outside(codes_of(fact)), bounds.world)
        if self.place is Verdict.VIOLATION:
            states += self._stands()
        key = "policy.control.violation" if surely else "policy.control.violation.among"
        return Note(key, {"area": bounds.name, "states": states})

    def _compliant(self) -> Note:
        states: _Said = names(codes_of(self.placement.control), self.bounds.world)
        if members(self.placement.soil) == (Soil(),):
            key = "policy.control.compliant.company"
        else:
            key, states = "policy.control.compliant", states + self._stands()
        area: Bilingual | Note = self.bounds.name
        if self._accepted():
            area = Note("policy.area-and-accepted", {"area": area})
        return Note(key, {"area": area, "states": states})

    def _accepted(self) -> tuple[str, ...]:
        """The states out of the area that can compel there, and that the policy set accepts."""
        bounds = self.bounds
        codes = dict.fromkeys((*codes_of(self.placement.control), *self._on()))
        return tuple(
            code for code in codes if code in bounds.accept and not bounds.inside(code)
        )

    def _stands(self) -> _Said:
        """The state on whose soil it stands, unless it can compel the company anyway."""
        soils, world = members(self.placement.soil), self.bounds.world
        if {soil.state for soil in soils} <= set(codes_of(self.placement.control)):
            return ()
        if self._secret():
            return (Note("policy.soil-secret"),)
        found = [
            self.bounds.name if soil.state is None else phrases.state_name(soil.state, world)
            for soil in soils
        ]
        key = (
            "policy.soil"
            if len(soils) == 1 and soils[0].state is not None
            else "policy.soil-one-of"
        )
        return (Note(key, {"states": tuple(dict.fromkeys(found))}),)

    def _unproven(self) -> Note:
        why = [self._why(self.placement.control)] if self.company is Verdict.UNPROVEN else []
        if self.place is Verdict.UNPROVEN:
            reason = self._why(self.placement.soil)
            outside = names(self.bounds.outside(self._on()), self.bounds.world)
            note = (
                Note("policy.soil-outside", {"why": reason, "states": outside})
                if outside
                else reason
            )
            why = [note] if reason in why else [*why, note]  # one cause may leave both open
        said = (
            why[0] if len(why) == 1 else Note("policy.both", {"one": why[0], "other": why[1]})
        )
        return Note("policy.control.unproven", {"area": self.bounds.name, "why": said})

    def _why(self, fact: Fact[Any]) -> Note:
        return (
            phrases.unknown(fact, self.placement)
            if isinstance(fact, Unknown)
            else Note("policy.state-unknown")
        )

    def _remarks(self) -> tuple[Note, ...]:
        bounds, placement, on = self.bounds, self.placement, self._on()
        said: tuple[Note, ...] = ()
        taken = self._accepted()
        if taken:
            said += (
                Note(
                    "policy.accepted",
                    {"states": names(taken, bounds.world), "area": bounds.name},
                ),
            )
        if self.verdict is Verdict.VIOLATION:
            there = bounds.outside(on) if isinstance(placement.soil, Known) else ()
            sure = tuple(dict.fromkeys((*bounds.surely_outside(placement.control), *there)))
            said += adequate(sure, bounds.world, "policy.adequate-control")
            if self._basis is Basis.BACKGROUND:
                said += (Note("policy.background"),)
        said += vouched(placement.control)
        return said + tuple(note for note in vouched(placement.soil) if note not in said)

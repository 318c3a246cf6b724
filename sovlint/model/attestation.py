"""What a person vouches for: an attestation fills an unknown, and never overrides what the code proves."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from sovlint.model.exception import Absorbed, Answered, State
from sovlint.model.lookups.names import same_company
from sovlint.model.source import Located, Span
from sovlint.model.text import Note

QUALIFICATION = "qualification"
COUNTRY = "country"
CONTROL = "control"
DEROGATION = "derogation"
SEAL = "seal"
"""Kinds of claim, which are keys of ``claim`` in the configuration: that a service holds a qualification, in which
country it is, which states can compel whoever runs it, that a decision lifts a law there until it ends, that an
objective of the Cloud Sovereignty Framework reaches a level."""


class Proof(Struct, frozen=True):
    """The document that an attestation rests on: a file at ``path`` (relative to the git root), or one kept elsewhere
    (``None``). ``sha256`` is the digest that it had when it was read, in lower case, if that was noted. ``where`` is
    the place that says so."""

    path: str | None
    sha256: str | None
    where: Located


class Attestation(Answered, frozen=True):
    """A claim about a subject. ``provider`` and ``region`` are catalogue ids (``None``: any); ``vendor`` is the name of
    a company that the catalogue doesn't have. ``approver`` is a role.

    ``fault`` says why it doesn't count, once that was looked into; ``written`` is the end that it gives itself, where
    that is later than it may count, and ``expires`` is then the last day that it does. ``qualification`` is empty
    where ``country``, ``control`` (codes of states), ``derogation`` (a law) or ``seal`` (``SOV-2=3``) is claimed instead.
    ``services`` are the services of the provider that it speaks of, by their ids; none: those that are known of its
    subject.
    """

    qualification: str
    provider: str | None
    region: str | None
    evidence: str
    approver: str | None = None
    proof: Proof | None = None
    fault: Note | None = None
    written: date | None = None
    country: str | None = None
    control: tuple[str, ...] = ()
    derogation: str = ""
    seal: str = ""
    vendor: str | None = None
    services: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What kind of claim it makes."""
        if self.country is not None:
            return COUNTRY
        if self.derogation:
            return DEROGATION
        if self.seal:
            return SEAL
        return CONTROL if self.control else QUALIFICATION

    @property
    def claims_fact(self) -> bool:
        """Whether it claims no qualification: a fact of the placement itself, a derogation or a level."""
        return self.kind != QUALIFICATION

    @property
    def claim(self) -> str:
        """What it claims, and of which provider and region, in ids, or of which vendor."""
        other = self.country or self.derogation or self.seal or ", ".join(self.control)
        said = self.qualification or f"{self.kind} {other}"
        about = (self.provider, self.region, self.vendor, ", ".join(self.services))
        return " ".join(part for part in (said, *about) if part)

    @property
    def general(self) -> bool:
        """Whether it speaks of no resource in particular."""
        return self.matches_address is None and self.matches_path is None

    def at(self, provider: str | None, region: str | None) -> bool:
        """Whether it speaks of this provider and region; ``None`` is one that isn't known."""
        return self.provider in (None, provider) and self.region in (None, region)

    def of_vendor(self, called: str) -> bool:
        """Whether it speaks of the company that people call so, where it names one that the catalogue doesn't have.
        ``called`` is empty where the catalogue has the company at hand, or nobody names it."""
        return self.vendor is None or same_company(self.vendor, called)

    def of_service(self, service: str | None) -> bool:
        """Whether it speaks of a service (``None``: one that isn't known), where it names any."""
        return not self.services or service in self.services

    def valid(self, day: date) -> bool:
        """Whether it counts on ``day``."""
        return self.fault is None and self.issued <= day <= self.expires


class Vouched(Struct, frozen=True):
    """One attestation in the audit, and what became of it.

    ``until`` is the last day that it counts; ``days`` how many are left where it ends soon. ``checked``: whether the
    digest of its evidence was compared, and is right. ``turned`` are findings that rest on it. ``why`` says why it
    doesn't count, or not for as long as it says; ``overruled``, why it fills nothing where the contrary is known.
    """

    state: State
    kind: str
    claim: str
    owner: str
    approver: str | None
    evidence: str
    sha256: str | None
    checked: bool
    issued: date
    until: date
    where: Span
    turned: tuple[Absorbed, ...] = ()
    days: int | None = None
    why: Note | None = None
    overruled: Note | None = None

"""What could take the place of a service: candidates that the catalogue has, and the remedies that a finding names."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from sovlint.model.placement import Holding, Placement
from sovlint.model.text import Bilingual


class ServiceKind(Struct, frozen=True):
    """A kind of services, which can take each other's place."""

    id: str
    name: Bilingual


class Candidate(Struct, frozen=True):
    """A service of a kind in a region: its placement today, in no role. ``on`` places it on another day; ``ends`` are
    the last days of all that may change what is said of it, later than today or today, in order. Those of one service
    with equal ``like`` differ in their region and country alone, and every policy says the same of them."""

    placement: Placement
    on: Callable[[date], Placement]
    ends: tuple[date, ...]
    like: Hashable


class Offered(Struct, frozen=True):
    """A service of a kind: as it is placed in a region that isn't known, and in each region of its provider. What is
    violated without a region is violated in every one, so that most are never placed."""

    anywhere: Placement
    regions: Callable[[], Iterable[Candidate]]


class Market(Protocol):
    """What the catalogue has of each kind."""

    def kind(self, placement: Placement) -> ServiceKind | None:
        """The kind of what is placed; ``None`` where its service isn't known, has no peer, or may be of several."""
        ...

    def services(self, kind: ServiceKind) -> Sequence[Offered]:
        """Every service of a kind, by provider and service."""
        ...


class Remedy(Struct, frozen=True):
    """A service that complies with every policy that binds what it would replace; all facts are known but ``service``
    (``None``: whichever of the vendor's) and ``country``.

    ``until`` is the last day on which it does as far as is known today (``None``: nothing that it rests on ends);
    ``assumed``: whether the end of a qualification was assumed for that. ``holdings`` are the qualifications asked for.
    ``also`` are further regions that are as good. ``attest`` are qualifications that somebody must attest first.
    """

    kind: ServiceKind
    provider: str
    name: str
    service: str | None
    region: str | None
    country: str | None
    until: date | None
    assumed: bool
    holdings: tuple[Holding, ...]
    also: tuple[str, ...] = ()
    attest: tuple[str, ...] = ()


class Remedies(Struct, frozen=True):
    """What is proved to comply, and, where nothing is, what would once something is attested; longest first. ``left``
    counts what is as good and isn't named."""

    kind: ServiceKind
    proved: tuple[Remedy, ...] = ()
    to_attest: tuple[Remedy, ...] = ()
    left: int = 0

    @property
    def named(self) -> Iterable[Remedy]:
        """All of them."""
        return (*self.proved, *self.to_attest)

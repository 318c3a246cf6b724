"""The services of the catalogue that comply with one policy on a day, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sovlint.catalog.load import Catalog
from sovlint.model.findings.remedy import Remedies, ServiceKind
from sovlint.policy.policies import QUALIFIED, Policy, needs
from sovlint.policy.remedies import Adviser
from sovlint.resolve.peers import Peers

PLACE = "area"
"""The predicate that asks for a place alone: most services have one."""


def complying(policy: Policy, catalog: Catalog, day: date) -> Iterator[Remedies]:
    """What is proved to comply with ``policy``, kinds that have any, in their order; without any attestation.

    Nothing for a policy that asks for no more than a place: too many comply to be worth listing.
    """
    if all(need.kind == PLACE for need in needs(policy.require)):
        return
    adviser = Adviser((), catalog.world(day), Peers(catalog, (), day))
    for kind in catalog.kinds:
        found = adviser.complying(ServiceKind(kind.id, kind.name), (policy,))
        if found.proved:
            yield found


def activities(
    policy: Policy, catalog: Catalog
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """The offers of which a source says the activities, of the qualifications that ``policy`` asks for: the provider's
    name, the offer, and their numbers in the referential."""
    asked = {need.value for need in needs(policy.require) if need.kind == QUALIFIED}
    for scheme in (each for each in catalog.schemes.values() if each.name in asked):
        for provider, offers in scheme.offers.items():
            for offer in offers:
                if offer.activities:
                    yield catalog.titles[provider], offer.offer, offer.activities

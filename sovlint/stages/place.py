"""The second stage: where each resource is, which data it carries, and where that goes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from sovlint.files.reported import Reported
from sovlint.model.attestation import Attestation
from sovlint.model.classrules import ClassRules
from sovlint.model.placement import Flow, Placed
from sovlint.model.resources.reading import Remark
from sovlint.model.sameness import Mismatch
from sovlint.policy.policies import ATTESTATION_IN_ORDER
from sovlint.resolve.facts.terms import in_use
from sovlint.resolve.offered import ask_for_images
from sovlint.resolve.resolver import resolve, settle
from sovlint.resolve.sameness import joined
from sovlint.stages.asked_for import asked_for
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Rulebook, Run


class PlaceResult(Struct, frozen=True):
    """All resources in their places, and what was asked for of them.

    ``attested``: the attestations with why they don't count, where they don't. ``mismatches``: where inventory and code
    differ. ``remarks``: what there is to say of places.
    """

    placed: tuple[Placed, ...]
    asked: Reported
    reported: tuple[Placed, ...]
    flows: tuple[Flow, ...]
    mismatches: tuple[Mismatch, ...]
    attested: tuple[Attestation, ...]
    class_rules: ClassRules
    remarks: tuple[Remark, ...]

    @property
    def elsewhere(self) -> tuple[Placed, ...]:
        """What was only read, and isn't reported."""
        return _sorted(each for each in self.placed if not self.asked.resource(each.resource))


def place_resources(run: Run, rulebook: Rulebook, read: ReadResult) -> PlaceResult:
    """Place and classify all that was read, and tell what of it was asked for."""
    catalog, day = rulebook.catalog, run.request.as_of
    settled, of_clusters = settle(read.reading, catalog, day, run.offers)
    used, of_terms = in_use(settled, day)
    ask_for_images(used, run.offers)
    rules = replace(run.config.data, assume=run.request.assume)
    attested = _attested(run, rulebook, read)
    placed, flows = resolve(
        used, catalog, rules, attested, day, read.reading.looked_up, run.offers
    )
    placed, mismatches = joined(placed, catalog)
    asked = asked_for(run, read, placed)
    return PlaceResult(
        placed=placed,
        asked=asked,
        reported=_sorted(each for each in placed if asked.resource(each.resource)),
        flows=tuple(flow for flow in flows if asked.resource(flow.source)),
        mismatches=tuple(each for each in mismatches if asked.resource(each.resource)),
        attested=attested,
        class_rules=rules,
        remarks=(*of_clusters, *of_terms),
    )


def _attested(run: Run, rulebook: Rulebook, read: ReadResult) -> tuple[Attestation, ...]:
    if not run.config.attestations:
        return ()
    from sovlint.exceptions.attestations import weighed

    longest = rulebook.policy_set.housekeeping[ATTESTATION_IN_ORDER].longest_months
    return weighed(
        run.config.attestations, read.repository.digest, longest, run.request.as_of
    )


def _sorted(placed: Iterable[Placed]) -> tuple[Placed, ...]:
    return tuple(sorted(placed, key=lambda each: each.resource.identity))

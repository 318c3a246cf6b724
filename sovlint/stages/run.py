"""What one run goes by: the request, its configuration, the catalogue and the policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from sovlint.catalog.load import Catalog
from sovlint.catalog.load import load as load_catalog
from sovlint.configuration.config import POLICY_SET, Config
from sovlint.model.findings.own_rules import OwnRule
from sovlint.model.findings.provenance import Checkout
from sovlint.model.house import House
from sovlint.model.offers import Offers
from sovlint.model.request import Request
from sovlint.policy.load import load as load_policies
from sovlint.policy.policies import PolicySet, qualifications
from sovlint.rules.hints import Hints

if TYPE_CHECKING:
    from sovlint.cache.readings import ReadingCache
    from sovlint.exceptions.baseline_file import Baseline


class Run(Struct, frozen=True):
    """A settled request, and what was read of the files that it and the configuration name."""

    request: Request
    config: Config = Config()
    baseline: Baseline | None = None
    edited: Mapping[str, bytes] | None = None
    """By absolute real path, what files would hold that ``sovlint label`` is about to write."""

    given: tuple[OwnRule, ...] = ()
    """What the environment and the command line make otherwise."""

    provenance: bool = False
    """Whether somebody wants to know what only git tells, and digests: some formats say so."""

    checkout: Checkout | None = None
    """What git would say of what is scanned, where it was told already."""

    offers: Offers = field(default_factory=Offers)
    """What other repositories make; it keeps in mind what this run has asked of them."""

    cache: ReadingCache | None = None
    """Where readings are kept for the next run, if they are."""

    @property
    def policy_set_name(self) -> str:
        """The id or the file of the policies to judge by."""
        return self.request.policy_set or POLICY_SET


class Rulebook(Struct, frozen=True):
    """What is known of the world, and what is asked of it."""

    catalog: Catalog
    hints: Hints
    """What front ends need to know of the catalogue."""
    policy_set: PolicySet


def load_rulebook(run: Run) -> Rulebook:
    """The catalogue and the policies of a run. Raises ``SovlintError`` where one of them is wrong."""
    catalog = load_catalog(run.request.catalog, *run.request.trust)
    policy_set = load_policies(
        run.request.policy, run.policy_set_name, run.config.organisation
    )
    if run.request.min_seal:
        from sovlint.policy.seal.asked import with_minimum  # imported late: few ask

        policy_set = with_minimum(policy_set, run.request.min_seal)
    catalog = at_house(run, catalog)
    asked = {each.qualification for each in run.config.attestations}
    asked.update(qualifications(policy_set))
    catalog = catalog.asking(asked)
    return Rulebook(catalog, catalog.hints(), policy_set)


def at_house(run: Run, catalog: Catalog) -> Catalog:
    """A catalogue with what the configuration says of the house's own hosts."""
    return catalog.at_house(House(run.config.hosts)) if run.config.hosts else catalog


def with_catalog(run: Run, rulebook: Rulebook, catalog: Catalog) -> Rulebook:
    """The same rules in another world, for files that were read already."""
    return Rulebook(at_house(run, catalog), rulebook.hints, rulebook.policy_set)

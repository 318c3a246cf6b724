"""The one thing for want of which findings are unproven: whoever settles it settles them all."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from sovlint.model.findings.identity import digest
from sovlint.model.text import Note

CONTRACT = "contract"
LISTING = "listing"
"""The kinds of what waits for a contract, or for a list that isn't complete, after the name of the qualification."""


class CauseKind(StrEnum):
    """What sort of thing isn't known. Users' scripts know the ids, so none changes; a qualification adds its own."""

    CLUSTER = "cluster"
    """Where the manifests of a folder land."""
    CLUSTER_REGION = "cluster-region"
    """In which region that is."""
    OVERLAP = "clusters-overlap"
    """Which of several entries of ``clusters`` counts."""
    PROJECT = "project"
    """Where a Compose project runs."""
    VARIABLE = "variable"
    """The value of a variable of a root."""
    CALLER = "caller"
    """What whoever calls a library gives to it."""
    ENVIRONMENT = "environment"
    """What the environment of a run gives to a root."""
    OBJECT = "object"
    """What a config map or a secret holds that isn't here."""
    COMPUTED = "computed"
    """What is known once a root is applied."""
    MODULE = "module"
    """A module that isn't here."""
    CHART = "chart"
    """A chart that isn't here."""
    HOST = "host"
    """Who answers at the hosts of a domain."""
    HOUSE = "house"
    """Who runs the hosts in domains that the repository serves or manages itself: one question for all of them."""
    TYPE = "type"
    """What resources of a type do with data."""
    REGION = "region"
    """Where a region is that the catalogue doesn't have."""
    PLACE = "place"
    """Where a service is that has no region."""
    OWNERS = "owners"
    """Who owns a company."""
    SOURCE = "source"
    """A source for a fact that is general knowledge, where sources are required."""
    INVENTORY = "inventory"
    """What an entry of an inventory doesn't say."""
    VALUES = "values"
    """The values of settings whose names say nothing, in a root or a folder."""
    CREATED = "created"
    """Whether what doesn't comply is created at all: ``name`` is the id of what that waits for."""
    SETTING = "setting"
    """What one resource doesn't say of itself: nothing else waits for it."""


ABOUT_HOSTS = frozenset({CauseKind.HOST, CauseKind.HOUSE})
"""Kinds about who answers at hosts: told by domain, however few placements wait."""


class Cause(Struct, frozen=True):
    """``kind`` is what sort of thing isn't known, ``name`` which one. ``why`` says what is missing, alike of everything
    that waits for it. ``claim`` is the qualification (or the kind of fact) whose attestation settles it; empty where no
    attestation does.
    """

    kind: str
    name: str
    why: Note
    claim: str = ""

    @property
    def id(self) -> str:
        """``hds-contract:aws``: the same for all that waits for the same thing."""
        return f"{self.kind}:{self.name}"

    @property
    def shared(self) -> bool:
        """Whether others may wait for it too."""
        return self.kind != CauseKind.SETTING

    @property
    def is_contract(self) -> bool:
        """Whether a contract with a provider settles it, of which code shows nothing. ``name`` is the provider, with the
        service that the contract must name, where no list does."""
        return bool(self.claim) and self.kind == f"{self.claim}-{CONTRACT}"

    @property
    def fingerprint(self) -> str:
        """A digest of the id alone: a placement more or less that waits for it changes nothing."""
        return digest(["cause", self.id])

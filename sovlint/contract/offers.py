"""What repositories offer each other: `sovlint-offers/1`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import UNSET, UnsetType

from sovlint.contract.shape import Line, Shape, Text


class OfferNote(Shape, frozen=True):
    """What a step says, in both languages."""

    en: Text
    fr: Text


class OfferStep(Shape, frozen=True, kw_only=True):
    """A place that led to an offer."""

    repository: str | UnsetType = UNSET
    """Where it stands in another repository still."""

    path: str
    line: Line
    note: OfferNote


class OfferFact(Shape, frozen=True):
    """A value, or those that it is one of; neither where it isn't known."""

    value: str | UnsetType | None = UNSET
    among: tuple[str, ...] | UnsetType = UNSET
    hinted: bool | UnsetType = UNSET
    """Whether only a hint shows it there, which proves nothing."""


class OfferFacts(Shape, frozen=True):
    """Where an offer is, as far as that is known."""

    provider: OfferFact | UnsetType = UNSET
    service: OfferFact | UnsetType = UNSET
    region: OfferFact | UnsetType = UNSET


class Offer(Shape, frozen=True, kw_only=True):
    """Something that a repository makes: where it is, and what led to that."""

    kind: Literal["cluster", "state", "store", "host", "image", "module"]
    keys: tuple[Text, ...]
    """What others call it."""

    repository: Text
    """The name of the repository: `group/name`."""

    commit: str | UnsetType = UNSET
    """The commit at which it was read."""

    path: str
    """Where it is made, relative to the git root of that repository."""

    line: Line
    address: str | UnsetType = UNSET
    """What it is called there."""

    facts: OfferFacts | UnsetType = UNSET
    """Provider, service and region, as ids of the catalogue."""

    outputs: Mapping[str, Any] | UnsetType = UNSET
    """Of a state, what is known of each output."""

    files: Mapping[str, str] | UnsetType = UNSET
    """Of a module, the text of each file by its path."""

    because: tuple[OfferStep, ...] | UnsetType = UNSET
    """What led to it, from the use back to the origin."""


class Offers(Shape, frozen=True):
    """What repositories make, by the names that others call it: written by `sovlint fleet offers`, read by
    `--offers FILE`.
    """

    schema: Literal["sovlint-offers/1"]
    offers: tuple[Offer, ...]

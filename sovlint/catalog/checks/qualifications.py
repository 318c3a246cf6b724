"""Checks of qualifications: versions, and what each offer covers."""

from __future__ import annotations

from collections.abc import Sequence

from sovlint.catalog.checks.written import Faults, days
from sovlint.catalog.compiling.written_data import Data

ALL = "*"
"""Every service."""


def scheme(_: str, data: Data, parts: Data) -> Faults:
    """The versions of a qualification, and its offers."""
    versions = [version["id"] for version in data["versions"]]
    yield from days(data, ("read",), ())
    for index, version in enumerate(data["versions"]):
        yield from days(version, ("since", "until"), ("versions", index))
    for index, offer in enumerate(data["offers"]):
        for at, message in _offer(offer, versions, parts):
            yield ("offers", index, *at), message
        if data.get("always_ordered") and not offer.get("requires"):
            yield (
                ("offers", index, "requires"),
                "say which contract with the host it takes: none is held without one.",
            )


def _offer(offer: Data, versions: Sequence[str], parts: Data) -> Faults:
    yield from days(offer, ("since", "until"), ())
    if offer["version"] is not None and offer["version"] not in versions:
        yield ("version",), f"`{offer['version']}` isn't among the versions."
    if offer.get("assumable") and not (offer["since"] and offer["until"] is None):
        yield (
            ("assumable",),
            "an end can be assumed only where the start is known and the end isn't.",
        )
    if offer.get("assumable") and offer["confidence"] == "low":
        yield ("assumable",), "an end can't be assumed on a source of low confidence."
    if ALL in (offer.get("services") or ()) and offer["confidence"] == "low":
        yield (
            ("services",),
            "that it covers all services takes a scope that was read: leave out what isn't known.",
        )
    known = parts["providers"].get(offer["provider"], {}).get("regions", {})
    for region in offer["regions"] or ():
        if region not in known:
            yield ("regions",), f"`{region}` isn't a region of {offer['provider']}."

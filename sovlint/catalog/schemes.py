"""Qualifications of the index."""

from __future__ import annotations

from typing import Any

from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.decoded import decoded
from sovlint.catalog.entries import Scheme
from sovlint.model.decoding import grouped


def scheme(index: Data, name: str) -> Scheme:
    """A qualification with all its offers, by provider."""
    data = index["schemes"][name]
    offers = grouped((offer["provider"], offer) for offer in data["offers"])
    versions = [_version(index, version) for version in data["versions"]]
    return decoded(index, Scheme, {**data, "offers": offers, "versions": versions})


def _version(index: Data, data: Data) -> dict[str, Any]:
    """A version, with the name of the area that it has data hosted in."""
    hosting = data.get("hosting")
    return (
        {**data, "hosting": {**hosting, "name": index["areas"][hosting["area"]]}}
        if hosting
        else dict(data)
    )

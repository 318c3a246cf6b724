"""What a wheel needs, as a bill of materials in CycloneDX: with each extra, and as installed where it is made."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    PathDistribution,
    distribution,
)
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS: Final = ("dev", "fuzz")
"""Extras for those who work on sovlint: no user gets what they bring."""


def bill(wheel: Path, epoch: int) -> str:
    """The bill of a wheel as JSON; ``epoch`` is its time, in seconds since 1970.

    Raises ``LookupError`` where something that the wheel or one of its extras needs isn't installed here.
    """
    return _Bill(wheel, epoch).written()


def extras(shipped: Distribution) -> list[str]:
    """The extras of a distribution that are for users."""
    return sorted(set(shipped.metadata.get_all("Provides-Extra") or ()) - set(OURS))


def shipped_in(wheel: Path) -> Distribution:
    """What a wheel says of itself."""
    with zipfile.ZipFile(wheel) as packed:
        (folder,) = {
            name.partition("/")[0] for name in packed.namelist() if ".dist-info/" in name
        }
    return PathDistribution(zipfile.Path(wheel, f"{folder}/"))


def licence(found: Distribution) -> str | None:
    """The licence that a distribution states: an expression, a short text, or the end of its classifier."""
    stated = found.metadata
    for field in ("License-Expression", "License"):
        text = next(iter(stated.get_all(field) or ()), "")
        if text and "\n" not in text:
            return text
    classifiers = stated.get_all("Classifier") or ()
    told = [
        each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")
    ]
    return told[0] if told else None


class _Bill:
    """A bill while it is written."""

    def __init__(self, wheel: Path, epoch: int) -> None:
        self._shipped = shipped_in(wheel)
        digest = sha256(wheel.read_bytes()).hexdigest()
        self._bom = Bom(serial_number=uuid5(NAMESPACE_URL, digest))
        self._bom.metadata.timestamp = datetime.fromtimestamp(epoch, UTC)
        self._root = _component(self._shipped, ComponentType.APPLICATION, None)
        self._root.hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=digest))
        self._bom.metadata.component = self._root
        self._made: dict[str, Component] = {}

    def written(self) -> str:
        core = self._needed(self._shipped, "", ComponentScope.REQUIRED)
        wanted = [self._extra(each) for each in extras(self._shipped)]
        self._bom.register_dependency(self._root, [*core, *wanted])
        return JsonV1Dot6(self._bom).output_as_string(indent=1) + "\n"

    def _extra(self, extra: str) -> Component:
        """An extra as a component of its own, which depends on what it brings."""
        name = f"{self._shipped.metadata['Name']}[{extra}]"
        made = Component(
            name=name,
            version=self._shipped.version,
            bom_ref=name,
            scope=ComponentScope.OPTIONAL,
            licenses=_licences(self._shipped),
        )
        self._bom.components.add(made)
        needed = self._needed(self._shipped, extra, ComponentScope.OPTIONAL)
        self._bom.register_dependency(made, needed)
        return made

    def _needed(
        self, found: Distribution, extra: str, scope: ComponentScope
    ) -> Sequence[Component]:
        """What a distribution needs with an extra of it, and not without."""
        return [self._installed(each, scope) for each in _requirements(found, extra)]

    def _installed(self, wanted: Requirement, scope: ComponentScope) -> Component:
        name = canonicalize_name(wanted.name)
        if name not in self._made:
            found = _distribution(wanted)
            self._made[name] = made = _component(found, ComponentType.LIBRARY, scope)
            self._bom.components.add(made)
            parts = ["", *sorted(wanted.extras)]
            below = [self._needed(found, each, scope) for each in parts]
            self._bom.register_dependency(made, [each for part in below for each in part])
        return self._made[name]


def _requirements(found: Distribution, extra: str) -> Iterable[Requirement]:
    for text in found.requires or ():
        wanted = Requirement(text)
        always = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
        there = always if wanted.marker is None else wanted.marker.evaluate({"extra": extra})
        if there and (not extra or not always):
            yield wanted


def _distribution(wanted: Requirement) -> Distribution:
    try:
        return distribution(wanted.name)
    except PackageNotFoundError:
        raise LookupError(
            f"`{wanted}` isn't installed, and the bill has to tell its version"
        ) from None


def _component(
    found: Distribution, kind: ComponentType, scope: ComponentScope | None
) -> Component:
    name = found.metadata["Name"]
    address = PackageURL("pypi", name=canonicalize_name(name), version=found.version)
    return Component(
        name=name,
        version=found.version,
        type=kind,
        scope=scope,
        purl=address,
        bom_ref=str(address),
        licenses=_licences(found),
    )


def _licences(found: Distribution) -> list[License]:
    stated = licence(found)
    return [] if stated is None else [LicenseFactory().make_from_string(stated)]

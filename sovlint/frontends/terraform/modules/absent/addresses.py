"""Sources of calls -> published modules, and the versions that a call may get.

Terraform takes the newest version that a call allows. So what a call may get is a stretch of versions, with an open end
where nothing is said. A git source says one version by a tag, or none that is known: a branch, a commit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qs

from msgspec import Struct

from sovlint.frontends.terraform.modules.absent.versions import (
    VersionStretch,
    exactly,
    number,
    stretch,
)
from sovlint.rules.registry_modules import address_in_repository

_REGISTRY: Final = re.compile(r"[\w-]+/[\w-]+/[\w-]+")
_REPOSITORY: Final = re.compile(r"[\w-]+(\.[\w-]+)+/[^/]+/[^/]+")
_TERRAGRUNT: Final = "tfr://"
"""How Terragrunt names a module of a registry: the version stands in the source, and a registry may be left away."""
_SCHEMES: Final = ("git::", "https://", "http://", "ssh://", "git@")
_TAGS: Final = ("refs/tags/", "tags/")


class WantedModule(Struct, frozen=True):
    """The address of a module, as the catalogue looks it up, and the versions that a call may get (``None``: nobody knows
    which)."""

    address: str
    versions: VersionStretch | None


def wanted(
    source: str, constraint: str | None, registries: Sequence[str]
) -> WantedModule | None:
    """What a call asks for; ``None`` where it names no published module.

    ``constraint``: empty where none is written, ``None`` where it isn't known. ``registries``: the public ones, as
    prefixes of addresses.
    """
    written, _, query = source.partition("?")
    if written.startswith(_TERRAGRUNT):
        written = written.removeprefix(_TERRAGRUNT).removeprefix("/")
        constraint = _of_query(query, "version") or ""
    elif query:
        return _in_repository(written, query)
    for registry in registries:
        written = written.removeprefix(registry)
    address, _, folder = written.partition("//")
    if _REGISTRY.fullmatch(address) is None:
        return _in_repository(written, query)
    versions = None if constraint is None else stretch(constraint)
    return WantedModule(address_in_repository(address, folder), versions)


def _in_repository(written: str, query: str) -> WantedModule | None:
    """What a git source asks for."""
    for scheme in _SCHEMES:
        written = written.removeprefix(scheme)
    written = re.sub(r"^([\w.-]+):(?=\D)", r"\1/", written)
    repository, _, folder = written.partition("//")
    if _REPOSITORY.fullmatch(repository) is None:
        return None
    address = address_in_repository(repository.removesuffix(".git"), folder)
    return WantedModule(address, _tagged(_of_query(query, "ref")))


def _tagged(ref: str | None) -> VersionStretch | None:
    """The version of a tag. Without one it is what the repository holds: newer than any that was published."""
    if ref is None:
        return VersionStretch()
    for prefix in _TAGS:
        ref = ref.removeprefix(prefix)
    found = number(ref)
    return None if found is None else exactly(found)


def _of_query(query: str, name: str) -> str | None:
    return next(iter(parse_qs(query).get(name, ())), None)

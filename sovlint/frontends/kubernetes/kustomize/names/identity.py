"""What tells objects apart: group, version, kind, name and namespace; which kinds lie in no namespace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from sovlint.files.package_data import decoded

FOLDER: Final = "frontends/kubernetes/kustomize/names"
"""Where the package has what Kustomize knows of kinds."""

NO_NAMESPACE = "_non_namespaceable_"
"""Stands for the namespace of what lies in none."""

DEFAULT_NAMESPACE = "default"


@cache
def _cluster_scoped() -> Mapping[str, tuple[str, ...]]:
    """Kinds that lie in no namespace, by the versions in which Kustomize knows that: anything else gets the namespace
    of a kustomization, custom resources too."""
    return decoded(f"{FOLDER}/identity.json", ScopesFile).cluster_scoped


class ScopesFile(Struct, forbid_unknown_fields=True):
    """What ships, with what it was read in and when."""

    source: str
    date: str
    cluster_scoped: Mapping[str, tuple[str, ...]]


class Gvk(Struct, frozen=True):
    """Group, version and kind; in what selects, an empty one stands for any."""

    group: str = ""
    version: str = ""
    kind: str = ""

    @property
    def cluster_scoped(self) -> bool:
        """Whether such an object surely lies in no namespace."""
        return self.api_version in _cluster_scoped().get(self.kind, ())

    @property
    def api_version(self) -> str:
        """Group and version as an object names them."""
        return f"{self.group}/{self.version}" if self.group else self.version

    def selected(self, by: Gvk) -> bool:
        """Whether ``by``, whose empty fields stand for any, selects it."""
        return (
            by.group in ("", self.group) and by.version in ("", self.version) and by.kind in ("", self.kind)
        )  # fmt: skip


ANY = Gvk()
"""Selects everything."""


class Id(Struct, frozen=True):
    """What an object is called, now or earlier."""

    kind: Gvk
    name: str
    namespace: str

    @property
    def effective_namespace(self) -> str:
        """The namespace it lies in; that of objects which name none is ``default``."""
        return (
            NO_NAMESPACE if self.kind.cluster_scoped else self.namespace or DEFAULT_NAMESPACE
        )

    def same(self, other: Id) -> bool:
        """Whether both name the same object."""
        return (
            self.name == other.name
            and self.kind == other.kind
            and self.effective_namespace == other.effective_namespace
        )


@lru_cache(maxsize=4096)
def kind_of(api_version: str, kind: str) -> Gvk:
    """The kind of an object that says this of itself; a build asks it of every object for every field."""
    return Gvk(*split_version(api_version), kind)


def split_version(api_version: str) -> tuple[str, str]:
    """Group and version of an ``apiVersion``."""
    group, slash, version = api_version.partition("/")
    return (group, version) if slash else ("", api_version)

"""How custom resources copy what lies in a cluster to a store."""

from __future__ import annotations

from msgspec import Struct

from sovlint.model.decoding import SomeText, Texts, Yes
from sovlint.rules.workload import OfTypes


class Store(Struct, frozen=True):
    """Where a copier names a store."""

    path: SomeText
    """Where the name of the store stands."""
    to: SomeText
    """The type of the store."""
    default: SomeText = ""
    """What in a store makes it that of those that name none."""
    volumes: Yes = False
    """Only volumes go there."""


class Copying(OfTypes, frozen=True, eq=False, kw_only=True):
    """How custom resources copy what lies in whole namespaces, or all volumes of a driver, to a store."""

    within: SomeText = ""
    """Where all that stands; the other paths lead on from it."""
    namespaces: SomeText = ""
    """The key of the namespaces that are copied; none listed: all."""
    but: SomeText = ""
    """The key of those that aren't."""
    labels: Texts = ()
    """Paths of selectors of labels, one of which what is copied fits."""
    provisioner: SomeText = ""
    """The driver whose volumes alone are copied."""
    classes: Texts = ()
    """Names of storage classes that come with that driver."""
    stores: tuple[Store, ...] = ()
    """Where the copies go; without it, what copies is the store itself."""

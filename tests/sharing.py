"""What all tests of one process share: the catalogue that ships. Loading it is most of a small scan.

It is read-only: no test can tell that others use it too, and ``check_unchanged`` makes sure of that when all are done.
That its files are right is worked out once as well, and so is which of its services comply with policies. A process of
its own does everything anew, as do the tests that ask for it (``index_anew``, ``load_anew``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sovlint.catalog import load as loading
from sovlint.catalog import shipped as stored
from sovlint.catalog.checks import check as checking
from sovlint.catalog.compiling.files import Problem
from sovlint.catalog.load import Catalog
from sovlint.files import index_file
from sovlint.model.findings.remedy import ServiceKind
from sovlint.policy.policies import Policy
from sovlint.policy.remedies import Adviser, _Found
from sovlint.resolve.peers import Peers

Content = tuple[tuple[Path, bytes], ...]
"""The files of a folder, and what is in them."""

Policies = Sequence[Policy]

FOLDER = stored.FOLDER
index_anew, load_anew, check_anew = stored.index, loading.load, checking.check
_found_anew = Adviser._found


@cache
def index() -> Mapping[str, Any]:
    """The index of the catalogue that ships, read once; each of its parts is decoded once."""
    index_anew()  # which compiles it where there is none yet
    return index_anew()


@cache
def catalogue() -> Catalog:
    """The catalogue that ships, loaded once."""
    catalog = load_anew()
    catalog.hints = cache(catalog.hints)
    return catalog


def load(
    overlays: Sequence[Path] = (), trusted: bool = False, keys: Sequence[str] = ()
) -> Catalog:
    """The shared catalogue; with overlays on top, one that whoever lays the same over it shares."""
    if not overlays:
        return catalogue()
    return _laid_over(_read(overlays), trusted, tuple(keys))


@lru_cache(4)
def _laid_over(
    overlays: tuple[tuple[Path, Content], ...], trusted: bool, keys: tuple[str, ...]
) -> Catalog:
    return load_anew([folder for folder, _ in overlays], trusted, keys)


def _read(folders: Sequence[Path]) -> tuple[tuple[Path, Content], ...]:
    return tuple(
        (
            folder,
            tuple(
                (path, path.read_bytes())
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            ),
        )
        for folder in folders
    )


@cache
def _problems_that_ship() -> tuple[Problem, ...]:
    return tuple(check_anew([FOLDER]))


@lru_cache(16)
def _problems_on_top(overlays: tuple[tuple[Path, Content], ...]) -> tuple[Problem, ...]:
    return tuple(check_anew([folder for folder, _ in overlays], index()))


def check(folders: Sequence[Path], base: Mapping[str, Any] | None = None) -> list[Problem]:
    """What is wrong with files; with those that ship, once for all. A command looks at its overlays twice or more."""
    if base is None and list(folders) == [FOLDER]:
        return list(_problems_that_ship())
    if base is index():
        return list(_problems_on_top(_read(folders)))
    return check_anew(folders, base)


_ADVICE: dict[object, list[tuple[Policies, Policies, Sequence[_Found]]]] = {}


def _found(
    self: Adviser, kind: ServiceKind, policies: Policies, guards: Policies
) -> Iterable[_Found]:
    """What complies, of what the catalogue that ships has: worked out once for a day and equal policies."""
    market = self.market
    if (
        not isinstance(market, Peers)
        or market._attested
        or market._catalog._index is not index()
    ):
        return _found_anew(self, kind, policies, guards)
    key = (
        market._catalog.asked, market._day, self.accept, self.require_sources, kind.id,
    )  # fmt: skip
    known = _ADVICE.setdefault(key, [])
    for asked, barring, found in known:
        if asked == policies and barring == guards:
            return found
    found = tuple(_found_anew(self, kind, policies, guards))
    known.append((policies, guards, found))
    return found


def share() -> None:
    """From now on, whoever imports these functions gets those of this module."""
    stored.index, loading.load, checking.check = index, load, check
    Adviser._found = _found  # type: ignore[method-assign]


def check_unchanged() -> None:
    """Fails where something wrote into what all share."""
    anew = index_file.read(stored.INDEX)
    if index.cache_info().currsize and anew is not None and anew["key"] == index()["key"]:
        assert index() == anew, "something wrote into the shared catalogue"

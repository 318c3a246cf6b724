"""The repositories of ``fixtures/fleet``, read alone and together, as a fleet reads them: in rounds."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from sovlint.fleet.modules import offered_module
from sovlint.fleet.result import FleetRepository
from sovlint.lint import Linted, linted
from sovlint.model.findings.finding import Verdict
from sovlint.model.offers import Offer, Offers
from sovlint.model.request import Request
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Rulebook, Run, load_rulebook
from tests.git_house import git
from tests.resolve.house import shown
from tests.scratch import ROOT

FLEET = ("manifests", "modules", "partner", "platform")
DAY = date(2026, 11, 24)
MOST_ROUNDS = 6
Row = tuple[str, str, object, object, str]
"""Of a placement: what it is of, its role (or the setting that sends there), provider, region, and the verdict on whether
it is in the EEA."""


@cache
def rulebook() -> Rulebook:
    """The shipped rules, loaded once."""
    return load_rulebook(Run(Request(as_of=DAY)))


@cache
def _fleet() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sovlint-fleet-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def repository(name: str) -> Path:
    """A copy of one of them as a repository of its own, that nobody writes in; it is there as long as the process."""
    copied = Path(shutil.copytree(ROOT / "fixtures/fleet" / name, _fleet() / name))
    (copied / ".git").mkdir()
    return copied


@cache
def _read(name: str) -> ReadResult:
    return linted(_run(name, ()), rulebook()).read


def _run(name: str, offers: Iterable[Offer]) -> Run:
    return Run(Request(paths=(repository(name),), as_of=DAY), offers=Offers(offers))


def read_with(name: str, offers: Iterable[Offer] = (), again: bool = False) -> Linted:
    """A repository, with what others offer; ``again``: what offers bear on is read again too."""
    return linted(_run(name, offers), rulebook(), read=None if again else _read(name))


def offered_by(name: str, offers: Iterable[Offer] = ()) -> tuple[Offer, ...]:
    """What a repository offers where it knows of those offers."""
    return tuple(
        replace(each, repository=f"valceziere/{name}", commit="0" * 40)
        for each in read_with(name, offers, again=True).offers
    )


@cache
def answers() -> Mapping[str, tuple[Offer, ...]]:
    """What all others offer to each, once nothing changes any more."""
    found: dict[str, tuple[Offer, ...]] = dict.fromkeys(FLEET, ())
    modules = (_module(),)
    for _ in range(MOST_ROUNDS):
        given = {
            name: (*_of_others(name, found), *(modules if name != "modules" else ()))
            for name in FLEET
        }
        then = {name: offered_by(name, given[name]) for name in FLEET}
        if then == found:
            return given
        found = then
    raise AssertionError("it doesn't come to rest")


def _module() -> Offer:
    """The module that ``manifests`` calls, as it is at its tag."""
    folder = repository("modules")
    shutil.rmtree(folder / ".git")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "v3")
    git(folder, "tag", "v3")
    (folder / "db" / "main.tf").write_text("# nobody calls this one yet")
    git(folder, "commit", "-qam", "v4")
    address = "https://git.valceziere.fr/plateforme/modules"
    commit = git(folder, "rev-parse", "HEAD")
    modules = FleetRepository(
        "valceziere/modules", str(folder / ".git"), "", commit, (address,)
    )
    found = offered_module(modules, "git.valceziere.fr/plateforme/modules//db?ref=v3")
    assert found is not None
    return found


def _of_others(name: str, offers: Mapping[str, tuple[Offer, ...]]) -> tuple[Offer, ...]:
    return tuple(each for other, made in offers.items() if other != name for each in made)


def rows(found: Linted) -> list[Row]:
    """All placements that a policy of the place judges, sorted."""
    judged = (
        (each, each.placement)
        for each in found.report.findings
        if each.policy == "health-data-in-eea"
    )
    return sorted(
        (
            (
                finding.resource.address.rpartition("#")[2],
                at.sent or str(shown(at.role)),
                shown(at.provider),
                shown(at.region),
                finding.verdict.value,
            )
            for finding, at in judged
            if at is not None
        ),
        key=str,
    )


def judged(found: Linted, *verdicts: Verdict) -> set[tuple[str, str, str]]:
    """What has one of these verdicts: policy, resource, and role or setting."""
    return {
        (each.policy, each.resource.address, at.sent or str(shown(at.role)))
        for each in found.report.findings
        if (at := each.placement) is not None and each.verdict in verdicts
    }

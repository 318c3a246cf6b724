"""The door to the core: all that a fleet asks of what reads and judges one repository.

What each function needs is imported when it is called: most commands of a fleet read no repository.
"""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from sovlint import __version__
from sovlint.fleet.json_bytes import decoded
from sovlint.fleet.options import FleetOptions
from sovlint.fleet.result import ANSWERED, FleetRepository, RepositoryResult, Status
from sovlint.model.offers import Ask, Offer, Offers
from sovlint.report.pieces import json_text
from sovlint.report.pieces.style import Style

if TYPE_CHECKING:
    from sovlint.lint import Linted as Linted
    from sovlint.model.findings.provenance import Checkout
    from sovlint.model.request import Request

_IMPORTED: Final = (
    "sovlint.frontends.terraform.front_end",
    "sovlint.frontends.kubernetes.manifests",
    "sovlint.frontends.compose.front_end",
    "sovlint.frontends.saas.front_end",
    "sovlint.frontends.configuration.front_end",
    "sovlint.report.scan.json_",
    "sovlint.report.facts.json_",
    "sovlint.files.revision",
)
"""What nearly every reading imports."""


def prepare() -> None:
    """Import and decode what every reading needs, and let children share it."""
    from sovlint.catalog.load import load
    from sovlint.frontends.recursion import deepen_stack
    from sovlint.policy.load import load as load_policies

    for module in _IMPORTED:
        __import__(module)
    load().hints()
    load_policies((), "sovereign-health", None)
    deepen_stack()
    gc.set_threshold(1_000_000)
    gc.collect()
    gc.freeze()


def scanned(
    request: Request, options: FleetOptions, checkout: Checkout, answers: tuple[Offer, ...]
) -> Linted:
    """The run of one repository. Raises ``SovlintError`` as ``sovlint scan`` does there."""
    from sovlint.lint import linted
    from sovlint.stages import settling

    run = settling.run(request, options.told)
    offers = Offers(answers)
    return linted(replace(run, checkout=checkout, provenance=True, offers=offers))


def result_of(
    found: Linted, repository: FleetRepository, language: str, as_of: str
) -> RepositoryResult:
    """The row of a run, which holds on its day alone; its digest is left empty."""
    from sovlint.report import REPORTS
    from sovlint.report.facts.json_ import facts

    report = found.report
    is_read = report.coverage.files or report.failures
    return RepositoryResult(
        repository=repository,
        digest="",
        status=Status.READ if is_read else Status.EMPTY,
        as_of=as_of,
        holds_until=as_of,
        document=REPORTS["json"](report, language, Style(color=False, width=80)),
        facts=decoded(json_text.dump(facts(report, language))),
        offers=found.offers,
        asks=found.asks,
        made=_answered(found),
        tool=__version__,
        catalogue=report.catalogue_date,
    )


def _answered(found: Linted) -> dict[str, str]:
    """What others answered, as what is made of a reading; nothing where nobody did, and of no ask that isn't told."""
    asks = found.asks
    given = found.run.offers.answered
    told = [each for each in given if Ask(each.kind, each.key) in asks]
    return {ANSWERED: msgspec.json.encode(told).decode()} if told else {}


def supposed(found: Linted, file: Path, languages: tuple[str, ...]) -> dict[str, list[Any]]:
    """What would be otherwise by a file of suppositions, as JSON has it, by language. Raises ``SovlintError`` where one
    of them is wrong."""
    from sovlint.report.scan import json_
    from sovlint.supposing import with_outcomes

    report, wrong = with_outcomes(found.report, found, file, file.name)
    if wrong is not None:
        raise wrong
    return {
        each: [json_.supposed(one, each) for one in report.supposed] for each in languages
    }


def check_rules(options: FleetOptions) -> None:
    """Load what every repository is read by, as for one that has nothing of its own.

    Raises ``SovlintError`` where a policy set, a policy, an overlay or a class isn't there or is wrong: each repository
    would be refused for it.
    """
    from sovlint.configuration.config import Config
    from sovlint.stages.configured_names import settle
    from sovlint.stages.run import Run, load_rulebook

    request = options.request
    config, assume = settle(Config(), request.assume, request.catalog, request.trust)
    load_rulebook(Run(replace(request, assume=assume), config))


def check_suppositions(file: Path, options: FleetOptions, day: date) -> None:
    """Raises ``SovlintError`` for what is wrong with a file, before anything is read by it."""
    from sovlint.catalog.load import load
    from sovlint.catalog.supposing import laying
    from sovlint.configuration import suppositions

    written, wrong = suppositions.read(file, str(file))
    if wrong:
        raise wrong[0]
    request = options.request
    catalog = load(request.catalog, *request.trust)
    for each in written:
        laying.supposing(catalog, (each,), laying.day_of(each, catalog, day))

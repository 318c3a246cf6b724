"""What ``sovlint scan --store`` does: the result of a scan goes into the store of a fleet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click
from msgspec.structs import replace

from sovlint import __version__
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.files.commit import checkout
from sovlint.files.scan_place import locate
from sovlint.model.request import Request

if TYPE_CHECKING:
    from sovlint.fleet.result import FleetRepository, RepositoryResult
    from sovlint.lint import Linted

NAMED_BY: Final = ("CI_PROJECT_PATH", "GITHUB_REPOSITORY")
"""Variables in which pipelines say which repository they are of: GitLab's and GitHub's."""


def check(request: Request) -> None:
    """Raises a usage error for what leaves a part of a repository out: what others count on is the whole."""
    partial = {
        "--affected": request.affected,
        "--diff-base": request.diff_base,
        "--rules-from": request.rules_from,
        "--write-baseline": request.write_baseline,
    }
    for name in (name for name, given in partial.items() if given):
        raise click.UsageError(
            f"--store keeps what a whole repository is judged as: it can't go with {name}."
        )
    if locate(request.places).named != ("",):
        raise click.UsageError(
            "--store keeps what a whole repository is judged as: give no PATH but its root."
        )


def keep(
    found: Linted, request: Request, address: str, name: str | None, voice: Voice
) -> None:
    """Write what a scan found into a store, which is made where there is none.

    One that rests on fewer answers of others than the last run of the fleet had isn't kept, which is told: nobody may
    take it for the newest state. Raises ``SovlintError`` where it can't be written, or nothing says what the repository
    is called.
    """
    from sovlint.fleet.code import code_digest
    from sovlint.fleet.results import FleetRun
    from sovlint.fleet.store.running import scan_id
    from sovlint.fleet.store.store import open_store

    result = _result(found, request, name, voice.language)
    repository = result.repository
    store = open_store(address, create=True)
    before = store.newest_of_fleet(repository.name)
    lacking = result.lacks(before) if before else ()
    if lacking:
        names = sorted({f"{each.key} ({each.repository})" for each in lacking})
        voice.say("fleet.not-stored", number=len(names), first=names[0])
        return
    began = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    run = FleetRun(
        id=scan_id(repository.name, began),
        began=began,
        as_of=result.as_of,
        tool=__version__,
        code=code_digest(),
        options={"repository": repository.name},
        repositories=(repository,),
    )
    store.keep_scan(result, run)
    voice.say("fleet.stored", repository=repository.name, store=address)


def _result(
    found: Linted, request: Request, name: str | None, language: str
) -> RepositoryResult:
    from sovlint.fleet.core import result_of
    from sovlint.report.pieces import json_text

    result = result_of(found, _repository(request, name), language, found.report.as_of)
    facts = json_text.dump(dict(result.facts))
    digest = sha256(f"{result.document}\0{facts}".encode("utf-8", "replace")).hexdigest()
    return replace(result, digest=f"scan-{digest}")


def _repository(request: Request, name: str | None) -> FleetRepository:
    from sovlint.fleet.result import FleetRepository

    root = locate(request.places).root
    told = checkout(root, ())
    called = name or _named(told.repository)
    if not called:
        raise SovlintError(
            "Nothing says what this repository is called in the fleet.",
            "Name it as the fleet does: --repository group/name.",
        )
    addresses = (told.repository,) if told.repository else ()
    return FleetRepository(called, "", "HEAD", told.commit or "", addresses)


def _named(address: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """What a repository is called: as its pipeline says, else by the path of where it was cloned from."""
    told = next((environment[each] for each in NAMED_BY if environment.get(each)), "")
    return told or urlsplit(address or "").path.strip("/").removesuffix(".git")

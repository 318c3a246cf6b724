"""Repositories of a fleet that tests make."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from sovlint.fleet.options import FleetOptions, as_data
from sovlint.fleet.result import FleetRepository, ReadTask
from sovlint.fleet.sources import found
from sovlint.fleet.sources.settled import settled
from sovlint.model.offers import Offer
from sovlint.model.request import Request
from tests.git_house import git

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 29)
BUCKET = """provider "aws" {
  region = "eu-west-2"
}

resource "aws_s3_bucket" "a" {
  bucket = "claims"
  tags   = { data-classification = "health" }
}
"""
WAIVED = """waivers:
  - policy: health-data-in-eea
    addresses: [aws_s3_bucket.a]
    reason: it moves
    owner: head of engineering
    approver: data protection officer
    ticket: SEC-1
    issued: 2026-11-01
    expires: 2026-11-25
"""


def repository(folder: Path, files: dict[str, str] | Path, address: str = "") -> Path:
    """A clone with one commit, of these files or of a folder's."""
    if isinstance(files, Path):
        shutil.copytree(files, folder, symlinks=True)
    for path, text in files.items() if isinstance(files, dict) else ():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    if address:
        git(folder, "remote", "add", "origin", address)
    return committed(folder)


def committed(folder: Path) -> Path:
    """The same, with all that is there committed."""
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")
    return folder


def known(*places: Path) -> tuple[FleetRepository, ...]:
    """The repositories of sources."""
    return settled(found(places)).repositories


def task(place: Path, *answers: Offer, **options: object) -> ReadTask:
    """The reading of the only repository at a place."""
    (one,) = known(place)
    request = Request(**{"as_of": DAY, **options})  # type: ignore[arg-type]
    return ReadTask(one, "d", as_data(FleetOptions(request)), answers)

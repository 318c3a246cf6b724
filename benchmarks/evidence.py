"""``make evidence FOLDERS=...``: what configuration files of real repositories prove, beside what readers said.

A folder is called ``owner+name``, and is a checkout, or a tree with its commit in ``owner+name.commit`` beside it.
For each: the pieces of evidence that are found, those of ``tests/saas/evidence.csv`` that are found no more, and those
that nobody has read yet, as lines of that table without a verdict. Then the precision of what was read; and files drawn
with a fixed seed from those that were looked into and prove nothing, for a person to read for misses.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import run

from sovlint.catalog.load import load

SEED = 20261127
DRAWN = 30
TABLE = run.ROOT / "tests/saas/evidence.csv"


@dataclass(frozen=True, order=True)
class Piece:
    """A line of the table: where a piece of evidence stands, what it claims, and what its reader said."""

    repository: str
    commit: str
    path: str
    line: str
    role: str
    provider: str
    service: str
    region: str
    verdict: str = ""

    @property
    def claim(self) -> Piece:
        """The same without commit and verdict."""
        return replace(self, commit="", verdict="")


def table() -> list[Piece]:
    """The pieces that somebody read."""
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [Piece(**row) for row in csv.DictReader(stream)]


def pieces(folder: Path) -> Iterator[Piece]:
    """What ``sovlint facts`` says that configuration files of a folder prove."""
    arguments = (
        *run.SOVLINT,
        "facts",
        str(folder),
        "--format",
        "json",
        "--no-config",
        "--lang",
        "en",
    )
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 2, 3) or "internal error" in done.stderr:
        raise SystemExit(f"{folder}: {done.stderr}")
    repository, commit = folder.name.replace("+", "/"), commit_of(folder)
    for each in json.loads(done.stdout or '{"resources": []}')["resources"]:
        for at in each["placements"] if each["front_end"] == "configuration" else ():
            claim = [at[name] or "" for name in ("role", "provider", "service", "region")]
            yield Piece(repository, commit, each["path"], str(each["line"]), *claim)


def commit_of(folder: Path) -> str:
    """The commit that a folder is of."""
    beside = folder.with_name(f"{folder.name}.commit")
    if beside.exists():
        return beside.read_text(encoding="utf-8").strip()
    return git(folder, "rev-parse", "HEAD").strip()


def git(folder: Path, *arguments: str) -> str:
    """What git prints in a folder."""
    return subprocess.run(
        ("git", *arguments), cwd=folder, capture_output=True, text=True, check=True
    ).stdout


def silent(folder: Path, found: Sequence[Piece]) -> list[str]:
    """The configuration files of a folder that prove nothing."""
    paths = sorted(path for path in git(folder, "ls-files", "-z").split("\0") if path)
    spoken = {each.path for each in found}
    claims = load().hints().formats.claims(paths)
    quiet = dict.fromkeys(
        claim.path for claim in claims if claim.path not in spoken
    )  # several formats may have one
    return [f"{folder.name.replace('+', '/')}: {path}" for path in quiet]


def main() -> None:
    """Print it all; the table's lines to be read on standard output, the rest on standard error."""
    read = {each.claim: each for each in table()}
    found: list[Piece] = []
    quiet: list[str] = []
    for folder in sorted(Path(argument).resolve() for argument in sys.argv[1:]):
        here = sorted(pieces(folder))
        found += here
        quiet += silent(folder, here)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([each.name for each in fields(Piece)])
    for each in found:
        if each.claim not in read:
            writer.writerow(astuple(each))
    claims, repositories = {each.claim for each in found}, {each.repository for each in found}
    for each in read.values():
        if each.repository in repositories and each.claim not in claims:
            print(
                f"found no more: {each.repository} {each.path}:{each.line} {each.verdict}",
                file=sys.stderr,
            )
    said = Counter(
        read[each.claim].verdict if each.claim in read else "not read" for each in found
    )
    judged = said["right"] + said["wrong"]
    print(
        f"{len(found)} pieces in {len(repositories)} repositories: {dict(said)}",
        file=sys.stderr,
    )
    if judged:
        print(f"precision of what was read: {said['right'] / judged:.1%}", file=sys.stderr)
    print(f"{len(quiet)} files prove nothing; drawn with seed {SEED}:", file=sys.stderr)
    for line in random.Random(SEED).sample(quiet, min(DRAWN, len(quiet))):
        print(f"  {line}", file=sys.stderr)


if __name__ == "__main__":
    main()

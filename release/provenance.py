"""How a release was made, as a statement that others can verify: SLSA's provenance, in an envelope of our own room.

https://slsa.dev/spec/v1.1/provenance
"""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from release.building import Commit
from sovlint.evidence.statement import STATEMENT
from sovlint.report.pieces.json_text import Json

PREDICATE: Final = "https://slsa.dev/provenance/v1"
BUILD_TYPE: Final = "https://sovlint.dev/release/v1"
BY_HAND: Final = "https://sovlint.dev/release/by-hand"
"""The builder of whoever runs ``make release`` at a desk: nobody vouches for it."""


def statement(
    files: Sequence[Path], commit: Commit, version: str, source: Path, builder: str
) -> Json:
    """The statement on ``files``: of which commit, by whom and with what they were built. ``source`` is its checkout."""
    return {
        "_type": STATEMENT,
        "subject": [
            {"name": each.name, "digest": {"sha256": digest(each)}} for each in files
        ],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {"version": version, "commit": commit.id},
                "internalParameters": {
                    "python": platform.python_version(),
                    "sourceDateEpoch": commit.epoch,
                },
                "resolvedDependencies": list(_dependencies(source, commit)),
            },
            "runDetails": {"builder": {"id": builder}},
        },
    }


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def _dependencies(source: Path, commit: Commit) -> Iterator[Json]:
    """The commit, and what the build requires, as installed."""
    yield {"name": "source", "digest": {"gitCommit": commit.id}}
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))
    for each in project["build-system"]["requires"]:
        name = canonicalize_name(Requirement(each).name)
        yield {"name": name, "uri": f"pkg:pypi/{name}@{installed_version(name)}"}

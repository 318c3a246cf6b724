"""What the real Kustomize builds, and what is built here, as sets of objects that can be compared."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sovlint.documents import load
from sovlint.documents.tree import plain
from sovlint.files.discover import discover
from sovlint.frontends.kubernetes.kustomize.changes.build import RootBuilder
from sovlint.frontends.kubernetes.kustomize.files import Cache, KustomizeFiles
from sovlint.frontends.kubernetes.kustomize.problems import Account

BINARY = shutil.which("kustomize")
NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")

Key = tuple[str, str, str, str]
Built = dict[Key, Any]


class Refused(Exception):  # noqa: N818
    """The binary refuses a kustomization: what it says."""


def folders(above: Path) -> Iterator[Path]:
    """Every folder with a kustomization."""
    yield from sorted({path.parent for name in NAMES for path in above.rglob(name)})


def real(folder: Path, seconds: float = 60) -> Built:
    """What the binary prints, by group, kind, namespace and name. Raises ``Refused``."""
    assert BINARY is not None
    command = [BINARY, "build", "--load-restrictor", "LoadRestrictionsNone", str(folder)]
    done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    if done.returncode:
        raise Refused(done.stderr.decode("utf-8", "replace").strip())
    return by_key(each.data for each in load(done.stdout, "built") if each.data)


def ours(folder: Path) -> tuple[Built, Account]:
    """What is built here, and what was said meanwhile."""
    repository = discover((folder,))
    account = Account()
    inside = folder.resolve().relative_to(repository.root).as_posix()
    items = RootBuilder(KustomizeFiles(Cache(repository)), account).build(
        "" if inside == "." else inside
    )
    return by_key(plain(each.node) for each in items), account


def by_key(objects: Iterator[Any]) -> Built:
    """Objects by what tells them apart."""
    found = {}
    for each in objects:
        metadata = each.get("metadata") or {}
        key = (
            each["apiVersion"],
            each["kind"],
            metadata.get("namespace", ""),
            metadata.get("name", ""),
        )
        assert key not in found, key
        found[key] = each
    return found

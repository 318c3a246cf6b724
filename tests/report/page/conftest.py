"""The pages that tests open, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from tests import scratch
from tests.report.page import hostile, repositories

AS_OF = "2026-11-24"
PAGE = "page.html"


def _insurer(folder: Path) -> Path:
    return scratch.insurer(folder, scratch.environment(folder.parent))


REPOSITORIES: dict[str, Callable[[Path], Path]] = {
    "insurer": _insurer,
    "large": repositories.large,
    "hostile": hostile.repository,
}


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The page of a repository by its name. All processes of a run share it."""

    @cache
    def made(name: str) -> Path:
        folder = scratch.made_once(tmp_path_factory, f"page-{name}", partial(_make, name))
        return folder / PAGE

    return made


def _make(name: str, folder: Path) -> None:
    out = folder / PAGE
    env = scratch.environment(folder)
    repository = REPOSITORIES[name](folder / "r")
    if not (repository / ".git").exists():
        scratch.git(repository, env, "init", "--quiet")
    done = scratch.run(
        "sovlint", "report", ".", "--as-of", AS_OF, "--lang", "en", "-o", out, cwd=repository, env=env
    )  # fmt: skip
    assert out.exists(), done.stdout

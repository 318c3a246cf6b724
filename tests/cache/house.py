"""Scans that keep what they read, and scans that read everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.frontends import registry
from tests.exceptions.house import run

Said = tuple[int, str, str]
"""The exit code of a run, and what it says."""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for caches, empty; runs use it where nobody says otherwise."""
    monkeypatch.setenv("SOVLINT_CACHE", "yes")
    monkeypatch.setenv("SOVLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "sovlint"


def said(*arguments: str | Path) -> Said:
    """What a scan says."""
    result = run(*arguments)
    return result.exit_code, result.stdout, result.stderr


def same(*arguments: str | Path) -> Said:
    """What a scan says, whether it takes what was kept or reads everything; the latter is asked second."""
    warm = said(*arguments, "--format", "json", "--cache")
    cold = said(*arguments, "--format", "json", "--no-cache")
    assert warm == cold
    return warm


class Reads:
    """Which front ends read anything, counted from then on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        for name, front_end in dict(registry.FRONT_ENDS).items():
            monkeypatch.setitem(registry.FRONT_ENDS, name, self._noting(name, front_end))  # type: ignore[arg-type]

    def _noting(self, name: str, front_end: registry.FrontEnd) -> registry.FrontEnd:
        def read(*given: object, **named: object) -> object:
            self.names.append(name)
            return front_end(*given, **named)  # type: ignore[arg-type]

        return read  # type: ignore[return-value]

    def taken(self) -> list[str]:
        """Those since the last time that this was asked."""
        found, self.names = self.names, []
        return found

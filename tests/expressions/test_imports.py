"""Each module of expressions can be the first that is imported: whoever needs one needs no other before."""

from __future__ import annotations

import subprocess
import sys

import pytest

FIRST = (
    "sovlint.expressions.environment",
    "sovlint.expressions.evaluate",
    "sovlint.expressions.functions",
    "sovlint.expressions.loops",
    "sovlint.expressions.values",
    "sovlint.settings.stacks.fill",
)


@pytest.mark.parametrize("module", FIRST)
def test_a_module_can_be_imported_first(module: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr

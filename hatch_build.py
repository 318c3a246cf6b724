"""Build hook: checks the catalogue and the policies, compiles them, and puts the two indexes into the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INDEXES = {
    "sovlint.catalog.shipped": "sovlint/catalog/index.jsonl",
    "sovlint.policy.compile": "sovlint/policy/index.jsonl",
}
"""The module that compiles an index, and where the wheel has it."""


class IndexHook(BuildHookInterface[Any]):
    """Compiles what ships. An editable install compiles on first use instead, so that it follows changes."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the indexes to a wheel; fails the build where a catalogue file or a policy isn't right."""
        if self.target_name != "wheel" or version == "editable":
            return
        # An isolated build has its dependencies on sys.path alone: a plain child process wouldn't find them.
        self._scratch = TemporaryDirectory(prefix="sovlint-build-")
        for module, place in INDEXES.items():
            out = Path(self._scratch.name) / place.replace("/", "-")
            subprocess.run(
                [sys.executable, "-m", module, str(out)],
                cwd=self.root,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join([self.root, *filter(None, sys.path)]),
                },
                check=True,
            )
            build_data["force_include"][str(out)] = place

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the wheel has a copy of by now."""
        if hasattr(self, "_scratch"):
            self._scratch.cleanup()

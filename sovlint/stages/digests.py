"""Digests of what a run goes by that doesn't ship: an auditor sees that two runs went by the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from sovlint.configuration.config_file import read
from sovlint.configuration.entries import relative
from sovlint.files.regular_files import regular_bytes
from sovlint.model.findings.provenance import Digests
from sovlint.policy.read import files
from sovlint.stages.run import Run


def digests(run: Run, root: Path) -> Digests:
    """All of them, of the files as they are now."""
    request, config = run.request, run.config
    policy_set = Path(run.policy_set_name)
    policies = [file for path in request.policy for file in files(path)]
    overlays = [file for path in request.catalog for file in files(path)]
    excuses = [*config.waiver_files, *([request.baseline] if request.baseline else ())]
    return Digests(
        configuration=_of_files([config.path] if config.path else [], root),
        policies=_of_files(
            [*policies, *([policy_set] if policy_set.is_file() else ())], root
        ),
        overlays=_of_files(overlays, root),
        attestations=_of_attestations(config.path) if config.attestations else None,
        exceptions=_of_files(excuses, root),
    )


def _of_files(paths: Iterable[Path], root: Path) -> str | None:
    """The digest of one file; of several, that of what ``sha256sum`` prints of them."""
    found: dict[str, str] = {}
    for path in paths:
        try:
            data = regular_bytes(str(path.resolve()))
        except OSError:  # gone since it was read
            continue
        if isinstance(data, bytes):
            found[relative(path.absolute(), root)] = sha256(data).hexdigest()
    if len(found) == 1:
        return f"sha256:{next(iter(found.values()))}"
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(found.items()))
    return f"sha256:{sha256(lines.encode()).hexdigest()}" if lines else None


def _of_attestations(path: Path | None) -> str | None:
    document = read(path, str(path)) if path is not None and path.is_file() else None
    if document is None:
        return None
    entries = document.data["attestations"]
    text = json.dumps(
        entries, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str
    )
    return f"sha256:{sha256(text.encode()).hexdigest()}"

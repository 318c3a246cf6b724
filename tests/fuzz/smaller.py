"""A case with a fault, made as small as it can be: fewer files, fewer lines, fewer letters."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.fuzz.cases import Case, tried
from tests.fuzz.seeds import Files
from tests.fuzz.watch import Watch

SECONDS = 120


def made_small(case: Case, sign: str, place: Path, watch: Watch | None) -> Case:
    """The smallest case found in time that has the fault."""
    end = time.monotonic() + SECONDS

    def is_wrong(files: Files) -> bool:
        if time.monotonic() > end:
            return False
        return sign in {each.sign for each in tried(case._replace(files=files), place, watch)}

    files = dict(case.files)
    for name in sorted(files):
        fewer = {each: raw for each, raw in files.items() if each != name}
        if is_wrong(fewer):
            files = fewer
    for name in sorted(files):
        files = _file(files, name, is_wrong)
    return case._replace(files=files)


def _file(files: Files, name: str, is_wrong: Callable[[Files], bool]) -> Files:
    def wrong(parts: Sequence[bytes]) -> bool:
        return is_wrong({**files, name: b"".join(parts)})

    lines = _fewest(files[name].splitlines(keepends=True), wrong)
    files = {**files, name: b"".join(lines)}
    raw = files[name]
    letters = _fewest([raw[at : at + 1] for at in range(len(raw))], wrong)
    return {**files, name: b"".join(letters)}


def _fewest(
    parts: Sequence[bytes], wrong: Callable[[Sequence[bytes]], bool]
) -> Sequence[bytes]:
    """Parts without those that can go, in ever smaller pieces."""
    size = len(parts) // 2
    while size:
        at = 0
        while at < len(parts):
            fewer = [*parts[:at], *parts[at + size :]]
            if wrong(fewer):
                parts = fewer
            else:
                at += size
        size //= 2
    return parts

"""``import sovlint``: what the commands answer, for programs. See ``docs/python.md``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

from msgspec import Struct
from msgspec.json import decode
from msgspec.structs import replace

from sovlint import contract
from sovlint.errors import SovlintError as SovlintError
from sovlint.lint import lint
from sovlint.model.findings import finding
from sovlint.model.request import Request
from sovlint.report.facts import json_ as facts_json
from sovlint.report.pieces.json_text import Json, dump
from sovlint.report.scan import json_ as report_json
from sovlint.stages import settling

FilePath = str | os.PathLike[str]
Answer = TypeVar("Answer", bound=Struct)


class ScanOptions(TypedDict, total=False):
    """Options of ``sovlint scan``, each under its name there. ``docs/commands.md`` says what they do."""

    as_of: date
    assume: str
    config: Path
    no_config: bool
    catalog: tuple[Path, ...]
    trust_overlay: bool
    trust_key: tuple[Path, ...]
    var: tuple[tuple[str, str], ...]
    env: tuple[tuple[str, str], ...]
    var_file: tuple[Path, ...]
    policy_set: str
    policy: tuple[Path, ...]
    min_seal: tuple[str, ...]
    hds_scope: str
    require_sources: bool
    inferred: finding.Severity
    show: str
    baseline: Path
    offers: Path
    no_inline_ignores: bool
    exclude_local: bool


def scan(
    paths: FilePath | Iterable[FilePath] = (),
    *,
    unsaved: Mapping[FilePath, bytes] | None = None,
    language: str = "en",
    **options: Unpack[ScanOptions],
) -> contract.Report:
    """What policies say of all that is declared at ``paths`` (none: in the folder where the program was started).

    ``unsaved``: by path, what a file holds in an editor, whether it was ever written or not. ``language`` is ``en`` or
    ``fr``; ``Finding.messages`` has both. Raises ``SovlintError`` where a path isn't there, or where the configuration,
    a policy or the catalogue is wrong. What can't be read is in ``failures``, and raises nothing.
    """
    report = _found(Request(_paths(paths), **options), unsaved)
    return _typed(report_json.answer(report, language, both=True), contract.Report)


def facts(
    paths: FilePath | Iterable[FilePath] = (),
    *,
    unsaved: Mapping[FilePath, bytes] | None = None,
    language: str = "en",
    **options: Unpack[ScanOptions],
) -> contract.Facts:
    """What is declared at ``paths``, and where it lands; judged by nobody. Otherwise as ``scan``."""
    report = _found(Request(_paths(paths), facts_only=True, **options), unsaved)
    return _typed(facts_json.facts(report, language), contract.Facts)


def _found(request: Request, unsaved: Mapping[FilePath, bytes] | None) -> finding.Report:
    edited = {os.path.realpath(path): data for path, data in (unsaved or {}).items()}
    return lint(replace(settling.run(request), edited=edited, provenance=True))


def _paths(paths: FilePath | Iterable[FilePath]) -> tuple[Path, ...]:
    if isinstance(paths, str | os.PathLike):
        return (Path(paths),)
    return tuple(map(Path, paths))


def _typed(answer: Json, kind: type[Answer]) -> Answer:
    """An answer as a struct: by way of its text, since parts of it are text already."""
    return decode(dump(answer), type=kind)

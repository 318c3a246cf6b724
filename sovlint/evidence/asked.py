"""How a statement was asked for, and the same request on another checkout."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.files.bounds import leads_out
from sovlint.model.findings.finding import Severity
from sovlint.model.request import Request

PLAIN: Final = (
    "assume",
    "no_config",
    "min_seal",
    "hds_scope",
    "require_sources",
    "no_inline_ignores",
    "exclude_local",
)
"""Options that are written down as they were given."""
FILES: Final = ("config", "catalog", "policy", "var_file", "baseline", "offers")
"""Options that name files: they are written down as paths from the git root."""
ANSWERS: Final = "answers"
"""The option that names files of answers, of commands that draft registers: it is no part of a request."""
NAMES: Final = ("var", "env")
"""Options whose values may be secrets: only their names are written down, and whoever verifies gives the values."""


def written(request: Request, root: Path) -> dict[str, Any]:
    """What a statement says of the request that it answers; ``root`` is the git root. Files outside of it are written
    down by their names alone: whoever verifies names them again."""
    told: dict[str, Any] = {"paths": [path_from_root(path, root) for path in request.places]}
    told |= {name: _plain(getattr(request, name)) for name in PLAIN}
    told |= {name: _files(getattr(request, name), root) for name in FILES}
    told |= {name: sorted(key for key, _ in getattr(request, name)) for name in NAMES}
    policy_set = request.policy_set
    if policy_set is not None and Path(policy_set).is_file():
        policy_set = path_from_root(Path(policy_set), root)
    told |= {"policy_set": policy_set, "inferred": request.inferred.value}
    return {name: value for name, value in told.items() if value not in (None, [], False, ())}


def again(told: Mapping[str, Any], as_of: str, given: Request, root: Path) -> Request:
    """The request that a statement was made by, on the checkout at ``root``. What only whoever runs sovlint may say
    (``given``: trust, values of variables, files outside of the repository) is theirs.

    Raises ``SovlintError`` where a value, or a file outside, is lacking, where a path leads out of the checkout, and
    where options aren't such as any command takes.
    """
    try:
        return _again(told, as_of, given, root)
    except (TypeError, ValueError):
        raise SovlintError(
            "The options that the statement was made with aren't options of sovlint.",
            "Get the statement again from who made it.",
        ) from None


def _again(told: Mapping[str, Any], as_of: str, given: Request, root: Path) -> Request:
    for name in NAMES:
        lacking = set(told.get(name, ())) - {key for key, _ in getattr(given, name)}
        if lacking:
            raise SovlintError(
                f"The statement was made with values for {', '.join(sorted(lacking))}, which it doesn't have.",
                f"Give them again: --{name} NAME=VALUE.",
            )
    plain = {name: told[name] for name in PLAIN if name in told}
    if "min_seal" in plain:
        plain["min_seal"] = tuple(plain["min_seal"])
    files = {
        name: _there(name, told[name], getattr(given, name), root)
        for name in FILES
        if name in told
    }
    policy_set = told.get("policy_set")
    if policy_set is not None and (root / policy_set).is_file():
        policy_set = str(_on_checkout(policy_set, root))
    return replace(
        given,
        **plain,
        **files,
        paths=tuple(_on_checkout(path, root) for path in told["paths"]),
        as_of=date.fromisoformat(as_of),
        policy_set=policy_set,
        inferred=Severity(told.get("inferred", Severity.WARNING.value)),
    )


def answers_again(
    told: Mapping[str, Any], given: tuple[Path, ...], root: Path
) -> tuple[Path, ...]:
    """The files of answers on the checkout at ``root``; those outside of the repository are ``given`` again.

    Raises ``SovlintError`` where one is lacking.
    """
    found: tuple[Path, ...] = _there(ANSWERS, told.get(ANSWERS, []), given, root)
    return found


def _there(name: str, paths: Any, given: Any, root: Path) -> Any:
    """Files of an option on this checkout; those outside of the repository as they were given again."""
    listed = paths if isinstance(paths, list) else [paths]
    named: Iterable[Path] = given if isinstance(given, tuple) else [given]
    outside = {path.name: path for path in named if path is not None}
    found = []
    for path in listed:
        if "/" in path or (root / path).exists():
            found.append(_on_checkout(path, root))
        elif path in outside:
            found.append(outside[path])
        else:
            raise SovlintError(
                f"The statement was made with the file {path}, which isn't in this repository.",
                f"Give it again: --{name.replace('_', '-')} FILE.",
            )
    return tuple(found) if isinstance(paths, list) else found[0]


def _on_checkout(path: str, root: Path) -> Path:
    """A file or folder that a statement names. Raises ``SovlintError`` where that isn't on the checkout."""
    if leads_out(root / path, root):
        raise SovlintError(
            f"The statement names {path}, which lies outside of the checkout: it isn't read.",
            "Get the statement again from who made it.",
        )
    return root / path


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _files(value: Path | tuple[Path, ...] | None, root: Path) -> Any:
    if isinstance(value, tuple):
        return [path_from_root(path, root) for path in value]
    return path_from_root(value, root) if value is not None else None


def path_from_root(path: Path, root: Path) -> str:
    """A path from the git root; the name alone of what lies outside."""
    real = Path(os.path.realpath(path))
    return real.relative_to(root).as_posix() if real.is_relative_to(root) else real.name

"""What all repositories of a fleet are read by: the options of ``sovlint scan`` that bear on a result, as data that
travels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.findings.own_rules import OwnRule
from sovlint.model.request import Request

FOR_ALL: Final = (
    "as_of", "assume", "no_config", "catalog", "trust_overlay", "trust_key", "policy_set", "policy", "min_seal",
    "hds_scope", "require_sources", "inferred", "show", "no_inline_ignores", "exclude_local",
)  # fmt: skip
"""Options that make sense for every repository: none names a file, a variable or a revision of one of them. What bears
on the exit code alone isn't among them: whatever that is to be, the result is the same."""


class FleetOptions(Struct, frozen=True):
    """The request, what the command line and the environment make otherwise, and the language of what is written."""

    request: Request
    told: tuple[OwnRule, ...] = ()
    language: str = "en"


def as_data(options: FleetOptions) -> Mapping[str, Any]:
    """Options as data; files are named from the root of the file system, since the readers work elsewhere."""
    request = _absolute(options.request)
    values = {name: getattr(request, name) for name in FOR_ALL}
    return {
        "request": msgspec.to_builtins(values, enc_hook=str),
        "told": msgspec.to_builtins(options.told),
        "language": options.language,
    }


def of_data(data: Mapping[str, Any]) -> FleetOptions:
    """Options that travelled. Raises ``msgspec.ValidationError`` for what are none."""
    return msgspec.convert(data, FleetOptions, dec_hook=_decoded)


def day_of(data: Mapping[str, Any]) -> str:
    """The day that is judged on, as data has it."""
    return str(data["request"]["as_of"])


def without_day(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """All but that day: a result may be the same on many."""
    request = {key: value for key, value in data["request"].items() if key != "as_of"}
    return {**data, "request": request}


def named_files(options: FleetOptions) -> tuple[Path, ...]:
    """The files and folders outside all repositories that a reading goes by."""
    request = _absolute(options.request)
    named = request.policy_set
    own_set = (Path(named),) if named is not None and _is_file(named) else ()
    keys = (path for path in request.trust_key if path.is_file())
    return (*own_set, *request.policy, *request.catalog, *keys)


def _absolute(request: Request) -> Request:
    named = request.policy_set
    return replace(
        request,
        as_of=date.fromisoformat(request.as_of.isoformat()),
        policy_set=str(Path(named).absolute()) if named and _is_file(named) else named,
        policy=tuple(path.absolute() for path in request.policy),
        catalog=tuple(path.absolute() for path in request.catalog),
        trust_key=tuple(
            path.absolute() if path.exists() else path for path in request.trust_key
        ),
    )


def _is_file(named: str | None) -> bool:
    return bool(named) and Path(str(named)).is_file()


def _decoded(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError

"""The addresses that repositories are cloned from."""

from __future__ import annotations

import re
from typing import Final

from sovlint.files.commit import shown_address
from sovlint.fleet.result import FleetRepository

_BEFORE_HOST: Final = re.compile(r"^[a-z+]+://(?:[^@/]*@)?")
_PORT: Final = re.compile(r"^([^/:]+):\d+/")


def same_address(address: str) -> str:
    """An address by which clones are told to be of one repository: host and path, whatever the way there."""
    shown = shown_address(address) or address
    host_and_path = _PORT.sub(r"\1/", _BEFORE_HOST.sub("", shown))
    return host_and_path.removesuffix("/").removesuffix(".git").casefold()


def cloned_from(repository: FleetRepository) -> str | None:
    """The address that a scan of a fresh clone would say that it was cloned from; ``None`` where none may be shown."""
    return next(filter(None, map(shown_address, repository.addresses)), None)

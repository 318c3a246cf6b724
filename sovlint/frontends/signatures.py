"""What settings by name and value say of where data goes: environment variables, keys of configuration files."""

from __future__ import annotations

from dataclasses import dataclass

from sovlint.model.source import Located
from sovlint.model.value import Value


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that something is given: its name, its value (perhaps unknown), and where it is given."""

    name: str
    value: Value
    where: Located

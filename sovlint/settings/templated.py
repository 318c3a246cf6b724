"""YAML that Ruby (``<%= ENV["DB_HOST"] %>``) or dbt (``{{ env_var('DB_HOST') }}``) fills in -> values: a variable is
unknown, or its default."""

from __future__ import annotations

import re
from typing import Final

from sovlint.documents.dialects import GO, variable_pattern
from sovlint.model.source import SourceFile
from sovlint.rules.configuration import Entry, Format
from sovlint.settings.trees import yaml

_TAG: Final = re.compile(r"<%(=?)((?:[^<%]|<(?!%)|%(?!>))*)%>")
_LONGEST: Final = 500
"""Longer tags look nothing up."""
_VARIABLE: Final = re.compile(
    r"""\s*ENV(?:\.fetch\s*\(\s*|\s*\[\s*)["'](\w+)["']\s*(?:,\s*(?:["']([^"'{}#\s]+)["'])\s*)?[)\]]
    \s*(?:(?:\|\||\{)\s*["']([^"'{}#\s]+)["']\s*\}?)?(?:\.(?:to_s|to_i|presence|strip))?\s*""",
    re.VERBOSE,
)
_ENV_VAR: Final = variable_pattern(
    GO, r"""env_var\(\s*["'](?P<name>\w+)["']\s*,\s*["'](?P<default>[^"'{}#\s]+)["']\s*\)(?:\s*\|\s*\w+)*"""
)


def erb(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """The documents of such a file; its format says that ``:`` parts a variable from its default. What else Ruby does
    there (``if``) is passed over, so that both branches count. Raises ``DocumentError``."""
    text = file.data.decode("utf-8", "replace")
    return yaml(SourceFile(file.path, _TAG.sub(_written, text).encode()), kind) if "<%" in text else yaml(file, kind)


def _written(tag: re.Match[str]) -> str:
    """What stands for a tag in YAML; each line of it stays one, so that all else stays where it stands."""
    lines = "\n" * tag[0].count("\n")
    if not tag[1]:
        return lines
    met = _VARIABLE.fullmatch(tag[2].removesuffix("-")) if len(tag[2]) <= _LONGEST else None
    default = (met[2] or met[3]) if met is not None else None
    name = met[1] if met is not None else "ruby"
    return (f"${{{name}:{default}}}" if default else f"${{{name}}}") + lines


def jinja(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """The same of dbt's, whose ``env_var`` may have a default. Raises ``DocumentError``."""
    text = file.data.decode("utf-8", "replace")
    filled = _ENV_VAR.sub(lambda met: f"${{{met['name']}:{met['default']}}}", text)
    return yaml(SourceFile(file.path, filled.encode()), kind)

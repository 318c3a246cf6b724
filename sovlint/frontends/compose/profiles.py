"""Which profiles scripts and pipelines start: ``docker compose --profile export up``, ``COMPOSE_PROFILES=export``.

Source: Docker, "Using profiles with Compose" (https://docs.docker.com/compose/how-tos/profiles/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import dirname

from sovlint.model.decoding import late_pattern

PROFILES = "COMPOSE_PROFILES"
"""The variable that says which are on."""

_COMMENT = late_pattern(r"^\s*#.*$", re.MULTILINE)
_COMMAND = late_pattern(r"\bcompose\b([^\n;&|]*)")
_FLAG = late_pattern(r"--profile[ =]\s*[\"']?([\w.*-]+)")
_STARTS = late_pattern(r"(?<![\w-])(?:up|run|create|start|restart)(?![\w-])")
_VARIABLE = late_pattern(rf"\b{PROFILES}\s*[:=]\s*[\"']?([\w.,*-]+)")


def started(scripts: Mapping[str, str], folder: str) -> frozenset[str]:
    """The profiles that scripts start of a project in a folder: those that stand in it, above or below it, and those of a
    CI server."""
    return frozenset(
        name
        for path, text in scripts.items()
        if "compose" in text.lower() and _is_near(dirname(path), folder)
        for name in _named(_COMMENT.sub("", text).replace("\\\n", " "))
    )


def _is_near(script: str, folder: str) -> bool:
    if not script or not folder or script.startswith("."):
        return True
    inner, outer = f"{folder}/", f"{script}/"
    return inner.startswith(outer) or outer.startswith(inner)


def _named(text: str) -> Iterator[str]:
    for command in _COMMAND.findall(text):
        names = _FLAG.findall(command)
        if names and _STARTS.search(_FLAG.sub("", command)):
            yield from names
    for listed in _VARIABLE.findall(text):
        yield from listed.split(",")

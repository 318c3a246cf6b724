"""How a repository with secrets is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from tests.gate.canaries.kinds import settings

Files = Mapping[str, str]


OWN: Final = {
    "sovlint.yaml": "data: {paths: {'**': [health]}}\npolicy_set: one.yaml\n",
    "one.yaml": "id: one\ntitle: {en: One, fr: Une}\npolicies: [health-data-in-eea]\n",
}
"""What each repository has besides: everything holds health data, and one policy judges it."""


class Repository(NamedTuple):
    """Files, and the places in them whose hosts are told: of settings, and of command lines.

    Secrets stand in other places too, of which nothing is told: in objects that are secrets, in what starts a machine.
    """

    files: Files
    settings: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def block(rows: Iterable[str], indent: int) -> str:
    return "".join(f"{' ' * indent}{row}\n" for row in rows)


def quoted(text: str) -> str:
    """A text of HCL."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def hcl_map(place: str, indent: int = 4) -> str:
    return block((f"{name} = {quoted(value)}" for name, value in settings(place)), indent)


def named(place: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in settings(place)]

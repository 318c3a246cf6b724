"""The published schemas of CI servers' files, as check-jsonschema brings them: nothing is fetched."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

import yaml
from jsonschema import Draft7Validator

ACTION, WORKFLOW, GITLAB, AZURE = (
    "github-actions",
    "github-workflows",
    "gitlab-ci",
    "azure-pipelines",
)


class _Loader(yaml.SafeLoader):
    """``on`` and ``yes`` are words, as CI servers have them, and no truth values."""


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != _BOOL]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))


def read(text: str, name: str = "") -> list[Any]:
    """The documents of a YAML text, as the schema ``name`` wants to see them: Azure's takes all scalars for strings."""
    return list(yaml.load_all(text, Loader=yaml.BaseLoader if name == AZURE else _Loader))


def problems_of(text: str, name: str) -> list[str]:
    """What the schema ``name`` has against the documents of a YAML text."""
    return [problem for document in read(text, name) for problem in problems(document, name)]


def problems(data: Any, name: str) -> list[str]:
    """What the schema ``name`` has against some data."""
    return [
        f"{each.json_path}: {each.message[:300]}"
        for each in _validator(name).iter_errors(data)
    ]


@cache
def _validator(name: str) -> Draft7Validator:
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    return Draft7Validator(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))

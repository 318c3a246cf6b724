"""Which files are manifests: told by their names, then by an unmistakable head, before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import basename, dirname

from msgspec import Struct

from sovlint.frontends.terraform_json import is_plan_or_state

FRONT_END = "kubernetes"
"""The name of this front end, and the id of the plug-in through which it places."""

YAML_ENDINGS = (".yaml", ".yml")
ENDINGS = (*YAML_ENDINGS, ".json")
KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")

_YAML_KEYS = tuple(
    re.compile(rb"^[\"']?" + key + rb"[\"']?[ \t]*:", re.MULTILINE)
    for key in (b"apiVersion", b"kind")
)
_FLOW_KEYS = tuple(
    re.compile(rb"[{,\s][\"']?" + key + rb"[\"']?\s*:") for key in (b"apiVersion", b"kind")
)


class Candidates(Struct, frozen=True):
    """Files that may be manifests, the files of Helm templates and the Kustomizations; all sorted as they came."""

    files: tuple[str, ...]
    templates: tuple[str, ...]
    kustomizations: tuple[str, ...]


def candidates(paths: Iterable[str]) -> Candidates:
    """Sorts paths by name alone. Files in a chart's ``templates`` folder (``Chart.yaml`` beside it) are templates."""
    paths = tuple(paths)
    charts = {
        dirname(path)
        for path in paths
        if path.endswith("Chart.yaml") and basename(path) == "Chart.yaml"
    }
    files: list[str] = []
    templates: list[str] = []
    kustomizations: list[str] = []
    for path in paths:
        if path.endswith(KUSTOMIZATIONS) and basename(path) in KUSTOMIZATIONS:
            kustomizations.append(path)
        elif path.endswith(ENDINGS):
            (templates if charts and _in_chart_templates(path, charts) else files).append(path)
    return Candidates(tuple(files), tuple(templates), tuple(kustomizations))


def may_be(path: str) -> bool:
    """Whether a file may be a manifest, a Kustomization or one of a chart, by its name."""
    return path.endswith(ENDINGS) or basename(path) in KUSTOMIZATIONS


def chart_of(template: str) -> str:
    """The folder of the chart that a template belongs to."""
    folder = dirname(template)
    while folder and basename(folder) != "templates":
        folder = dirname(folder)
    return dirname(folder)


def is_manifest(data: bytes) -> bool:
    """Whether a text has ``apiVersion`` and ``kind`` as outermost keys, as far as can be told without parsing it."""
    if b"apiVersion" not in data or b"kind" not in data or is_plan_or_state(data):
        return False
    keys = _FLOW_KEYS if data.lstrip()[:1] in (b"{", b"[") else _YAML_KEYS
    return all(key.search(data) for key in keys)


def is_yaml(path: str) -> bool:
    """Whether a file is YAML by its name."""
    return path.endswith(YAML_ENDINGS)


def _in_chart_templates(path: str, charts: set[str]) -> bool:
    folder = dirname(path)
    while folder:
        if basename(folder) == "templates" and dirname(folder) in charts:
            return True
        folder = dirname(folder)
    return False

"""A repository for each front end, with every kind of secret in each place that the front end reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tests.gate.canaries.of_clusters import compose, helm, kubernetes, kustomize
from tests.gate.canaries.of_files import files_of_settings, inventories, own_files, pipelines
from tests.gate.canaries.of_terraform import (
    plan,
    state,
    terraform,
    terraform_json,
    terragrunt,
)
from tests.gate.canaries.writing import Repository

FRONT_ENDS: Final[Mapping[str, Callable[[], Repository]]] = {
    "terraform": terraform, "terraform-json": terraform_json, "plan": plan, "state": state, "terragrunt": terragrunt,
    "kubernetes": kubernetes, "kustomize": kustomize, "helm": helm, "compose": compose, "settings": files_of_settings,
    "pipelines": pipelines, "inventories": inventories, "own": own_files,
}  # fmt: skip

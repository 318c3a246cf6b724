"""What Flux changes in a folder takes the place of what stands there, and of nothing else."""

from __future__ import annotations

import json

import pytest

from sovlint.frontends.kubernetes import manifests
from sovlint.model.inputs import ReadOptions
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

Files = dict[str, str | bytes | None]
Objects = set[tuple[str | None, str, str | None]]
"""Root, name and variant of each."""


def config_map(name: str) -> str:
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\n"


def flux(name: str, path: str, prefix: str = "") -> str:
    """A Kustomization of Flux, which puts a prefix before the names of what it applies."""
    kind = {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization"}
    spec = {"path": path, "namePrefix": prefix}
    return f"---\n{json.dumps({**kind, 'metadata': {'name': name}, 'spec': spec})}\n"


def folder(path: str, name: str) -> Files:
    """A folder with a kustomization of one config map."""
    return {
        f"{path}/kustomization.yaml": "resources: [a.yaml]\n",
        f"{path}/a.yaml": config_map(name),
    }


APPS = folder("apps", "a")


@pytest.mark.parametrize(
    ("files", "applied", "objects"),
    [
        (APPS, flux("x", "apps"), {("apps", "a", None)}),
        (APPS, flux("x", "apps", "x-"), {("apps", "x-a", None)}),
        # One that applies it as it is leaves that there; two that change it leave their own alone.
        (APPS, flux("x", "apps", "x-") + flux("y", "apps"), {("apps", "a", None), ("apps", "x-a", "-/x")}),
        (APPS, flux("x", "apps", "x-") + flux("y", "apps", "y-"), {("apps", "x-a", "-/x"), ("apps", "y-a", "-/y")}),
        # Of a folder without a kustomization: its own files, and the folders in it that have one.
        ({"apps/a.yaml": config_map("a"), "web/b.yaml": config_map("b")}, flux("x", "apps", "x-"),
         {("apps", "x-a", None), (None, "b", None)}),
        ({"apps/c.yaml": config_map("c"), **folder("apps/in", "a")}, flux("x", "apps", "x-"),
         {("apps", "x-a", None), ("apps", "x-c", None)}),
        # A folder in one that has a kustomization is no part of it.
        ({**APPS, **folder("apps/in", "b")}, flux("x", "apps", "x-"), {("apps", "x-a", None), ("apps/in", "b", None)}),
        # A folder that was changed before stays, whether its name begins alike or not.
        ({**folder("apps-x", "a"), "apps/b.yaml": config_map("b")}, flux("x", "apps-x", "x-") + flux("y", "apps", "y-"),
         {("apps-x", "x-a", None), ("apps", "y-b", None)}),
        ({**APPS, "web/b.yaml": config_map("b")}, flux("x", "apps", "x-") + flux("y", "web", "y-"),
         {("apps", "x-a", None), ("web", "y-b", None)}),
    ],
)  # fmt: skip
def test_what_is_changed_takes_the_place_of_what_it_was(
    files: Files, applied: str, objects: Objects
) -> None:
    reader = MemoryReader({**files, "flux.yaml": applied})
    reading = manifests.read(reader, ReadOptions(), catalog().hints())
    assert reading.failures == ()
    found = [
        (each.root, each.address.rpartition("/")[2], each.variant)
        for each in reading.resources
        if each.type == "ConfigMap"
    ]
    assert (len(found), {*found}) == (len(objects), objects)

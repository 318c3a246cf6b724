"""``openapi``: a description of kinds that the keys of lists are taken from, in place of that of Kubernetes itself."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk
from sovlint.frontends.kubernetes.kustomize.names.merge_keys import Shape

_KINDS = "x-kubernetes-group-version-kind"
_STRATEGY = "x-kubernetes-patch-strategy"
_KEY = "x-kubernetes-patch-merge-key"
_KEYS = "x-kubernetes-list-map-keys"
MAX_LEVELS = 20
"""Fields deeper than this aren't followed: a description may lead to itself."""
MAX_FIELDS = 300_000
"""Nor are more fields than this in all: one may branch at every level."""


class OpenApiSchema(Struct):
    """``definitions`` of an OpenAPI description, by name; shapes are worked out when a patch asks for one."""

    definitions: dict[str, Any]
    left: int = MAX_FIELDS
    _kinds: dict[Gvk, str] = field(default_factory=dict)
    _shapes: dict[Gvk, Shape | None] = field(default_factory=dict)

    @staticmethod
    def of(data: Any) -> OpenApiSchema:
        """Of a document's data."""
        written = data.get("definitions") if isinstance(data, dict) else None
        schema = OpenApiSchema(written if isinstance(written, dict) else {})
        for name, each in schema.definitions.items():
            for kind in _listed(each, _KINDS):
                if isinstance(kind, dict):
                    group, version, called = (
                        str(kind.get(key, "")) for key in ("group", "version", "kind")
                    )
                    schema._kinds[Gvk(group, version, called)] = name
        return schema

    def shape(self, kind: Gvk) -> Shape | None:
        """What lists of a kind are told apart by; ``None`` for one that isn't described."""
        if kind not in self._shapes:
            name = self._kinds.get(kind)
            self._shapes[kind] = (
                self._shape(self.definitions[name], MAX_LEVELS, (name,))
                if name is not None
                else None
            )
        return self._shapes[kind]

    def _shape(self, described: Any, levels: int, chain: tuple[str, ...]) -> Shape:
        described, chain = self._followed(described, chain)
        properties = described.get("properties") if isinstance(described, dict) else None
        fields: dict[str, Shape] = {}
        keys: dict[str, tuple[str, ...]] = {}
        self.left -= len(properties) if isinstance(properties, dict) else 0
        if levels and self.left > 0 and isinstance(properties, dict):
            for name, each in properties.items():
                if isinstance(each, dict) and each.get("type") == "array":
                    if "merge" in str(each.get(_STRATEGY, "")).split(","):
                        listed = tuple(map(str, _listed(each, _KEYS)))
                        keys[name] = listed or ((str(each[_KEY]),) if _KEY in each else ())
                    each = each.get("items")
                inner = self._shape(each, levels - 1, chain)
                if inner.fields or inner.keys:
                    fields[name] = inner
        return Shape(fields, keys)

    def _followed(
        self, described: Any, chain: tuple[str, ...]
    ) -> tuple[Any, tuple[str, ...]]:
        """What a reference leads to; nothing where that is on the way here already."""
        while isinstance(described, dict) and isinstance(described.get("$ref"), str):
            name = described["$ref"].removeprefix("#/definitions/")
            if name in chain:
                return None, chain
            chain = (*chain, name)
            described = self.definitions.get(name)
        return described, chain


def _listed(described: Any, key: str) -> list[Any]:
    found = described.get(key) if isinstance(described, dict) else None
    return found if isinstance(found, list) else []

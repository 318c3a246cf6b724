"""The sections of a project, and what a service uses of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sovlint.documents.tree import Node, entries, get, items
from sovlint.frontends.compose.tree import known

SECTIONS: Final = ("services", "volumes", "networks", "secrets", "configs", "models")
"""What a project is made of."""

KINDS: Final[Mapping[str, str]] = {
    "volumes": "volume",
    "secrets": "secret",
    "configs": "config",
    "models": "model",
}
"""Sections beside the services, and what one of theirs is called in an address. Names of services have no slash."""


def used(service: Node) -> Iterator[tuple[str, str, Node]]:
    """What a service uses beside other services: the section, the name (empty where it isn't known), and where."""
    for mount in items(get(service, "volumes")):
        if known(get(mount, "type")) == "volume":
            yield "volumes", known(get(mount, "source")), mount
    for section in ("secrets", "configs"):
        for each in items(get(service, section)):
            yield section, known(get(each, "source")), each
    for name, node in entries(get(service, "models")).items():
        yield "models", name, node


def stands_alone(model: Node) -> bool:
    """Whether Compose would accept a file by itself: all its services are complete, and all that they name is there."""
    services = entries(get(model, "services"))
    return bool(services) and all(_is_complete(each, model) for each in services.values())


def _is_complete(service: Node, model: Node) -> bool:
    if not any(get(service, key) for key in ("image", "build", "provider")):
        return False
    named = [("services", name) for name in entries(get(service, "depends_on"))]
    named += [(section, name) for section, name, _ in used(service) if section != "models"]
    return all(not name or name in entries(get(model, section)) for section, name in named)

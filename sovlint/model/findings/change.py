"""What a change does to what was there: a resource that moves."""

from __future__ import annotations

from msgspec import Struct

from sovlint.model.placement import Placement
from sovlint.model.resources.resource import Resource


class Move(Struct, frozen=True):
    """A resource, as it is declared now, one placement of which is elsewhere than it was, or another company's."""

    resource: Resource
    before: Placement
    after: Placement


def revision_words(name: str, commit: str) -> str:
    """What a revision is called: its name and the beginning of its commit, once where the name is that commit."""
    short = commit[:12]
    return short if commit.startswith(name) else f"{name} ({short})"

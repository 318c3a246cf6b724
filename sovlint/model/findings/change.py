"""What a change does to what was there: a resource that moves."""

from __future__ import annotations

from msgspec import Struct

from sovlint.model.placement import Placement
from sovlint.model.resource import Resource


class Move(Struct, frozen=True):
    """A resource, as it is declared now, one placement of which is elsewhere than it was, or another company's."""

    resource: Resource
    before: Placement
    after: Placement

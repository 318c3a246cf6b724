"""What comes of the kustomizations of a repository; what builds them is imported only where there are any."""

from __future__ import annotations

from msgspec import field

from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.harvest import Harvest


class Overlays(Harvest):
    """What was built of all roots. ``used``: what was read for any; ``plain``: files that only look like
    kustomizations by their names."""

    objects: list[ManifestObject] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    plain: list[str] = field(default_factory=list)

"""What comes of the kustomizations of a repository; what builds them is imported only where there are any."""

from __future__ import annotations

from msgspec import Struct, field

from sovlint.frontends.base import FilesUnit
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.model.resource import Failure, Remark


class Overlays(Struct):
    """What was built of all roots. ``files``: what was read for any; ``plain``: files that only look like
    kustomizations by their names."""

    objects: list[ManifestObject] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    units: list[FilesUnit] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    plain: list[str] = field(default_factory=list)

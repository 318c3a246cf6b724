"""What comes of the kustomizations of a repository; what builds them is imported only where there are any."""

from __future__ import annotations

from dataclasses import dataclass, field

from sovlint.frontends.kubernetes.objects import ManifestObject
from sovlint.model.resource import Failure, Remark


class OverlayUnit:
    """A kustomization that is built as one (implements ``model.resource.Unit``)."""

    variant: str | None = None

    def __init__(self, root: str, read: set[str]) -> None:
        self.root: str | None = root
        self._read = frozenset(read)

    def bears(self, path: str) -> bool:
        """Whether it was read for this root, or looked for."""
        return path in self._read


@dataclass(slots=True)
class Overlays:
    """What was built of all roots. ``files``: what was read for any; ``plain``: files that only look like
    kustomizations by their names."""

    objects: list[ManifestObject] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    units: list[OverlayUnit] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    plain: list[str] = field(default_factory=list)

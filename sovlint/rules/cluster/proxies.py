"""Proxies that run beside what they are in front of, and that labels or variables of that tell what to hand on."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Annotated

from msgspec import Meta, Struct, field

from sovlint.model.decoding import SomeText, SourceKey, Texts


class Proxy(Struct, frozen=True, kw_only=True):
    """A proxy, known by its image: what is sent to the containers behind it goes through its hands."""

    images: Annotated[Texts, Meta(min_length=1)]
    """Globs of short names of its images."""
    labels: Texts = ()
    """Labels, as globs in lower case, of the containers behind it. They are settings of the proxy."""
    off: Mapping[str, SomeText] = field(default_factory=dict)
    """Labels and what they say, in lower case, where such a container isn't behind it."""
    variables: Texts = ()
    """Variables of the containers behind it."""
    routes: SomeText = ""
    """A pattern that finds what is behind (`host`) in files that the proxy is given."""
    source: SourceKey

    def is_image(self, image: str) -> bool:
        """Whether the short name of an image is one of its own."""
        return any(fnmatchcase(image, each) for each in self.images)

    def reads(self, label: str) -> bool:
        """Whether it reads a label."""
        return any(fnmatchcase(label.lower(), each) for each in self.labels)

    def is_told(self, labels: Mapping[str, str], variables: Mapping[str, object]) -> bool:
        """Whether a container is behind it, by its labels and their texts, or by its variables."""
        lowered = {key.lower(): text.lower() for key, text in labels.items()}
        if any(lowered.get(key) == text for key, text in self.off.items()):
            return False
        return any(map(self.reads, lowered)) or any(
            each in variables for each in self.variables
        )

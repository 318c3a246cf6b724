"""What a provider block comes to: the plug-in, and the settings that it is given."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sovlint.model.attributes import Attributes, Found
from sovlint.model.source import Located


class ProviderConfig(Struct, frozen=True):
    """A plug-in with the settings of one provider block; ``where`` is ``None`` where no block configures it."""

    plugin: str
    settings: Attributes
    where: Located | None

    def read(self, path: str) -> Sequence[Found]:
        """The settings at a path."""
        return self.settings.read(path)

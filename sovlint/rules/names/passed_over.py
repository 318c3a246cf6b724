"""Values that say nothing themselves: keys that are still to be filled in, and references to where a secret is kept."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from sovlint.model.decoding import pattern
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.destination import Setting


class PassedOverValues(Struct, frozen=True):
    """Patterns of such values, the same for whoever has settings."""

    placeholders: str = ""
    references: str = ""

    def is_placeholder(self, value: Value) -> bool:
        """Whether a key stands for one that is still to be filled in: then nothing shows that it is used."""
        if not self.placeholders or not isinstance(value, Known) or value.sensitive:
            return False
        return pattern(self.placeholders, re.IGNORECASE).search(str(value.value)) is not None

    def is_reference(self, value: Value) -> bool:
        """Whether a value only says where another one is kept."""
        if not self.references or not isinstance(value, Known):
            return False
        return pattern(self.references, re.IGNORECASE).match(str(value.value)) is not None

    def without_reference(self, setting: Setting) -> Setting:
        """A setting, which isn't known where it only says where that is kept."""
        if not self.is_reference(setting.value):
            return setting
        note = Note("settings.kept")
        value = Unknown(Reason.TEMPLATED, "secret", setting.value.because, note=note)
        return Setting(setting.name, value, setting.where)


NOTHING_PASSED_OVER: Final = PassedOverValues()

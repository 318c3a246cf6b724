"""What a catalogue file says, or all of them, before anything is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Data = Mapping[str, Any]
"""A mapping as the YAML or the index has it, to be read only."""

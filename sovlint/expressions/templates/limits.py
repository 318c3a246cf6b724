"""What rendering templates may cost: hostile ones end with an error that says what and where."""

from __future__ import annotations

MAX_SOURCE = 5 * 1024 * 1024
"""Longer templates are not read; Helm refuses files of charts that are larger."""
MAX_NESTING = 100
"""Blocks and parentheses nested deeper than this are not read."""
MAX_CALLS = 100
"""So many templates may be called within each other. Helm allows a thousand of one name."""
MAX_WORLDS = 32
"""So many executions of one template are tried."""
MAX_KEY = 200
"""Longer keys of holes are cut, and told apart by a digest."""
STEP = 4
"""What a statement costs, and an operand about as much."""
CHARACTERS = 64
"""So many characters of text that is written as it stands cost a unit."""
CALL = 40
"""What executing another template costs besides."""
WRITTEN = 20
"""What writing a value as YAML or JSON costs, or copying it, for each part of it."""

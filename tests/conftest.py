"""What holds for all tests: a slow machine fails no property, however long one example takes."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("sovlint", deadline=None)
settings.load_profile("sovlint")

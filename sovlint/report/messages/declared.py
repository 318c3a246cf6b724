"""The templates of all sentences, as every room declares them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sovlint.files import package_data
from sovlint.model.text import Bilingual


@cache
def templates() -> Mapping[str, Bilingual]:
    """All templates by key, with ``str.format`` placeholders; that no two rooms share a key is tested.

    A room has a file here, or a folder of files: key -> its English and its French.
    """
    found: dict[str, Bilingual] = {}
    for name in package_data.names_below("report/messages"):
        found |= package_data.decoded(name, dict[str, Bilingual])
    return found

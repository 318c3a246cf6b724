"""Words of names that say what an address is there for, with what is worked out from the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sovlint.model.lookups.names import tokens

_DATA = "data"


def with_lexicon(
    lists: Mapping[str, Mapping[str, Any]], terms: Iterable[str]
) -> dict[str, Mapping[str, Any]]:
    """The lists of ``address-names.yaml``, with the terms of the lexicon among the words of people's data."""
    entry = lists.get(_DATA)
    if entry is None:
        return dict(lists)
    words = {"_".join(tokens(term)).upper() for term in terms}
    return {**lists, _DATA: {**entry, "list": sorted({*entry["list"], *words})}}

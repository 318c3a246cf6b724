"""Two states of a file that governs a run -> what was and is in it, masked: by keys where it has some, else by lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from sovlint import documents
from sovlint.configuration.config_file import NAME, PYPROJECT
from sovlint.documents.syntaxes import toml
from sovlint.model.findings.own_rules import RuleDetail
from sovlint.model.redaction.by_keys import as_text, in_words, without_secrets

MOST: Final = 100
"""Differences of one file that are told; the rest are counted."""
_MOST_MASKED: Final = 500
"""Differences of one file among which the gravest are looked for: masking takes time."""
_DATA: Final = (".yaml", ".yml", ".json", ".toml")
_FIRST: Final = (
    "policy_set", "policies", "severity", "exclude", "exclude_local", "waivers", "baseline", "replaces", "catalog",
    "organisation", "data", "hds_scope", "require_sources", "min_classified", "attestations", "clusters", "hosts",
    "terraform", "saas",
)  # fmt: skip
"""Keys by which less is asked, gravest first; all others come after them."""
_LABELS: Final = "data"
"""The key of the configuration below which keys are labels and globs, and name no secret."""

Chosen = Callable[[str], bool]
"""Whether a text bears on the run."""


class Edits(Struct, frozen=True):
    """What differs: what is told, gravest first, and how much isn't."""

    told: tuple[RuleDetail, ...]
    more: int = 0


class _Nothing:
    """What stands where a key isn't."""


class _Item(Struct, frozen=True):
    """An item of a list, and the one before it."""

    item: Any
    above: Any


_NOTHING: Final = _Nothing()
_Keys = tuple[str, ...]
_Found = Iterator[RuleDetail | None]
"""Differences, ``None`` for one that isn't told."""


def edits(
    name: str, before: bytes | None, after: bytes | None, chosen: Chosen | None = None
) -> Edits | None:
    """What differs; ``None`` where nothing does that means anything to sovlint.

    With ``chosen``, only what stands beside something that bears on the run is told, such as a step of a pipeline.
    """
    found = _Walk(name.rpartition("/")[2], chosen).differences(name, before, after)
    if not found and name.rpartition("/")[2] == PYPROJECT:
        return None
    told = sorted((each for each in found if each is not None), key=_rank)
    return Edits(tuple(told[:MOST]), len(found) - len(told[:MOST]))


def _rank(detail: RuleDetail) -> int:
    key = detail.name.partition(".")[0]
    return _FIRST.index(key) if key in _FIRST else len(_FIRST)


def _data(name: str, data: bytes | None) -> Any:
    if data is None:
        return _NOTHING
    if name.endswith(".toml"):
        table = ("tool", "sovlint") if name.rpartition("/")[2] == PYPROJECT else ()
        found = toml.load_table(data.decode("utf-8-sig"), name, table)
        return _NOTHING if found is None else found.data
    loaded = [each.data for each in documents.load(data, name)]
    return loaded[0] if len(loaded) == 1 else loaded or _NOTHING


class _Walk:
    """Compares two states of a file of this name (without its folder)."""

    def __init__(self, last: str, chosen: Chosen | None) -> None:
        self._labels = last in (NAME, PYPROJECT)
        self._chosen = chosen
        self._left = _MOST_MASKED

    def differences(
        self, name: str, before: bytes | None, after: bytes | None
    ) -> list[RuleDetail | None]:
        """All that differs. Of data that can't be read, how many lines: what is one value there, nobody knows."""
        if not name.endswith(_DATA):
            return list(self._lines(before, after))
        try:
            return list(self._walked((), _data(name, before), _data(name, after), True))
        except (documents.DocumentError, UnicodeDecodeError, RecursionError, ValueError):
            return [None for _ in self._lines(before, after)]

    def _walked(self, at: _Keys, before: Any, after: Any, told: bool) -> _Found:
        """Each key below which something differs, as deep as both have keys there."""
        if before == after and type(before) is type(after):
            return
        if isinstance(before, dict | _Nothing) and isinstance(after, dict | _Nothing):
            told = self._is_chosen(before, after)
            were = before if isinstance(before, dict) else {}
            are = after if isinstance(after, dict) else {}
            for key in sorted({*were, *are}, key=str):
                inner = (*at, str(key))
                yield from self._walked(
                    inner, were.get(key, _NOTHING), are.get(key, _NOTHING), told
                )
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._of_lists(at, before, after, told)
        elif (
            self._chosen
            and isinstance(before, list | _Nothing)
            and isinstance(after, list | _Nothing)
        ):
            were_all, are_all = (
                [] if isinstance(each, _Nothing) else each for each in (before, after)
            )
            yield from self._of_lists(at, were_all, are_all, told)
        else:
            yield self._detail(at, self._shown(at, before), self._shown(at, after), told)

    def _of_lists(self, at: _Keys, before: list[Any], after: list[Any], told: bool) -> _Found:
        """What one list has and the other hasn't; where nothing is, another order."""
        gone, come = list(_less(before, after)), list(_less(after, before))
        if len(gone) == len(come) == 1 and self._goes_in(gone[0].item, come[0].item):
            yield from self._walked(at, gone[0].item, come[0].item, told)
        elif len(gone) == len(come) == 1:
            yield self._detail(at, self._item(at, gone[0]), self._item(at, come[0]), told)
        elif gone or come:
            for each in gone:
                yield from self._alone(at, each, True, told)
            for each in come:
                yield from self._alone(at, each, False, told)
        else:
            yield self._detail(at, self._shown(at, before), self._shown(at, after), told)

    def _alone(self, at: _Keys, one: _Item, gone: bool, told: bool) -> _Found:
        """An item that one list has alone; of one that has keys, those that bear on the run where not all is told."""
        if self._goes_in(one.item):
            was, is_now = (one.item, _NOTHING) if gone else (_NOTHING, one.item)
            yield from self._walked(at, was, is_now, told)
        else:
            shown = self._item(at, one)
            yield self._detail(at, *((shown, "") if gone else ("", shown)), told)

    def _goes_in(self, *states: Any) -> bool:
        """Whether what is told of these is a part of them."""
        return self._chosen is not None and all(
            isinstance(each, dict | _Nothing) for each in states
        )

    def _is_chosen(self, *states: Any) -> bool:
        return self._chosen is None or any(
            self._chosen(as_text(each)) for each in states if each is not _NOTHING
        )

    def _item(self, at: _Keys, one: _Item) -> str:
        """How an item is shown: masked after the one before it, since a flag stands before its secret."""
        return as_text(self._masked(at, [one.above, one.item])[-1])

    def _shown(self, at: _Keys, value: Any) -> str:
        return "" if value is _NOTHING else as_text(*self._masked(at, [value]))

    def _masked(self, at: _Keys, values: list[Any]) -> list[Any]:
        """Neighbours without their secrets; nothing for what isn't told anyway."""
        return list(without_secrets(values, *self._naming(at))) if self._left > 0 else [""]

    def _naming(self, at: _Keys) -> _Keys:
        """The keys that say what stands below them."""
        return () if self._labels and at[:1] == (_LABELS,) else at

    def _detail(self, at: _Keys, before: str, after: str, told: bool) -> RuleDetail | None:
        if not told or self._left <= 0:
            return None
        self._left -= 1
        return RuleDetail(".".join(map(in_words, at)), before, after)

    def _lines(self, before: bytes | None, after: bytes | None) -> _Found:
        """Lines that one has and the other hasn't."""
        were, are = (Counter(_lines(data)) for data in (before, after))
        for name, lines in (("-", were - are), ("+", are - were)):
            for line in lines.elements():
                shown = (line, "") if name == "-" else ("", line)
                yield self._detail(
                    (name,), *shown, self._chosen is None or self._chosen(line)
                )


def _less(some: Sequence[Any], others: Iterable[Any]) -> Iterator[_Item]:
    """The items that the others haven't, as often as they haven't."""
    left = Counter(map(as_text, others))
    for above, item in zip((None, *some), some, strict=False):
        text = as_text(item)
        if left[text] > 0:
            left[text] -= 1
        else:
            yield _Item(item, above)


def _lines(data: bytes | None) -> list[str]:
    text = in_words((data or b"").decode(errors="replace"))
    return [line.strip() for line in text.splitlines() if line.strip()]

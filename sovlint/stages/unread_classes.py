"""Classes that files declare and that nothing which is read carries: keys that say a class are looked for in their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sovlint.files.repository import Repository
from sovlint.model.classrules import OWN_KEY, ClassRule
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.unread import UnreadKind
from sovlint.policy.unjudged import UnreadData
from sovlint.resolve.classes.labelled import Declarations
from sovlint.stages.carried_classes import CarriedClasses

MOST_BYTES: Final = 1_000_000
"""Of a larger file, no more than this is looked at."""
_SEPARATOR: Final = r"[-_]"
_IS: Final = r"[\"']?\s*(?:=>|[:=])\s*"
_NEXT: Final = rf"[\"']?\s*,?\s*[\"']?Value{_IS}"
"""Between a key and what it says, where tags are listed as ``Key`` and ``Value``."""
_WORDS: Final = r"[\"'\[\\]*(?P<words>[\w.,;+ -]+)"


LEFT: Final = "declared"
"""The kind of files that are read, and in which a class is declared that nothing of them carries."""
_COMMENT: Final = ("#", "//", "--")


def declared_unread(
    kinds: Mapping[str, UnreadKind | None],
    repository: Repository,
    keys: Iterable[str],
    declarations: Declarations,
    carried: CarriedClasses,
) -> Iterator[UnreadData]:
    """What files of ``kinds`` (by path) say of their own data, one for each: all classes, at the first place. Of one that
    is read (``None``), what is ``carried`` is judged there, and a comment declares nothing."""
    if not kinds:
        return
    keys = (*keys, OWN_KEY)
    key, parts = _pattern(keys), [re.split(_SEPARATOR, each.lower()) for each in keys]
    words = [[part.encode() for part in each] for each in parts]
    for path, kind in sorted(kinds.items()):
        file = repository.read(path)
        if not isinstance(file, SourceFile):
            continue
        text = file.data.lower()
        if not any(all(word in text for word in each) for each in words):
            continue
        found = list(_classes(file, key, declarations))
        if kind is None:
            found = [
                (names, at)
                for names, at in found
                if not file.line(at.line).lstrip().startswith(_COMMENT)
                and not all(carried.has(name, at) for name in names)
            ]
        if not found:
            continue
        names = tuple(dict.fromkeys(name for each, _ in found for name in each))
        rule = ClassRule(path, path.__eq__, names, found[0][1])
        title = Note("policy.unread-left") if kind is None else kind.title
        yield UnreadData(rule, kind.id if kind else LEFT, title, (path,), said=True)


def _classes(
    file: SourceFile, key: re.Pattern[str], declarations: Declarations
) -> Iterator[tuple[tuple[str, ...], Span]]:
    """The classes at each place of a file that declares some."""
    text = file.data[:MOST_BYTES].decode("utf-8", "replace")
    for found in key.finditer(text):
        names = declarations.meaning(found["words"].strip())
        if names:
            before = text[: found.start()]
            line = before.count("\n") + 1
            column = len(before) - before.rfind("\n")
            yield names, Span(file.path, line, column, line + found[0].count("\n"), column)


def _pattern(keys: Iterable[str]) -> re.Pattern[str]:
    """A key with what it says, however the file writes that; ``-`` equal to ``_``, without case."""
    either = "|".join(
        _SEPARATOR.join(map(re.escape, re.split(_SEPARATOR, key)))
        for key in dict.fromkeys(keys)
    )
    return re.compile(rf"(?<![\w./-])(?:{either})(?:{_NEXT}|{_IS}){_WORDS}", re.IGNORECASE)

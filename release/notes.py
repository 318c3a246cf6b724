"""The notes of a release: what the changelog has on it, and which verdicts it changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from release.verdicts import Changed

ROWS: Final = 60
"""How many changed verdicts are told one by one."""


class Comparison(Struct, frozen=True):
    """What was compared: with which revision, on which folders, and what came of it. Without one: with nothing."""

    base: str | None
    folders: Sequence[str]
    changed: Sequence[Changed]


def written(version: str, changelog: str, comparison: Comparison) -> str:
    """The notes as Markdown. Raises ``ValueError`` where the changelog has no part on ``version``."""
    told = "\n".join(_verdicts(comparison))
    return f"# sovlint {version}\n\n{part(changelog, version)}\n\n## Verdicts that change\n\n{told}\n"


def part(changelog: str, version: str) -> str:
    """What a changelog says of one version, without its heading. Raises ``ValueError`` where it says nothing."""
    heading = rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)"
    found = re.search(heading, changelog, re.DOTALL | re.MULTILINE)
    if found is None or not found[1].strip():
        raise ValueError(
            f"CHANGELOG.md says nothing of {version}: `make version` puts it together"
        )
    return found[1].strip()


def _verdicts(comparison: Comparison) -> Iterator[str]:
    if comparison.base is None:
        yield "Nothing to compare with: no earlier release has a tag."
        return
    folders = ", ".join(f"`{each}`" for each in comparison.folders)
    yield f"Compared with {comparison.base}, all data taken for health, on {folders}."
    yield ""
    if not comparison.changed:
        yield "No verdict is another."
        return
    yield from _counts(comparison.changed)
    yield ""
    yield "| where | policy | what | before | now |"
    yield "|---|---|---|---|---|"
    for each in comparison.changed[:ROWS]:
        quoted = (_quoted(cell) for cell in (each.where, each.policy, each.subject))
        yield f"| {' | '.join(quoted)} | {each.before} | {each.after} |"
    if len(comparison.changed) > ROWS:
        yield ""
        yield f"And {len(comparison.changed) - ROWS} more: `make compare` has all of them."


def _quoted(text: str) -> str:
    """A cell with a text of a repository, which nobody may take for Markdown."""
    plain = " ".join(re.sub("[`|]", "'", text).split())
    return f"`{plain}`" if plain else "-"


def _counts(changed: Sequence[Changed]) -> Iterator[str]:
    """How often each change is met, the most frequent first."""
    kinds = Counter((each.before, each.after) for each in changed)
    for (before, after), times in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
        yield f"- {times} times: {before}, now {after}"

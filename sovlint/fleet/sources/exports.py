"""Sources: what GitLab and GitHub say of their repositories, as JSON. They have no clone: they say which one is whose.

Several answers may stand one after another, or a line each, as ``--paginate`` and ``jq`` leave them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from sovlint.errors import SovlintError
from sovlint.fleet.sources.found import ExportEntry, SourceContents, SourceKind

_HEAD: Final = 512
_HINT: Final = "Give what `/groups/x/projects` or `/projects` of GitLab's API answers, or `/orgs/x/repos` of GitHub's."


def _begins_like_json(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _read(path: Path) -> SourceContents:
    try:
        values = [*_values(path.read_text(encoding="utf-8-sig"))]
    except (OSError, ValueError) as error:
        raise SovlintError(f"The export `{path}` can't be read: {error}.", _HINT) from None
    listed = [
        each for value in values for each in (value if isinstance(value, list) else [value])
    ]
    return SourceContents(entries=tuple(_entry(each, path) for each in listed))


def _values(text: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        value, at = decoder.raw_decode(text, at)
        yield value


def _entry(written: Any, path: Path) -> ExportEntry:
    for key, entry in HOSTS.items():
        if isinstance(written, Mapping) and isinstance(written.get(key), str):
            return entry(written)
    raise SovlintError(
        f"`{path}` is no export of {' or '.join(('GitLab', 'GitHub'))}: an entry has neither "
        f"{' nor '.join(f'`{key}`' for key in HOSTS)}.",
        _HINT,
    )


def _of_gitlab(written: Mapping[str, Any]) -> ExportEntry:
    return ExportEntry(
        written["path_with_namespace"],
        _texts(written, "http_url_to_repo", "ssh_url_to_repo"),
        _text(written, "default_branch"),
        written.get("archived") is True,
    )


def _of_github(written: Mapping[str, Any]) -> ExportEntry:
    return ExportEntry(
        written["full_name"],
        _texts(written, "clone_url", "ssh_url"),
        _text(written, "default_branch"),
        written.get("archived") is True,
    )


HOSTS: Final[Mapping[str, Callable[[Mapping[str, Any]], ExportEntry]]] = {
    "path_with_namespace": _of_gitlab,
    "full_name": _of_github,
}
"""The key that an entry of each has its name under."""


def _texts(written: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    return tuple(text for key in keys if (text := _text(written, key)))


def _text(written: Mapping[str, Any], key: str) -> str | None:
    value = written.get(key)
    return value if isinstance(value, str) and value else None


KIND: Final = SourceKind(_begins_like_json, _read)

"""Where states lie, as backends name them, and whether two are the same. How each backend does it is data."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from msgspec import Struct

from sovlint.expressions.kinds import members_of
from sovlint.expressions.texts import text_of
from sovlint.model.partial.holes import HOLE, marked_text
from sovlint.model.value import MAX_AMONG, Known, Unknown, Value
from sovlint.rules.hints import StateHints

CURRENT = "path.cwd"
WORKSPACE = "\1"
_PIECE = re.compile(r"\{([\w.]+)\}")


class StatePlace(Struct, frozen=True):
    """Where a state lies: the backend that reads it, and what tells it from others; ``None`` is what isn't known.

    ``paths``: one of these; ``HOLE`` stands for what isn't known. ``workspaces``: those of other workspaces, with
    ``WORKSPACE`` in place of the name.
    """

    kind: str
    at: tuple[str | None, ...]
    apart: tuple[str | None, ...]
    paths: tuple[str, ...]
    workspaces: tuple[str, ...] = ()

    def each(self) -> list[StatePlace]:
        """The same for each of its paths alone."""
        return [StatePlace(self.kind, self.at, self.apart, (path,)) for path in self.paths]

    def of_workspace(self, named: StatePlace) -> list[StatePlace]:
        """Those of a workspace, for each path alone: where they lie with its name (``named``), and with any name."""
        pairs = zip(named.workspaces, self.workspaces, strict=False)
        return [
            StatePlace(self.kind, self.at, self.apart, (one,), (any_,)) for one, any_ in pairs
        ]


def text(value: Value | None, default: str | None = None) -> str | None:
    """A text that is known; ``default`` where there is none."""
    if value is None:
        return default
    return text_of(value.value) if isinstance(value, Known) else None


def lies(
    hint: StateHints,
    read: Callable[[str], Value | None],
    folder: str,
    workspace: str = WORKSPACE,
) -> StatePlace:
    """Where the state of a backend lies whose arguments ``read`` gives, for a root in ``folder``."""

    def told(names: tuple[str, ...]) -> tuple[str | None, ...]:
        return tuple(text(read(name), hint.defaults.get(name)) for name in names)

    def paths(template: str) -> tuple[str, ...]:
        filled = _filled(template, read, hint.defaults, workspace)
        return tuple(
            filter(
                None,
                (
                    _tidy(path, template, folder if hint.beside_code else None)
                    for path in filled
                ),
            )
        )

    at = told(hint.at)
    return StatePlace(
        hint.kind,
        at,
        told(hint.apart),
        paths(hint.path),
        paths(hint.workspaces) if hint.workspaces else (),
    )


def _filled(
    template: str,
    read: Callable[[str], Value | None],
    defaults: Mapping[str, str],
    workspace: str,
) -> Iterator[str]:
    """What a template may be; nothing where an argument isn't written."""
    pieces: list[tuple[str, ...]] = []
    for position, written in enumerate(_PIECE.split(template)):
        if position % 2 == 0:
            pieces.append((written,))
        elif written == "workspace":
            pieces.append((workspace,))
        else:
            value = read(written)
            default = defaults.get(written)
            pieces.append(
                _texts(value) if value is not None else () if default is None else (default,)
            )
    for found in product(*pieces):
        yield "".join(found)


def _texts(value: Value) -> tuple[str, ...]:
    members = members_of(value)
    texts = [text for member in members if (text := text_of(member.value)) is not None]
    if members and len(texts) == len(members) <= MAX_AMONG:
        return tuple(texts)
    parts = value.parts if isinstance(value, Unknown) and value.parts else (None,)
    if (
        isinstance(value, Unknown)
        and value.detail == CURRENT
        and parts[0] is None
        and parts.count(None) == 1
    ):
        parts = (".", *parts[1:])  # relative paths begin there too
    return (marked_text(parts),)


def _tidy(path: str, template: str, folder: str | None) -> str:
    """A path as the backend makes it of its parts; empty where it can't be told."""
    if folder is not None:
        if path.startswith("/") or HOLE in path:
            return ""
        joined = posixpath.normpath(posixpath.join(folder or ".", path))
        return "" if joined.startswith("..") else joined
    return "/".join(filter(None, path.split("/"))) if "/" in template else path


def same(asked: StatePlace, kept: StatePlace) -> bool | None:
    """Whether a state that is asked for is one that a root keeps; ``None``: it may be."""
    if asked.kind != kept.kind or any(
        a and b and a != b for a, b in zip(asked.apart, kept.apart, strict=True)
    ):
        return False
    sure = True
    for one, other in zip(asked.at, kept.at, strict=True):
        if one is None or other is None:
            sure = False
        elif one != other:
            return False
    if not kept.paths and not kept.workspaces:
        return None  # it is told when Terraform is initialised
    answers = [
        _same_path(path, other)
        for path in asked.paths
        for other in (*kept.paths, *kept.workspaces)
    ]
    lone = len(kept.paths) <= 1 and len(kept.workspaces) <= 1
    if sure and lone and any(answers):
        return True
    return None if any(answer is not False for answer in answers) else False


def _same_path(asked: str, kept: str) -> bool | None:
    """Whether a path is one that a root keeps (in any workspace)."""
    if HOLE not in kept:
        if (
            asked.replace(HOLE, WORKSPACE) == kept
        ):  # what isn't known is but the name of the workspace
            return True
        if HOLE not in asked:
            before, between, after = kept.partition(WORKSPACE)
            name = asked.removeprefix(before).removesuffix(after)
            return (
                bool(between and name)
                and "/" not in name
                and asked == f"{before}{name}{after}"
            )
    one, other = (re.split(f"[{HOLE}{WORKSPACE}]", each) for each in (asked, kept))
    begins = one[0].startswith(other[0]) or other[0].startswith(one[0])
    ends = one[-1].endswith(other[-1]) or other[-1].endswith(one[-1])
    return None if begins and ends else False

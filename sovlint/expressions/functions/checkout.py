"""Paths of the machine that runs: where the checkout lies isn't known, what lies in it is (``Unknown.checkout``)."""

from __future__ import annotations

import posixpath

from sovlint.expressions.lifting import because
from sovlint.model.value import Because, Known, Reason, Unknown, Value

DETAIL = "the folder of the checkout"


def at(path: str, cause: Because = None) -> Unknown:
    """The absolute path of what lies at ``path`` below the git root (empty: the root itself)."""
    below = f"/{path}" if path and path != "." else ""
    parts = (None, below) if below else (None,)
    return Unknown(Reason.FROM_ENVIRONMENT, DETAIL, cause, parts=parts, checkout=below)


def below_root(folder: str, path: str) -> str | None:
    """A path from a folder as one from the git root (empty: the root itself); ``None`` where it leads out of it."""
    found = posixpath.normpath(posixpath.join(folder or ".", path))
    if found.startswith(".."):
        return None
    return "" if found == "." else found


def path_of(value: Value) -> str | None:
    """The path from the git root that a value names, if it is one below the checkout; empty for the root itself."""
    if not isinstance(value, Unknown) or value.checkout is None:
        return None
    if value.checkout and not value.checkout.startswith("/"):
        return None
    return below_root("", value.checkout.replace("//", "/").lstrip("/"))


def relative(value: Value, folder: str) -> Value:
    """A path below the checkout as one that starts at ``folder``; any other value as it is."""
    path = path_of(value)
    if path is None:
        return value
    return because(Known(posixpath.relpath(path or ".", folder or ".")), value.because)


def of_checkout(name: str, arguments: list[Value]) -> Value | None:
    """``dirname``, ``basename`` and ``abspath`` of a path below the checkout; ``None`` for all else."""
    path = path_of(arguments[0]) if len(arguments) == 1 else None
    if not path:
        return None
    cause = arguments[0].because
    if name == "basename":
        return Known(posixpath.basename(path), cause)
    if name == "dirname":
        return at(posixpath.dirname(path), cause)
    return at(path, cause) if name in ("abspath", "pathexpand") else None

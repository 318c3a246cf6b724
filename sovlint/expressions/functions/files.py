"""Functions that read files, and those of paths."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import partial

from sovlint.expressions.files import Files
from sovlint.expressions.functions.encoding import base64_text, hashed
from sovlint.expressions.kinds import Functions, failed, unsupported
from sovlint.expressions.texts import needed_text
from sovlint.model.value import Unknown, Value


def _path(value: object) -> str:
    return needed_text(value, "a path expected")


def _of_data(encode: Callable[[bytes], str]) -> Callable[[Files, object], str | Unknown]:
    """A function of what a file holds."""

    def function(files: Files, path: object) -> str | Unknown:
        found = files.data(_path(path))
        return found if isinstance(found, Unknown) else encode(found)

    return function


def _pathexpand(files: Files, path: object) -> str | Unknown:
    written = _path(path)
    return (
        unsupported("a path of the machine that applies")
        if written.startswith("~")
        else written
    )


def _refused(files: Files, path: object) -> Value:
    return (
        unsupported("a path of the machine that applies")
        if isinstance(path, str)
        else failed("a path expected")
    )


FILE_FUNCTIONS: Functions = {
    "abspath": _refused,
    "basename": lambda files, path: posixpath.basename(_path(path).rstrip("/")),
    "dirname": lambda files, path: posixpath.dirname(_path(path)) or ".",
    "file": lambda files, path: files.text(_path(path)),
    "filebase64": _of_data(base64_text),
    "filebase64sha256": _of_data(partial(hashed, name="sha256", encode=base64_text)),
    "filebase64sha512": _of_data(partial(hashed, name="sha512", encode=base64_text)),
    "fileexists": lambda files, path: files.exists(_path(path)),
    "filemd5": _of_data(partial(hashed, name="md5")),
    "filesha1": _of_data(partial(hashed, name="sha1")),
    "filesha256": _of_data(partial(hashed, name="sha256")),
    "filesha512": _of_data(partial(hashed, name="sha512")),
    "fileset": lambda files, folder, pattern: files.below(_path(folder), _path(pattern)),
    "pathexpand": _pathexpand,
}

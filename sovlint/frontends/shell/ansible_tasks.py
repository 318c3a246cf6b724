"""Command lines that tasks of Ansible run: ``command`` and ``shell``, task by task, with the folder of the role.

Only what tasks of one file run one after the other is told. What a template of Jinja stands for is a hole, but for the
folder of the role, and that of the playbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname
from typing import Final

from msgspec import Struct

from sovlint.documents import load
from sovlint.documents.cursor import Cursor
from sovlint.documents.document import Document
from sovlint.documents.errors import DocumentError
from sovlint.frontends.shell.folders import AT_ROOT
from sovlint.frontends.shell.run_names import is_playbook
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import SourceFile, Span

MODULES: Final = ("command", "shell", "raw")
"""Modules that run a command line (Ansible, "ansible.builtin")."""
_COLLECTIONS: Final = ("", "ansible.builtin.", "ansible.legacy.")
_INSIDE: Final = ("tasks", "pre_tasks", "post_tasks", "handlers", "block", "rescue", "always")
"""Where further tasks stand in a play, and in a task."""
_FILLED: Final = re.compile(r"\{\{\s*(?P<name>\w*)(?P<more>.*?)\}\}|\{%.*?%\}", re.DOTALL)
_TASKS: Final = ("tasks", "handlers")
_DEEPEST: Final = 6


class TaskCommand(Struct, frozen=True):
    """A command line of a task, with holes, its place, and the folder in which it runs; empty where nothing says it."""

    text: str
    where: Span
    folder: str = ""


def commands(file: SourceFile) -> Iterator[TaskCommand]:
    """The command lines of all tasks of a file, in order; none of a file that can't be read, or has no tasks."""
    if not is_playbook(file.path):
        return
    try:
        documents: Iterable[Document] = list(load(file.data, file.path))
    except DocumentError:
        return
    for document in documents:
        yield from _of_tasks(Cursor.of(document), _folders(file.path), 0)


def _folders(path: str) -> dict[str, str]:
    """The folders that variables of Ansible name in a file."""
    above = dirname(path)
    inside = above.rpartition("/")[2] in _TASKS
    return {"role_path": dirname(above)} if inside else {"playbook_dir": above}


def _of_tasks(tasks: Cursor, folders: dict[str, str], depth: int) -> Iterator[TaskCommand]:
    for task in tasks.items() if depth < _DEEPEST else ():
        for module in MODULES:
            for name in _COLLECTIONS:
                yield from _of_module(task, task.at(f"{name}{module}"), folders)
        for key in _INSIDE:
            yield from _of_tasks(task.at(key), folders, depth + 1)


def _of_module(
    task: Cursor, written: Cursor, folders: dict[str, str]
) -> Iterator[TaskCommand]:
    """``command: text``, ``command: {cmd: text, chdir: folder}``; the folder may stand in ``args`` besides."""
    text = written.text() or written.text("cmd")
    if not text and isinstance(written.data, dict):
        argv = written.at("argv").data
        text = " ".join(map(str, argv)) if isinstance(argv, list) else ""
    if text:
        folder = written.text("chdir") or task.text("args", "chdir")
        yield TaskCommand(_filled(text, folders), written.where, _filled(folder, folders))


def _filled(text: str, folders: dict[str, str]) -> str:
    """A text with a hole for each template; what names a folder of the repository is that, from its root."""

    def put(met: re.Match[str]) -> str:
        folder = folders.get(met["name"] or "")
        alone = folder is not None and not (met["more"] or "").strip()
        return f"{AT_ROOT}{folder or '.'}" if alone else HOLE

    return _FILLED.sub(put, text)

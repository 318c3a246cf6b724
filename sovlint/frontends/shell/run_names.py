"""Which files are pipelines, Makefiles, scripts and tasks of Ansible, by their names alone: none is read where there are
none."""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import basename, dirname
from typing import Final

from sovlint.rules.hints import Hints

MAKEFILES: Final = (
    "Makefile",
    "makefile",
    "GNUmakefile",
    "justfile",
    "Justfile",
    ".justfile",
)
_SHELL: Final = (".sh", ".bash", ".zsh")
_JENKINS: Final = "Jenkinsfile"
_TASKS: Final = ("tasks", "handlers", "playbooks")
"""Folders of tasks, and of plays (Ansible, "Roles" and "Sample Ansible setup")."""
_PLAYS: Final = ("play", "site.y", "deploy.y")
"""How files of plays begin that lie elsewhere."""


def candidates(paths: Sequence[str], hints: Hints) -> list[str]:
    """All of them among ``paths``, sorted."""
    pipelines = hints.formats.pipelines(paths)
    return sorted(
        path
        for path in paths
        if path in pipelines or is_script(basename(path)) or is_playbook(path)
    )


def is_playbook(path: str) -> bool:
    """Whether a file may have tasks, or plays, of Ansible."""
    if not path.endswith((".yml", ".yaml")):
        return False
    return basename(dirname(path)) in _TASKS or basename(path).startswith(_PLAYS)


def is_make(name: str) -> bool:
    """Whether a file has recipes."""
    return name in MAKEFILES or name.endswith(".mk")


def is_jenkins(name: str) -> bool:
    """Whether a file is a Jenkinsfile."""
    return name.startswith(_JENKINS) or name.endswith(f".{_JENKINS.lower()}")


def is_shell(name: str) -> bool:
    """Whether a file is a script of a shell."""
    return name.endswith(_SHELL)


def is_envrc(name: str) -> bool:
    """Whether a file sets variables for whoever enters its folder."""
    return name == ".envrc"


def is_script(name: str) -> bool:
    """Whether a file has nothing but command lines: no action of a pipeline is in it."""
    return is_make(name) or is_jenkins(name) or is_shell(name) or is_envrc(name)

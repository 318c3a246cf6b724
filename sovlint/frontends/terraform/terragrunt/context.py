"""What a unit's files share, and a file as those see it of whom it is made: its functions, its things, its merges.

``config.TerragruntConfig`` is such a file. It is made of these, so that they can't know the class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct, field

from sovlint.expressions.environment import Env, Scope
from sovlint.expressions.limits import Work
from sovlint.expressions.nodes import Block, Body
from sovlint.frontends.terraform.modules.units import Recorder
from sovlint.frontends.terraform.terragrunt.files import Bodies
from sovlint.model.value import Value


class Context(Struct):
    """What all files that one unit leads to share: how files are read, what it may cost, and other units' outputs."""

    bodies: Bodies
    recorder: Recorder
    output: Callable[[str, str], Value | None]
    """An output of the unit in a folder, by name; ``None`` where there is none to read."""
    original: str
    """The folder of the unit itself."""
    values: Value | None = None
    """What a stack gives to the unit."""
    work: Work = field(default_factory=Work)
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables of the environment that somebody gives (``--env``)."""
    uses_values: bool = False
    """Whether anything asked for values that no stack here gives."""


class ConfigFile(Scope, Protocol):
    """A file as it is read for a unit."""

    context: Context
    body: Body
    env: Env
    """What names mean in it."""
    folder: str
    """Where its functions are."""
    own: str
    """The folder of the file itself."""

    @property
    def child(self) -> ConfigFile | None:
        """The file that includes it, if it was included."""
        ...

    def argument(self, block: Block, name: str) -> Value | None:
        """An argument of one of the file's blocks."""
        ...

    def all_locals(self) -> Value:
        """All locals, as a map."""
        ...

    def own_inputs(self) -> Value | None:
        """The file's own ``inputs``."""
        ...

    def all_inputs(self) -> Value:
        """The inputs of this file and those that it includes."""
        ...

    def dependency(self, name: str) -> Value:
        """``dependency.name``, of this file or of one that it includes."""
        ...

    def includes(self) -> Mapping[str, ConfigFile | None]:
        """The files that this one includes, by label; ``None`` for one that can't be told or isn't here."""
        ...

    def layers(self) -> Iterator[tuple[ConfigFile, str]]:
        """This file and those that it includes, what counts most first, each with how it is merged with these."""
        ...

    def local_path(self, value: Value) -> str | None:
        """The path from the git root that a value names."""
        ...

    def read_other(self, path: str) -> ConfigFile | None:
        """Another file, read by itself."""
        ...

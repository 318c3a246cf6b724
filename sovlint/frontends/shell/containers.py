"""What runs somewhere with an environment and a command line, whoever describes it, and where it sends data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from posixpath import normpath

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.frontends.host_aliases import Aliases, followed
from sovlint.frontends.shell.files import Argument, ContainerFiles
from sovlint.frontends.shell.lines import Ran, ran, written_file
from sovlint.frontends.shell.sends import signals
from sovlint.model.value import Known, Unknown, Value
from sovlint.rules.commands.commands import Front
from sovlint.rules.commands.kept import SetBefore
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints


def _nothing(_address: str) -> Value | None:
    """No secret is written here."""
    return None


class Container(Struct):
    """A container or a function: its settings by name, its command line, and why there may be settings not known.

    ``image``: its short name, where the program is the image's own; ``files``: scripts that it finds mounted.
    """

    settings: dict[str, Setting] = field(default_factory=dict)
    arguments: list[Argument] = field(default_factory=list)
    image: str = ""
    files: ContainerFiles = field(default_factory=ContainerFiles)
    open: list[Unknown] = field(default_factory=list)
    kept: SetBefore = field(default_factory=SetBefore)
    """What commands before it have set on the same machine."""
    stored: list[Setting] = field(default_factory=list)
    """What it only keeps for others, and nobody knows."""
    secret: Callable[[str], Value | None] = _nothing
    """Values of secrets that the repository writes, by the address of what keeps one."""
    hooks: list[list[Argument]] = field(default_factory=list)
    """Command lines that are run in it besides, when it has started or is to end."""
    _ran: Ran | None = None

    def follow(self, aliases: Aliases) -> None:
        """Put addresses in place of names to which it is told one."""
        if aliases:
            self.settings = {
                name: replace(each, value=followed(each.value, aliases))
                for name, each in self.settings.items()
            }
            self.arguments = _followed(self.arguments, aliases)
            self.hooks = [_followed(each, aliases) for each in self.hooks]

    def signals(self, hints: Hints, beside: Collection[str] = ()) -> Iterator[Signal]:
        """Where it sends data by its environment and by what it runs; ``beside``: short names of the images that run
        beside it."""
        settings = tuple(self.settings.values())
        for path in self.files.texts if self.runs(hints).lines else ():
            held = self.files.at(path) if hints.commands.keeps(path, settings) else None
            if held is not None:
                file = written_file(Known(path), held.value, held.where)
                hints.commands.keep(file, settings, self.kept)
        yield from signals(self.runs(hints), settings, self.open, hints, beside, self.kept)
        yield from hints.signatures.untold(self.stored, any_address=True)

    def fronts(self, hints: Hints) -> Iterator[Front]:
        """What it runs that stands in front of others."""
        return hints.commands.fronts(self.runs(hints).lines, tuple(self.settings.values()))

    def runs(self, hints: Hints) -> Ran:
        """What it runs; read once."""
        if self._ran is None:
            own = self._run(self.arguments, self.image, hints)
            hooks = [self._run(each, "", hints) for each in self.hooks]
            lines = (line for each in hooks for line in each.lines)
            written = (line for each in hooks for line in each.written)
            self._ran = replace(
                own, lines=(*own.lines, *lines), written=(*own.written, *written)
            )
        return self._ran

    def _run(self, arguments: Sequence[Argument], image: str, hints: Hints) -> Ran:
        return ran(
            arguments, hints.commands, image, self.settings, bool(self.open), self.files
        )


def in_files(settings: Mapping[str, Setting]) -> Iterator[tuple[str, str, Setting]]:
    """Settings whose value stands in a file: the name without ``_FILE``, which nothing else sets, and the path."""
    for name, setting in [*settings.items()] if settings else ():
        bare, value = name.removesuffix("_FILE"), setting.value
        if bare not in settings and isinstance(value, Known) and isinstance(value.value, str):
            yield bare, normpath(value.value), setting


def _followed(arguments: Sequence[Argument], aliases: Aliases) -> list[Argument]:
    return [replace(each, value=followed(each.value, aliases)) for each in arguments]

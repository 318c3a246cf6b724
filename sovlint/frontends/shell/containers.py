"""What runs somewhere with an environment and a command line, whoever describes it, and where it sends data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct, field

from sovlint.frontends.shell.files import Argument, ContainerFiles
from sovlint.frontends.shell.lines import Ran, ran
from sovlint.frontends.shell.sends import signals
from sovlint.model.value import Unknown, Value
from sovlint.rules.commands.commands import Front
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints


def _nothing(_address: str) -> Value | None:
    """No secret is written here."""
    return None


class Container(Struct):
    """A container or a function: its settings by name, its command line, and why there may be settings not known.

    ``image``: its short name, where the program is the image's own; ``files``: scripts that it finds mounted; ``kept``:
    values of secrets, by the address of what keeps one.
    """

    settings: dict[str, Setting] = field(default_factory=dict)
    arguments: list[Argument] = field(default_factory=list)
    image: str = ""
    files: ContainerFiles = field(default_factory=ContainerFiles)
    open: list[Unknown] = field(default_factory=list)
    kept: Callable[[str], Value | None] = _nothing
    _ran: Ran | None = None

    def signals(self, hints: Hints, beside: Collection[str] = ()) -> Iterator[Signal]:
        """Where it sends data by its environment and by what it runs; ``beside``: short names of the images that run
        beside it."""
        return signals(self.runs(), tuple(self.settings.values()), self.open, hints, beside)

    def fronts(self, hints: Hints) -> Iterator[Front]:
        """What it runs that stands in front of others."""
        return hints.commands.fronts(self.runs().lines, tuple(self.settings.values()))

    def runs(self) -> Ran:
        """What it runs; read once."""
        if self._ran is None:
            self._ran = ran(
                self.arguments, self.image, self.settings, bool(self.open), self.files
            )
        return self._ran

"""What else is made of a reading, beside its report, by what is wanted. The table below is all that there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from sovlint.fleet.core import supposed
from sovlint.fleet.result import ReadTask
from sovlint.model.text import LANGUAGES
from sovlint.report.pieces.json_text import dump

if TYPE_CHECKING:
    from sovlint.fleet.core import Linted

Make = Callable[[str, "Linted", ReadTask], str]
"""What is wanted of its kind, a run, and the task -> its JSON text."""
REGISTER: Final = "register"
SUPPOSE: Final = "suppose"


def made(found: Linted, task: ReadTask) -> dict[str, str]:
    """All that a task wants of its reading, by what was wanted. Raises ``KeyError`` for what nobody makes."""
    texts = {}
    for want in task.wants:
        kind, _, name = want.partition(":")
        texts[want] = MAKERS[kind](name, found, task)
    return texts


def _register(name: str, found: Linted, task: ReadTask) -> str:
    """A register, drafted as that of one repository of several, in every language."""
    from sovlint.registers.drafting import REGISTERS
    from sovlint.registers.of_run import material
    from sovlint.registers.read_back import carried

    drawn = material(found.report, found.rulebook, repository=task.repository.name)
    return carried(REGISTERS[name](drawn))


def _suppose(name: str, found: Linted, task: ReadTask) -> str:
    """What would be otherwise by suppositions, whose text is in the task; in every language. Raises ``SovlintError`` where
    one of them is wrong."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "suppose.yaml"
        file.write_text(task.texts[f"{SUPPOSE}:{name}"], encoding="utf-8")
        return dump(supposed(found, file, LANGUAGES))


MAKERS: Final[Mapping[str, Make]] = {REGISTER: _register, SUPPOSE: _suppose}
"""How each kind is made: ``register:dora``, ``suppose:`` and the digest of a file."""

"""What else is made of a reading, beside its report, by what is wanted. The table below is all that there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sovlint.fleet.result import ReadTask
from sovlint.lint import Linted

Make = Callable[[str, Linted, ReadTask], str]
"""What is wanted of its kind, a run, and the task -> its JSON text."""
REGISTER: Final = "register"


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
    from sovlint.registers.read_back import carried
    from sovlint.stages.material import material

    drawn = material(found.report, found.rulebook, repository=task.repository.name)
    return carried(REGISTERS[name](drawn))


MAKERS: Final[Mapping[str, Make]] = {REGISTER: _register}
"""How each kind is made: ``register:dora``."""

"""What else is made of a reading, beside its report, by what is wanted. The table below is all that there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sovlint.fleet.result import ReadTask
from sovlint.lint import Linted
from sovlint.model.text import LANGUAGES
from sovlint.report.pieces.json_text import dump

Make = Callable[[str, Linted, ReadTask], str]
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
    from sovlint.registers.read_back import carried
    from sovlint.stages.material import material

    drawn = material(found.report, found.rulebook, repository=task.repository.name)
    return carried(REGISTERS[name](drawn))


def _suppose(name: str, found: Linted, task: ReadTask) -> str:
    """What would be otherwise by suppositions, whose text is in the task; in every language. Raises ``SovlintError`` where
    one of them is wrong."""
    from sovlint.report.scan.json_ import supposed
    from sovlint.supposing import with_outcomes

    with TemporaryDirectory() as folder:
        file = Path(folder) / "suppose.yaml"
        file.write_text(task.texts[f"{SUPPOSE}:{name}"], encoding="utf-8")
        report, wrong = with_outcomes(found.report, found, file, file.name)
    if wrong is not None:
        raise wrong
    told = {each: [supposed(one, each) for one in report.supposed] for each in LANGUAGES}
    return dump(told)


MAKERS: Final[Mapping[str, Make]] = {REGISTER: _register, SUPPOSE: _suppose}
"""How each kind is made: ``register:dora``, ``suppose:`` and the digest of a file."""

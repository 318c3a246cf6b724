"""Registers of small repositories, as tests put them together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from msgspec.structs import replace

from sovlint.commands.parts import drafting
from sovlint.model.request import Request
from sovlint.registers.answers import GivenAnswers, read_answers
from sovlint.registers.drafting import REGISTERS
from sovlint.registers.register import Register
from tests.scratch import write

AS_OF = date(2026, 11, 24)
ENTRIES = {
    "saas.yaml": """\
services:
  - id: member-portal
    vendor: scalingo
    region: osc-fr1
    data: [contact, health]
    start: 2024-04-01
    contract: {reference: C-2024-007, date: 2024-03-01}
  - id: letters
    vendor: Brevo
    data: [contact]
    contract: {reference: C-2025-002, date: 2025-05-05}
    sub_processors:
      - {name: Éditique du Ponant, country: FR, seat: FR, data: [contact]}
""",
}
ANSWERS = """\
organisation.lei: 9695009KMXEXAMPLE086
organisation.name: Mutuelle des Quais
organisation.country: FR
company.scalingo-sas.identifier: 549300EXAMPLECORP087
"""


def drafted(
    name: str, root: Path, files: Mapping[str, str], answers: str = "", repository: str = ""
) -> Register:
    """The register of files, with answers in a file beside them; by itself, or as that of one repository of several."""
    write(root / "house", dict(files))
    write(root, {"answers.yaml": answers})
    request = Request(paths=(root / "house",), as_of=AS_OF)
    material = drafting.material(request, [root / "answers.yaml"])
    return REGISTERS[name](replace(material, repository=repository))


def given(answers: str) -> GivenAnswers:
    """Answers, as a file of them has them."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "answers.yaml"
        file.write_text(dedent(answers), encoding="utf-8")
        return read_answers([file])

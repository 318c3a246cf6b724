"""References of contracts over several repositories."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from sovlint.model.text import Note
from sovlint.registers.cells import CellOrigin
from sovlint.registers.merging.rows import identity
from sovlint.registers.register import Register
from sovlint.registers.words import content_text

CONTRACTS, SIGNERS = "B_02.01", "B_03.02"


def shared_references(whole: Register, parts: Mapping[str, Register]) -> Iterator[Note]:
    """Contracts that several companies are said to be used under, each in another repository: what one repository says
    itself, it tells itself."""
    if whole.form.id != "dora":
        return
    found: dict[str, dict[Hashable, tuple[str, str]]] = {}
    for name, part in sorted(parts.items()):
        signers = {row.name: row.cells["c0020"] for row in part.sheet(SIGNERS).rows}
        for row in part.sheet(CONTRACTS).rows:
            cell = row.cells["c0010"]
            if cell.origin is not CellOrigin.FACT or row.name not in signers:
                continue
            called = [content_text(each, "en") for each in row.cells["provider"].contents]
            said = name, ", ".join(called) or row.name
            reference = content_text(cell.contents[0], "en")
            found.setdefault(reference, {}).setdefault(identity(signers[row.name]), said)
    for reference, companies in sorted(found.items()):
        if len({name for name, _ in companies.values()}) > 1:
            listed = tuple(sorted({called for _, called in companies.values()}))
            yield Note(
                "registers.shared-reference", {"reference": reference, "companies": listed}
            )

"""Whether what a host says is what the code shows."""

from __future__ import annotations

from sovlint.registers.cells import Cell, CellOrigin


def compared(said: Cell, differs: bool | None) -> Cell:
    """Whether it differs from what is known (``None``: not known). Where the host's word is a blank, so is this, with the
    same question: nobody is asked twice."""
    if said.is_blank or said.origin is CellOrigin.NONE:
        return said
    word = {True: "differs", False: "agrees", None: "open"}[differs]
    return Cell(
        CellOrigin.ATTESTED,
        (word,),
        said.because,
        said.sources,
        said.attested_by,
        said.question,
    )

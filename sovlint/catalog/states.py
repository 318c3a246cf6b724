"""States as they stand on a day."""

from __future__ import annotations

import datetime

from sovlint.catalog.compiling.written_data import Data
from sovlint.errors import did_you_mean
from sovlint.model.text import Bilingual, Note
from sovlint.model.world import CERTIFIED, GENERAL, Jurisdiction, Standing, StateOnDay


def state_on_day(state: Jurisdiction, day: datetime.date) -> StateOnDay:
    """A state as it stands on a day: the laws by which it can compel then, and what covers transfers to it."""
    laws: list[Bilingual | Note] = []
    for law in state.laws:
        standing = law.standing(day)
        if law.compels and standing is Standing.IN_FORCE:
            laws.append(law.name)
        elif law.compels and standing is Standing.CONTINUING:
            laws.append(Note("policy.law-continuing", {"law": law.name, "until": law.until}))
    decision = state.adequacy
    kind = decision.kind if decision is not None and decision.in_force(day) else None
    covered, partly = kind not in (None, CERTIFIED), kind not in (None, GENERAL)
    return StateOnDay(state.code, state.name, state.areas, tuple(laws), covered, partly)


def meant(jurisdictions: Data, written: str) -> str:
    """A hint at the state that a code was probably meant for; empty where none is like it."""
    code = mistaken_for(jurisdictions, written)
    return f"Did you mean `{code}`?" if code else did_you_mean(written, jurisdictions)


def mistaken_for(jurisdictions: Data, written: str) -> str | None:
    """The code of the state that people write this code for."""
    mistaken = written.strip().upper()
    return next(
        (
            code
            for code, state in jurisdictions.items()
            if mistaken in state.get("mistaken", ())
        ),
        None,
    )

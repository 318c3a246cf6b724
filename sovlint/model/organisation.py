"""What a person states of the organisation whose repository it is: what kind of body it is, and which law binds it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sovlint.model.source import Span

SREN31: Final = "sren31"
"""The statement that article 31 of the SREN law binds the organisation."""

BODIES: Final = (
    "state",
    "state-operator",
    "hospital",
    "insurer",
    "mutuelle",
    "broker",
    "vendor",
    "krankenkasse",
)
"""The kinds of bodies that a configuration may say an organisation is."""
IN_FRENCH: Final = {
    "état": "state", "opérateur": "state-operator", "hôpital": "hospital", "assureur": "insurer",
    "courtier": "broker", "éditeur": "vendor",
}  # fmt: skip
"""What people call those kinds in French that have another name there."""
STATE: Final = BODIES[:2]
"""Those that SREN article 31 may bind."""

PARTICULAR_SENSITIVITY: Final = "sren"
"""The data class of what ``data.sren`` names. It says how sensitive data is and not what it is: it answers no guess, and
takes no assumed class away."""


class Organisation(Struct, frozen=True):
    """``organisation`` of the configuration: the ``kind`` of body, if given, whether SREN article 31 binds it, on what
    that rests (``source``), and where it stands. What kind of body it is binds it to nothing."""

    kind: str | None
    sren31: bool
    source: str | None
    where: Span

    @property
    def statements(self) -> frozenset[str]:
        """The laws that are stated to bind it, by the names that policies know them by."""
        return frozenset({SREN31}) if self.sren31 else frozenset()

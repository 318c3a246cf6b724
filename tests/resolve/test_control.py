"""Who controls a company, where not all of that was found."""

from __future__ import annotations

from sovlint.catalog.control import EVERYWHERE
from sovlint.model.value import Unknown
from sovlint.report.messages import say
from sovlint.resolve.control import control_in
from tests.resolve.house import DAY, catalog


def test_what_nobody_found_is_said_in_both_languages() -> None:
    provider = catalog().providers["almerys"]
    found = control_in(provider, EVERYWHERE, catalog(), DAY)
    assert isinstance(found, Unknown)
    assert found.text() == "no-evidence: owners of be-ys (G2S), host of Almerys"
    assert say(found.why(), "en") == "nobody found the owners of be-ys (G2S), the host of Almerys"
    assert say(found.why(), "fr") == "personne n'a trouvé les propriétaires (be-ys (G2S)), l'hébergeur (Almerys)"

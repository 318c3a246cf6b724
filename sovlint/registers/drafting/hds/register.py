"""What the HDS referential asks of each host of health data on sovereignty, and what it publishes."""

from __future__ import annotations

from sovlint.registers.drafting.companies import at_companies, carries
from sovlint.registers.drafting.hds.certificates import certificates
from sovlint.registers.drafting.hds.laws import laws
from sovlint.registers.drafting.hds.places import places
from sovlint.registers.drafting.hds.statements import statements
from sovlint.registers.drafting.material import Material
from sovlint.registers.register import Register

HEALTH = "health"


def draft(material: Material) -> Register:
    """All sheets, of whatever carries health data."""
    found = [one for one in material.landed if carries(one, HEALTH, material)]
    rows = {
        "certificates": list(certificates(found, material)),
        "places": list(places(found, material)),
        "laws": [laws(each, material) for each in at_companies(found, material)],
        "statements": list(statements(found, material)),
    }
    return material.register("hds", rows)

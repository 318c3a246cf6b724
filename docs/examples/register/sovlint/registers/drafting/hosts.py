"""Hosts in use."""

from sovlint.registers.drafting.arrangements import arrangements, called
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import Register


def draft(material: Material) -> Register:
    """A row for each company in use."""
    sheet = form("hosts").sheet("hosts")
    rows = [
        material.row(sheet, each.name, {"company": called(each, material)})
        for each in arrangements(material)
    ]
    return material.register("hosts", {"hosts": rows})

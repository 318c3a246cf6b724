"""``sovlint schema``: the JSON Schemas of what sovlint reads and writes, for editors and scripts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from sovlint.commands.parts import options, output
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.report.messages import phrase
from sovlint.report.pieces.style import wrap

PACKAGE: Final = Path(__file__).parents[1]

SCHEMAS: Final[Mapping[str, str]] = {
    "config": "schemas/config.json",
    "policy": "policy/schema.json",
    "catalog": "catalog/schema.json",
    "inventory": "schemas/inventory.json",
    "waivers": "schemas/waivers.json",
    "baseline": "schemas/baseline.json",
    "suppose": "schemas/suppose.json",
    "offers": "schemas/offers.json",
    "budgets": "schemas/budgets.json",
    "report": "schemas/report.json",
    "map": "schemas/map.json",
    "facts": "schemas/facts.json",
    "provider": "schemas/provider.json",
    "providers": "schemas/providers.json",
    "where": "schemas/where.json",
    "catalog-diff": "schemas/catalog-diff.json",
    "evidence": "schemas/evidence.json",
    "register": "schemas/register.json",
}
"""Every schema by name: its file in the package. What it is for is said by the message ``commands.schema-<name>``."""


@click.command()
@click.argument("name", metavar="[NAME]", required=False, type=click.Choice(list(SCHEMAS)))
@options.written
@options.language
@options.into(voice=Voice)
def schema(name: str | None, output_file: Path | None, voice: Voice) -> int:
    """Print the JSON Schema called NAME; without NAME, list them all.

    An editor that reads YAML schemas completes and checks the file whose first line names one:

    \b
      sovlint schema config -o .sovlint/config.schema.json
      # yaml-language-server: $schema=.sovlint/config.schema.json
    """
    if name is None:
        output.emit(listing(voice), output_file)
        return 0
    if output_file is not None:
        _make_room(output_file)
    text = (PACKAGE / SCHEMAS[name]).read_text(encoding="utf-8")
    output.emit(text, output_file, exact=True)
    return 0


def listing(voice: Voice) -> str:
    """Every schema, with what it is for."""
    width, columns = max(map(len, SCHEMAS)) + 2, voice.style().columns
    lines = []
    for name in SCHEMAS:
        lines += wrap(
            phrase(f"commands.schema-{name}", voice.language),
            columns,
            f"{name:{width}}",
            " " * width,
        )
    return "\n".join(lines) + "\n"


def _make_room(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SovlintError(f"{file.parent} can't be made: {error.strerror}.") from None

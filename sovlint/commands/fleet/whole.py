"""What the commands that tell of a whole run share: the store, the run, and what is known on its day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sovlint.commands.parts import options

if TYPE_CHECKING:
    from sovlint.fleet.store.store import FleetStore
    from sovlint.fleet.whole.reading import Snapshot
    from sovlint.fleet.whole.world_on_day import WorldOnDay

run_option = options.option(
    "--run",
    metavar="ID",
    envvar="SOVLINT_FLEET_RUN",
    help="The run to tell of.  [default: the newest state]",
)


def asked(address: str, run: str | None) -> tuple[FleetStore, Snapshot]:
    """The store at an address, and the run of it that is told of. Raises ``SovlintError`` where there is none."""
    from sovlint.fleet.store.store import open_store
    from sovlint.fleet.whole.reading import chosen

    store = open_store(address)
    return store, chosen(store, run)


def known_on(what: Snapshot) -> WorldOnDay:
    """What is known of the world on the day of a run."""
    from sovlint.fleet.whole.world_on_day import WorldOnDay

    return WorldOnDay(date.fromisoformat(what.day))

"""Whether there are rules to read a fleet by, asked before anything is read."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.configuration.config import Config
from sovlint.fleet.options import FleetOptions
from sovlint.stages.configured_names import settle
from sovlint.stages.run import Run, load_rulebook


def check_rules(options: FleetOptions) -> None:
    """Load what every repository is read by, as for one that has nothing of its own.

    Raises ``SovlintError`` where a policy set, a policy, an overlay or a class isn't there or is wrong: each repository
    would be refused for it.
    """
    request = options.request
    config, assume = settle(Config(), request.assume, request.catalog, request.trust)
    load_rulebook(Run(replace(request, assume=assume), config))

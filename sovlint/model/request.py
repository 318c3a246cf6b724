"""What a run is asked to do: the options of the commands that read or judge."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from sovlint.model.findings.finding import Severity

POLICY_SET: Final = "sovereign-health"
"""The policy set that is judged by where none is named."""


RATCHET: Final = "ratchet"
"""What ``min_classified`` says where the share of labelled resources may only rise."""

Trust = tuple[bool, tuple[str, ...]]
"""What ``catalog.load`` asks of whoever runs sovlint: whether overlays are trusted, and the keys that are."""
NO_TRUST: Final[Trust] = False, ()


class Request(Struct, frozen=True):
    """Each option under its own name; what nobody gave is null or empty.

    Settled, what the configuration says is in it too: the policies and catalogues of both, and its answer to what no
    option says.
    """

    paths: tuple[Path, ...] = ()
    affected: bool = False
    as_of: date = field(default_factory=date.today)
    assume: str | None = None
    config: Path | None = None
    no_config: bool = False
    catalog: tuple[Path, ...] = ()
    trust_overlay: bool = False
    """Whether overlays may say otherwise than what ships who controls a company, or where something is. No
    configuration says so: it stands in the repository that is judged."""
    trust_key: tuple[Path, ...] = ()
    """Public keys, as files or in hexadecimal digits, one of which must have signed a catalogue as one file. Whoever runs
    sovlint gives them: none lies in the repository."""
    var: tuple[tuple[str, str], ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    """Variables of the environment in which Terragrunt is run."""
    var_file: tuple[Path, ...] = ()
    """Settled, they are relative to the git root."""
    policy_set: str | None = None
    policy: tuple[Path, ...] = ()
    min_seal: tuple[str, ...] = ()
    """Levels that objectives of the Cloud Sovereignty Framework must reach: ``SOV-2=3``."""
    hds_scope: str | None = None
    """``strict`` (as null is) or ``care-only``."""
    require_sources: bool = False
    """Whether general knowledge proves nothing."""
    inferred: Severity = Severity.WARNING
    """The most that a class read from names may cost."""
    min_classified: int | str | None = None
    """The least share of resources that carry a class, in percent, or ``RATCHET``. Settled, ``ratchet`` says the latter."""
    ratchet: bool = False
    """Whether the share of labelled resources may only rise against the revision compared with."""
    show: str | None = None
    allow_failures: bool = False
    allow_empty: bool = False
    baseline: Path | None = None
    write_baseline: Path | None = None
    prune_baseline: bool = False
    diff_base: str | None = None
    rules_from: str | None = None
    """The revision by whose rules what a change brings is judged."""
    offers: Path | None = None
    """A file of what other repositories make."""
    suppose: Path | None = None
    """A file of suppositions, that are judged beside what is so."""
    no_inline_ignores: bool = False
    exclude_local: bool = False
    """Whether files for developers alone are left out."""
    cache: bool | None = None
    """Whether what is read is kept for the next run; null: unless a CI server runs it."""
    facts_only: bool = False
    """Nothing is judged: no option, but what some commands do."""

    @property
    def trust(self) -> Trust:
        """What whoever runs sovlint trusts of catalogues."""
        return self.trust_overlay, tuple(map(str, self.trust_key))

    @property
    def percent(self) -> int | None:
        """The least share of resources that carry a class, where one was asked for."""
        return self.min_classified if isinstance(self.min_classified, int) else None

    @property
    def places(self) -> tuple[Path, ...]:
        """Where to look: the paths, else the folder where the command was started."""
        return self.paths or (Path(),)

    @property
    def changed(self) -> tuple[Path, ...] | None:
        """The paths, where they are changed files and all that they can affect is asked for."""
        return self.paths if self.affected else None

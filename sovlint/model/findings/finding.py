"""What is said at the end: verdicts, severities, findings, coverage and the report."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from sovlint.model.attestation import Vouched
from sovlint.model.exception import Audited, Suppression
from sovlint.model.findings.cause import Cause
from sovlint.model.findings.change import Move
from sovlint.model.findings.ground import Ground, ground_of
from sovlint.model.findings.identity import Identity
from sovlint.model.findings.next_step import NextStep
from sovlint.model.findings.own_rules import BY_DEFAULT, OwnRule
from sovlint.model.findings.provenance import Provenance
from sovlint.model.findings.remedy import Remedies
from sovlint.model.findings.rests import Rests
from sovlint.model.findings.standing import stands_at
from sovlint.model.findings.supposed import Becomes, StateChange
from sovlint.model.placement import ClassClaim, Flow, Placed, Placement, Source
from sovlint.model.redaction.redact import HIDDEN, mask
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.text import Bilingual, Note
from sovlint.model.unread import UnreadKind
from sovlint.model.value import Because, Fact, Known, Unknown
from sovlint.model.world import World


class Verdict(StrEnum):
    """What a policy says of a placement."""

    COMPLIANT = "compliant"
    VIOLATION = "violation"
    UNPROVEN = "unproven"


class Severity(StrEnum):
    """How much a finding matters: ``note`` never fails a build."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Basis(StrEnum):
    """What is behind a verdict, firmest first: sources that were read; the place, whose state can compel there whoever
    owns what stands on its soil; or general knowledge, of some fact that a compliant one needs, or of everything that
    is said of who can compel."""

    SOURCED = "sourced"
    SOIL = "soil"
    BACKGROUND = "background"


class Finding(Struct, frozen=True, eq=False):
    """One policy's answer for one placement, told from others as itself. ``headline`` says in a sentence who, whose law,
    where."""

    policy: str
    verdict: Verdict
    severity: Severity
    resource: Resource
    placement: Placement | None
    claims: tuple[ClassClaim, ...]
    headline: Note
    remarks: tuple[Note, ...] = ()
    """Further sentences: where the end of a certificate is assumed, what a default means, what to attest."""
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()
    basis: Basis | None = None
    """``None`` where it isn't proved, and for a violation that isn't about who can compel."""
    suppressed: Suppression | None = None
    remedies: Remedies | None = None
    """What complies with all policies that bind the placement and could take its place. ``None`` where nobody looked,
    where the kind of the service isn't known, or, of what isn't proved, where nothing is proved to be better."""

    cause: Cause | None = None
    """Why it is unproven, where that is one thing that others may wait for too."""

    rests_on: tuple[str, ...] = ()
    """What it rests on: law, a referential, doctrine, a risk. None of what is about the evidence itself."""

    cites: tuple[Source, ...] = ()
    """The texts of the law that it rests on, where that isn't what its policy says of itself."""

    rests: Rests | None = None
    """What it rests on, where it complies: proof, somebody's word, or a weak fact."""

    @property
    def counts(self) -> bool:
        """Whether it is a violation or an unproven one that nothing excuses."""
        return self.verdict is not Verdict.COMPLIANT and self.suppressed is None

    @property
    def chains(self) -> tuple[Because, ...]:
        """Why: of the policy's answer, of its data classes, and of its placement."""
        placed = self.placement.because if self.placement is not None else ()
        return (*self.because, *(claim.because for claim in self.claims), *placed)

    @property
    def ground(self) -> Ground:
        """Whether it goes against law, doctrine, or a choice of the policy set."""
        return ground_of(self.rests_on)

    @property
    def span(self) -> Span:
        """Where it stands (``stands_at``)."""
        return stands_at(self.resource, self.placement)

    @property
    def identity(self) -> Identity:
        """What it is about: the parts of its fingerprint, without secrets."""
        resource, place = self.resource, self.placement
        facts = (place.role, place.provider, place.region) if place else (None, None, None)
        role, provider, region = map(_part, facts)
        return Identity(
            self.policy,
            resource.root,
            resource.variant,
            mask(resource.address),
            role,
            provider,
            region,
            _host(place.provider) if place else None,
        )


def _host(fact: Fact[str]) -> str | None:
    """The host at which nobody knows who answers, where that is why a provider isn't known."""
    host = fact.host if isinstance(fact, Unknown) else None
    return None if host is None else mask(host)


def _part(fact: Fact[str] | None) -> str | None:
    if not isinstance(fact, Known):
        return None
    return HIDDEN if fact.sensitive else mask(str(fact.value))


class PolicyText(Struct, frozen=True):
    """What a report says of a policy: its title, severity, what it rests on, its citations, how to mend and to waive.

    ``severity`` is the one that it has in the set judged by. ``longest_waiver_days`` is ``None`` where nothing bounds
    how long it may be waived."""

    id: str
    title: Bilingual
    why: Bilingual
    remedy: Bilingual
    rests_on: tuple[str, ...]
    cites: tuple[Source, ...]
    severity: Severity = Severity.ERROR
    waivable: bool = True
    longest_waiver_days: int | None = None
    data: tuple[str, ...] = ()
    """The data classes that it binds; none where it is about the evidence itself."""
    applies: Bilingual | None = None
    """Where the law that it rests on applies; ``None`` where it rests on none, or on one that is stated to bind."""


class Difference(Struct, frozen=True):
    """What was compared with: the revision as asked for and its commit. Findings that stood there already are
    suppressed, and ``left`` counts them; ``removed`` are those that stood there and stand no more; ``excused`` counts
    those that an exception covers since; ``unread`` files that couldn't be read there, so that what they held counts as
    new. ``differs``: whether it was configured otherwise, so that what is gone may only be judged no more."""

    base: str
    commit: str
    removed: tuple[Finding, ...]
    left: int = 0
    excused: int = 0
    unread: int = 0
    differs: bool = False
    moves: tuple[Move, ...] = ()
    """What is with another company, or in another region or country, than it was there."""
    elsewhere: int = 0
    """How many of the new findings stood there too, of another place: they aren't among the ``removed``."""


class SupposedFinding(Struct, frozen=True):
    """A finding as it is, and as it would be; ``None`` where nothing is found of it."""

    becomes: Becomes
    before: Finding | None
    after: Finding | None

    @property
    def told(self) -> Finding:
        """The one that would be; that which is, of one that would be gone."""
        found = self.before if self.becomes is Becomes.GONE else self.after
        assert found is not None
        return found


class SupposedOutcome(Struct, frozen=True):
    """What one supposition would change on a day (``as_of``), against the same day without it.

    ``titles`` are those of all that is supposed at once, ``where`` the place of the first. ``moves`` are placements of
    which a fact would be otherwise, ``states`` those that can compel one of the companies in use, ``companies`` the names
    of those concerned. ``before`` and ``after`` count findings by verdict.
    """

    titles: tuple[str, ...]
    where: Span
    as_of: str
    findings: tuple[SupposedFinding, ...]
    moves: tuple[Move, ...]
    states: tuple[StateChange, ...]
    companies: tuple[str, ...]
    before: Mapping[Verdict, int]
    after: Mapping[Verdict, int]

    @property
    def changes(self) -> bool:
        """Whether anything would be otherwise."""
        return bool(self.findings or self.moves or self.states)


class UnjudgedAddress(Struct, frozen=True, order=True):
    """An address that isn't judged: the place of its setting, the host, with ``*`` for what isn't known of it (empty
    where nothing is), and the name of the setting."""

    path: str
    line: int
    address: str
    name: str


class Coverage(Struct, frozen=True):
    """How much was read and judged. ``resources = placed + config + unplaced``. ``classified`` counts what carries a
    data class, an assumed one only where it can be judged. ``skipped`` are files that weren't recognised.

    ``ignored`` counts files that would be read and that patterns leave out, where nobody can tell whether git tracks
    them.
    """

    files: int = 0
    failed: int = 0
    skipped: int = 0
    resources: int = 0
    placed: int = 0
    config: int = 0
    unplaced: int = 0
    classified: int = 0
    class_unknown: int = 0
    ignored: int = 0
    left_out: int = 0
    """Files for developers alone that are left out (``exclude_local``)."""
    unread: tuple[tuple[UnreadKind, tuple[str, ...]], ...] = ()
    """Kinds of files that were recognised and that nobody reads, with their paths."""
    code: tuple[tuple[UnreadKind, int], ...] = ()
    """Kinds of which only the number of files is told (application code), the most first."""

    shown: tuple[UnjudgedAddress, ...] = ()
    """Addresses to which nothing is taken to be sent, since their names say that they are only shown or fetched; sorted."""

    doubtful: tuple[UnjudgedAddress, ...] = ()
    """Addresses that count only of a class that is declared, where only an assumed or inferred one is; sorted."""

    assumed: int = 0
    """How many of the ``classified`` ones carry an assumed class and no other."""

    unread_alone: tuple[UnreadKind, ...] = ()
    """Kinds of the ``unread`` that declare infrastructure, where nothing that anybody reads was placed or judged."""

    def falls_short(self, percent: int) -> bool:
        """Whether fewer than ``percent`` of the resources carry a data class that isn't only assumed; never where there
        are none."""
        return (self.classified - self.assumed) * 100 < percent * self.resources


class ToLabel(Struct, frozen=True):
    """Something that no class is declared for, the class that it may hold, and the words of the command that declares it:
    none where no such command would do."""

    resource: Resource
    data_class: str
    command: tuple[str, ...] = ()


class Report(Struct, frozen=True):
    """Everything that a reporter may say. Pure data: rendering reads no file."""

    as_of: str
    catalogue_date: str
    policy_set: str
    placed: tuple[Placed, ...]
    flows: tuple[Flow, ...]
    findings: tuple[Finding, ...]
    """All of them, compliant ones too; reporters leave those out unless ``show_compliant``."""
    failures: tuple[Failure, ...]
    remarks: tuple[Remark, ...]
    coverage: Coverage
    policies: Mapping[str, PolicyText]
    excerpts: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Source lines by (path, line), already masked, for every span that a finding shows."""
    show_compliant: bool = False
    config_keys: Mapping[str, Span] = field(default_factory=dict)
    """Where the keys of the configuration stand, by the path to them: what is proposed goes below them."""
    min_classified: int | None = None
    assumed: str | None = None
    unjudged_roles: int = 0
    """Resources whose role isn't known and whose class is only read from names: counted, not judged."""
    hds_scope: str = "strict"
    left_out: int = 0
    """Resources that a policy leaves out only by the reading of ``hds_scope`` that was chosen."""
    facts_only: bool = False
    exceptions: tuple[Audited, ...] = ()
    """Every ignore comment, waiver and entry of the baseline, and what became of it."""
    attestations: tuple[Vouched, ...] = ()
    """Every attestation, and what became of it."""
    difference: Difference | None = None
    rules: tuple[OwnRule, ...] = ()
    """What the run goes by that doesn't ship, and what it passed over (``own``, ``by_default``)."""
    affected: bool = False
    """Whether it tells only what changed files can affect."""
    provenance: Provenance | None = None
    """What it was made of; ``None`` where nobody gathered that."""
    world: World = field(default_factory=World)
    """What states, areas, classes and companies are called, and the laws of the day."""
    label_first: tuple[ToLabel, ...] = ()
    """What to label first where nothing says what data it holds, as far as somebody looked."""
    next_steps: tuple[NextStep, ...] = ()
    """What to do next, as far as somebody looked: what settles most first."""
    root_from_here: str = ""
    """The path to the git root from where the scan was run, where that is elsewhere: commands need it."""
    supposed: tuple[SupposedOutcome, ...] = ()
    """What would be otherwise by each supposition alone; and by all of them at once, where there are several."""

    @property
    def own(self) -> tuple[OwnRule, ...]:
        """What of its rules is otherwise than it ships."""
        return tuple(rule for rule in self.rules if rule.kind not in BY_DEFAULT)

    @property
    def by_default(self) -> tuple[OwnRule, ...]:
        """What every run passes over, or reads all the same: part of what was covered."""
        return tuple(rule for rule in self.rules if rule.kind in BY_DEFAULT)

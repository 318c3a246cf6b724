"""The third stage: what policies find, and what excuses it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.configuration.config import POLICY_SET, Config
from sovlint.model.attestation import Vouched
from sovlint.model.exception import Audited
from sovlint.model.findings.finding import Finding
from sovlint.model.findings.remedy import Market
from sovlint.model.findings.rests import Rests, WordFinder
from sovlint.model.placement import Placed
from sovlint.model.world import World
from sovlint.policy.binding.bind import reach
from sovlint.policy.evaluate import Judgement, evaluate
from sovlint.policy.housekeeping import undone
from sovlint.policy.inventory_differences import differing
from sovlint.policy.load import load as load_policies
from sovlint.policy.policies import (
    ATTESTATION_ENDS_SOON,
    DATA_CLASS_JUDGED,
    DATA_CLASS_KNOWN,
    SAAS_IN_INVENTORY,
    SAAS_PROCESSOR_CONTRACT,
    Policy,
    PolicySet,
    policy_texts,
)
from sovlint.policy.processor_contracts import without_contract
from sovlint.policy.unjudged import UnreadData, unread
from sovlint.resolve.classes.labelled import Declarations, redefined
from sovlint.resolve.peers import Peers
from sovlint.stages.carried_classes import CarriedClasses, half_read
from sovlint.stages.place import PlaceResult
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Rulebook, Run
from sovlint.stages.unread import unread_data, unread_files


class JudgeResult(Struct, frozen=True):
    """The findings, as exceptions excuse them, and what became of these and of the attestations."""

    judgement: Judgement = Judgement((), (), 0)
    exceptions: tuple[Audited, ...] = ()
    attestations: tuple[Vouched, ...] = ()


def judge_placed(
    run: Run, rulebook: Rulebook, read: ReadResult, placed: PlaceResult
) -> JudgeResult:
    """Judge what was asked for; nothing where only facts were."""
    if run.request.facts_only:
        return JudgeResult()
    return _Judge(run, rulebook, read, placed).result()


class _Judge:
    """One run's judging."""

    def __init__(
        self, run: Run, rulebook: Rulebook, read: ReadResult, placed: PlaceResult
    ) -> None:
        self._run = run
        self._rulebook = rulebook
        self._read = read
        self._placed = placed
        self._day = run.request.as_of
        self._world: World = rulebook.catalog.world(self._day)
        self._guards = _guards(run, rulebook.policy_set)

    def result(self) -> JudgeResult:
        """The findings of all kinds, excused; then what became of exceptions and attestations."""
        market = Peers(self._rulebook.catalog, self._placed.attested, self._day)
        judgement = self._evaluated(self._placed.reported, market)
        judgement = _with(
            judgement,
            (*self._differences(), *self._contracts(), *self._redefined(), *self._unread()),
        )
        judgement = _with_words(judgement, self._run.config)
        judgement, vouched = self._vouched(judgement)
        judgement, audited = self._excused(judgement)
        return JudgeResult(judgement, audited, vouched)

    def _evaluated(self, placed: Sequence[Placed], market: Market | None = None) -> Judgement:
        policy_set, request = self._rulebook.policy_set, self._run.request
        return evaluate(
            placed,
            policy_set,
            self._world,
            request,
            self._placed.attested,
            self._guards,
            market,
        )

    def _differences(self) -> Iterable[Finding]:
        """Where inventory and code differ."""
        policy = self._rulebook.policy_set.housekeeping[SAAS_IN_INVENTORY]
        return differing(self._placed.mismatches, policy, self._world)

    def _contracts(self) -> Iterable[Finding]:
        """Processors that the inventory lists without a contract."""
        policy = self._rulebook.policy_set.housekeeping[SAAS_PROCESSOR_CONTRACT]
        return without_contract(self._placed.reported, policy, self._world)

    def _redefined(self) -> Iterable[Finding]:
        """Words of the catalogue to which the configuration gives another class."""
        if not self._placed.asked.whole:
            return ()
        words = redefined(self._placed.class_rules, self._rulebook.catalog)
        return undone(words, self._rulebook.policy_set.housekeeping[DATA_CLASS_KNOWN])

    def _unread(self) -> Iterable[Finding]:
        """Classes given to files that nobody reads, and those that such files declare."""
        rules, rulebook = self._placed.class_rules, self._rulebook
        request, policy_set = self._run.request, rulebook.policy_set
        found = (
            *unread_data(rules.paths, rulebook, self._read, self._placed.asked),
            *self._said_unread(),
        )
        binding = [
            (policy, reach(policy, self._world.covers, request.hds_scope, request.assume))
            for policy in (*policy_set.law, *policy_set.policies)
        ]
        policy = policy_set.housekeeping[DATA_CLASS_JUDGED]
        return unread(found, policy, binding, self._world)

    def _said_unread(self) -> Iterable[UnreadData]:
        """What files declare themselves that nobody reads, or that nothing which is read of them carries; but for tests,
        examples and other people's files."""
        kinds = unread_files(self._rulebook, self._read, self._placed.asked)
        read = half_read(self._read, self._placed.placed, self._placed.asked)
        passing = self._rulebook.hints.formats.passing
        met = {**dict.fromkeys(read), **kinds}
        here = {path: kind for path, kind in met.items() if not passing(path)}
        if not here:
            return ()
        from sovlint.stages.unread_classes import declared_unread

        rules = self._placed.class_rules
        words = Declarations(rules, self._rulebook.catalog)
        carried = CarriedClasses(self._placed.placed, self._read.reading.units)
        return declared_unread(here, self._read.repository, rules.keys, words, carried)

    def _vouched(self, judgement: Judgement) -> tuple[Judgement, tuple[Vouched, ...]]:
        """With what there is to say of attestations, and what became of each that bears on what is reported."""
        if not self._placed.attested:
            return judgement, ()
        from sovlint.exceptions.attestations import audit, housekeeping

        asked, policy_set = self._placed.asked, self._rulebook.policy_set
        soon = policy_set.housekeeping[ATTESTATION_ENDS_SOON].within_days
        found = audit(
            self._placed.attested, self._placed.placed, judgement.findings, self._day, soon
        )
        here = [each for each in found if asked.path(each.where.path)]
        bearing = tuple(each for each in found if each.turned or asked.path(each.where.path))
        return _with(judgement, housekeeping(here, policy_texts(policy_set))), bearing

    def _excused(self, judgement: Judgement) -> tuple[Judgement, tuple[Audited, ...]]:
        """As ignore comments, waivers and the baseline excuse it, and what became of each of these."""
        run, asked, policy_set = self._run, self._placed.asked, self._rulebook.policy_set
        ignores = () if run.request.no_inline_ignores else self._read.reading.ignores
        if not (ignores or run.config.waivers or run.baseline):
            return judgement, ()
        from sovlint.exceptions.apply import Exceptions, apply
        from sovlint.exceptions.ledger import Rules

        # What isn't reported is judged too: an exception that is needed there is in use.
        elsewhere = self._evaluated(self._placed.elsewhere)
        rules = Rules(policy_texts(policy_set), policy_set.known, self._day)
        exceptions = Exceptions(ignores, run.config.waivers, run.baseline)
        outcome = apply(judgement.findings, elsewhere.findings, exceptions, rules, asked.path)
        return replace(judgement, findings=outcome.findings), outcome.audited


def _guards(run: Run, policy_set: PolicySet) -> tuple[Policy, ...]:
    """Nothing is advised that surely violates the default set, whichever set is judged by."""
    usual = (
        policy_set
        if policy_set.id == POLICY_SET
        else load_policies(run.request.policy, POLICY_SET)
    )
    return usual.policies


def _with(judgement: Judgement, findings: Iterable[Finding]) -> Judgement:
    return replace(judgement, findings=(*judgement.findings, *findings))


def _with_words(judgement: Judgement, config: Config) -> Judgement:
    """The same, in which what complies by somebody's word says so."""
    words = WordFinder({span.path for span in config.keys.values()})
    findings = tuple(
        replace(one, rests=Rests.WORD)
        if one.rests is not None and words.is_in(one.chains)
        else one
        for one in judgement.findings
    )
    return replace(judgement, findings=findings)

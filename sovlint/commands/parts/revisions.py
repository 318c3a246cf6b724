"""A run held against another revision: what is new since, and what it is by the rules of that revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from msgspec.structs import replace

from sovlint.commands.parts import settled
from sovlint.configuration.config import POLICY_SET
from sovlint.errors import SovlintError
from sovlint.exceptions.difference import ComparedWith, compared
from sovlint.exceptions.own_exceptions import audit, brought
from sovlint.exceptions.renames import as_renamed
from sovlint.exceptions.shipped_rules import SHIPPED, stricter, told_more
from sovlint.exceptions.two_results import by_both
from sovlint.files.revision import Revision, commit_of, renames, unpacked
from sovlint.files.scan_place import ScanPlace, locate
from sovlint.lint import Linted, linted
from sovlint.model.exception import Ignore, Kind
from sovlint.model.findings.change import revision_words
from sovlint.model.findings.finding import Finding, Report
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.model.findings.provenance import Provenance
from sovlint.model.placement import Placed
from sovlint.model.request import Request
from sovlint.policy.labels_ratchet import labels_fell
from sovlint.policy.removed_classes import fewer_declared
from sovlint.stages.governing import Side, differs, edited
from sovlint.stages.other_rulebook import by_rules_of
from sovlint.stages.removed import Judging, declared_by_both, with_removed
from sovlint.stages.run import Rulebook, Run, load_rulebook
from sovlint.stages.whose_rules import both_rules, counts


def held_against(own: Linted, given: Request) -> Report:
    """The report of a run as the revisions that were asked for make it.

    Raises ``SovlintError`` where there is no such revision.
    """
    place = locate(given.places, gone=given.affected)
    with ExitStack() as stack:
        base = stack.enter_context(
            unpacked(place.root, given.diff_base or given.rules_from or "")
        )
        rules = None
        if given.rules_from is not None:
            same = commit_of(place.root, given.rules_from) == base.commit
            found = (
                base if same else stack.enter_context(unpacked(place.root, given.rules_from))
            )
            rules = replace(found, name=given.rules_from)
        return _Comparison(own, given, place, base, rules).report()


class _Comparison:
    """One run against the revision that it is compared with, and the one by whose rules it is judged."""

    def __init__(
        self,
        own: Linted,
        given: Request,
        place: ScanPlace,
        base: Revision,
        rules: Revision | None,
    ) -> None:
        self._own = own
        self._given = given
        self._place = place
        self._base = base
        self._rules = rules
        self._renames = renames(place.root, base.commit)
        self._broken = ""
        settled = self._settled(rules) if rules else None
        self._theirs = settled and settled[0]
        self._rulebook = settled and settled[1]
        self._differs = False

    def report(self) -> Report:
        """The report: by both rules where two were asked for, then against what stood."""
        before = self._before()
        found = self._renamed(before)
        judging = self._judging()
        report, stood = self._judged(judging, found)
        were = self._declared(found) if found else ()
        by = Judging(judging.run, judging.rulebook, self._comments())
        report = with_removed(report, were, self._own.report.placed, by)
        fewer = fewer_declared(were, self._own.report.placed, report.world)
        told = filter(None, [self._labels(were), fewer, *self._edited(before)])
        report = replace(report, rules=(*report.rules, *told))
        if self._given.diff_base is None:
            return report
        base = ComparedWith(self._base.name, self._base.commit, found, self._differs)
        return compared(report, base, stood)

    def _declared(self, found: Report) -> Sequence[Placed]:
        """What the base held. Where its own configuration isn't that by which it is judged, since the target has gone on,
        only what it declared by both."""
        then = settled.at_revision(self._given, self._place, self._base.folder)
        rules = self._rules
        if rules is None or rules.commit == self._base.commit or not (then and self._theirs):
            return found.placed
        try:
            run = settled.run(then)
        except SovlintError:  # it has no rules of its own that can be read
            return found.placed
        if _configured(run) == _configured(self._theirs):
            return found.placed
        own = self._renamed(self._at(self._base, run))
        return found.placed if own is None else declared_by_both(own.placed, found.placed)

    def _labels(self, were: Sequence[Placed]) -> OwnRule | None:
        """That the share of labelled resources fell, where either side's rules let it only rise."""
        runs = (self._own.run, *filter(None, [self._theirs]))
        if not any(run.request.ratchet for run in runs):
            return None
        from sovlint.commands.parts.first_labels import labeller_of  # late: few need it

        own = self._own.report
        drafts = labeller_of(own, self._own).drafts
        return labels_fell(were, own.placed, self._base.name, drafts)

    def _settled(self, rules: Revision) -> tuple[Run, Rulebook] | None:
        """The run that the configuration of the revision makes of what was asked, with its policies: that which ships
        makes, where it can't be read; ``None`` where there is none, and here is one."""
        asked = settled.by_rules_at(self._given, self._place, rules.folder)
        if asked is None:
            return None
        try:
            found = settled.run(asked)
            rulebook = load_rulebook(found)
        except SovlintError as error:  # what is wrong there is what the change may mend
            self._broken = _without(rules.folder, error.message)
            found = settled.without_configuration(self._given)
            return found, load_rulebook(found)
        if self._own.run.config.path and not found.config.path:
            return None
        return found, rulebook

    def _joint(self, root: Path) -> Run | None:
        """The rules of the revision for the files at ``root``."""
        if self._theirs is None:
            return None
        return by_rules_of(self._theirs, self._own.run, root, self._base.paths, self._renames)

    def _before(self) -> Linted | None:
        """The same scan of the revision compared with; ``None`` where nothing of what was asked for was there."""
        then = settled.at_revision(self._given, self._place, self._base.folder)
        if then is None:
            return None
        joint = self._joint(self._base.folder)
        if joint is not None:
            found = self._at(self._base, self._then(joint, then), self._rulebook)
            if not self._broken:
                return found
            return replace(found, report=stricter(self._by_own(then).report, found.report))
        own = self._own.run
        try:
            before = settled.run(then, otherwise=own.config)
            rulebook = load_rulebook(before)
        except SovlintError:  # it is judged as things are now
            self._differs = True
            return self._by_own(then)
        self._differs = _configured(before) != _configured(own)
        return self._at(self._base, before, rulebook)

    def _renamed(self, before: Linted | None) -> Report | None:
        """What stood before, by the names that its files have now."""
        if before is None:
            return None
        are = self._own.read.repository.paths
        return as_renamed(before.report, self._renames, self._base.paths, are)

    def _by_own(self, then: Request) -> Linted:
        """The revision compared with, by the rules of the change."""
        return self._at(
            self._base, replace(self._then(self._own.run, then), provenance=False)
        )

    def _then(self, run: Run, then: Request) -> Run:
        """A run of what was there of what was asked for."""
        return replace(
            run, request=replace(run.request, paths=then.paths, var_file=self._files(then))
        )

    def _files(self, then: Request) -> tuple[Path, ...]:
        """The files of values that were there, relative to the root of the revision."""
        return tuple(path.relative_to(self._base.folder) for path in then.var_file)

    def _judging(self) -> Linted:
        """What judges: the run by the rules of the revision, without ignore comments; our own where none was asked for.

        What was read serves again where the rules are the same."""
        own = self._own
        if self._rules is None:
            return own
        joint = self._joint(self._place.root)
        if joint is not None and self._theirs is not None:
            rules = Side(self._rules.folder, self._rules.paths, self._theirs)
            if differs(rules, self._here()):
                return self._at(self._rules, _without_comments(joint), self._rulebook)
        if any(_is_inline(each) for each in own.report.findings):
            return linted(_without_comments(own.run), own.rulebook, read=own.read)
        return own

    def _judged(
        self, judging: Linted, before: Report | None
    ) -> tuple[Report, frozenset[Finding] | None]:
        """The report by both rules, and which of its findings stood before, where that is known by now."""
        own, rules = self._own.report, self._rules
        if rules is None:
            return own, None
        only_new = self._given.diff_base is not None
        name = SHIPPED if self._broken else rules.name
        both = by_both(
            own,
            judging.report,
            before,
            name,
            only_new=only_new,
            stricter=bool(self._broken),
            answers=brought(
                self._own.run.config.attestations, judging.run.config.attestations
            ),
        )
        theirs = replace(judging.report, rules=tuple(self._home(judging.report.rules, rules)))
        exceptions = audit(own, theirs, both.findings, name)
        report = replace(
            theirs,
            findings=both.findings,
            failures=tuple(dict.fromkeys((*own.failures, *theirs.failures))),
            remarks=tuple(dict.fromkeys((*own.remarks, *theirs.remarks))),
            excerpts={**theirs.excerpts, **own.excerpts},
            exceptions=exceptions,
            rules=(
                *self._told(rules, both.findings),
                *both_rules(own, theirs, exceptions),
            ),
            provenance=_dated(own, theirs),
        )
        return report, both.stood

    def _told(self, rules: Revision, found: Sequence[Finding]) -> Iterator[OwnRule]:
        """By whose rules it is judged, and what those that ship would make of it where the revision has none."""
        kind = RuleKind.RULES_FROM if self._theirs else RuleKind.RULES_ABSENT
        details = tuple(counts(self._own.report.findings, found))
        if self._broken:
            kind, details = RuleKind.RULES_BROKEN, (RuleDetail(self._broken), *details)
        yield OwnRule(kind, (revision_words(rules.name, rules.commit),), details=details)
        if self._theirs is None:
            yield from self._beyond(found)

    def _home(self, found: Iterable[OwnRule], rules: Revision) -> Iterator[OwnRule]:
        """Rules whose files lie in the folder of the revision, by where they are in the repository."""
        for each in found:
            path = each.path and self._place.root.joinpath(each.path).resolve()
            if path and path.is_relative_to(rules.folder):
                each = replace(each, path=path.relative_to(rules.folder).as_posix())
            yield each

    def _beyond(self, found: Sequence[Finding]) -> Iterator[OwnRule]:
        """What would count by the rules that ship besides."""
        run = settled.without_configuration(self._given)
        rulebook = load_rulebook(run)

        def by_shipped(root: Path) -> Run:
            return by_rules_of(run, self._own.run, root, self._base.paths, self._renames)

        then = settled.at_revision(self._given, self._place, self._base.folder)
        there = by_shipped(self._base.folder)
        stood = self._at(self._base, self._then(there, then), rulebook) if then else None
        here = linted(_without_comments(by_shipped(self._place.root)), rulebook)
        only_new = self._given.diff_base is not None
        yield from told_more(found, here.report, self._renamed(stood), only_new)

    def _comments(self) -> tuple[Ignore, ...]:
        """The ignore comments that hold for what the change brings: none, where it is judged by other rules."""
        if self._rules is not None or self._given.no_inline_ignores:
            return ()
        return self._own.read.reading.ignores

    def _here(self) -> Side:
        read = self._own.read
        return Side(
            self._place.root, read.repository.paths, self._own.run, read.reading.ignores
        )

    def _edited(self, before: Linted | None) -> Iterator[OwnRule]:
        """What the change edits of what governs the run, and what of the revision wasn't compared."""
        base = self._base
        run = before.run if before else self._own.run
        if self._theirs is not None and self._rules is not None:
            run = self._theirs if self._rules.folder == base.folder else run
        ignores = before.read.reading.ignores if before else ()
        yield from edited(Side(base.folder, base.paths, run, ignores), self._here())
        for kind, names in (
            (RuleKind.SUBMODULES, base.submodules),
            (RuleKind.POINTERS, base.pointers),
            (RuleKind.ABSENT_THERE, base.absent),
            (RuleKind.LEFT_THERE, base.left),
        ):
            if names:
                yield OwnRule(kind, names)

    def _at(self, revision: Revision, run: Run, rulebook: Rulebook | None = None) -> Linted:
        """A run of a revision's files or rules, whose errors name no folder of ours."""
        try:
            return linted(run, rulebook)
        except SovlintError as error:
            folder = revision.folder
            said, hint = _without(folder, error.message), _without(folder, error.hint)
            raise SovlintError(f"At {revision.name}: {said}", hint) from None


def _without(folder: Path, said: str) -> str:
    """What is said of files in a folder of ours, without it."""
    return said.replace(f"{folder}/", "").replace(str(folder), ".")


def _dated(own: Report, theirs: Report) -> Provenance | None:
    """What was scanned, and how old the sources are by which it is judged."""
    if own.provenance is None or theirs.provenance is None:
        return own.provenance
    return replace(own.provenance, dates=theirs.provenance.dates)


def _without_comments(run: Run) -> Run:
    return replace(
        run, request=replace(run.request, no_inline_ignores=True), provenance=False
    )


def _is_inline(finding: Finding) -> bool:
    return finding.suppressed is not None and finding.suppressed.kind is Kind.INLINE


def _configured(run: Run) -> object:
    """What tells one configuration from another: the bytes of its file, if it has one, and the policy set."""
    path = run.config.path
    return path.read_bytes() if path is not None and path.is_file() else None, Path(
        run.request.policy_set or POLICY_SET
    ).name

"""The whole pipeline: paths -> files -> resources -> placements and classes -> findings -> exceptions -> report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.catalog.load import load as load_catalog
from sovlint.configuration.config import POLICY_SET, Config
from sovlint.configuration.config_file import NAME, PYPROJECT
from sovlint.configuration.entries import relative
from sovlint.files.asked import Asked, ByChange, ByPath
from sovlint.files.discover import Repository, changes, discover, gone, left_of, locate
from sovlint.files.walk import IGNORE_FILE, upwards
from sovlint.frontends.registry import FRONT_ENDS, claimed
from sovlint.frontends.stack import deepen_stack
from sovlint.model.attestation import Attestation, Vouched
from sovlint.model.exception import Audited, Ignore
from sovlint.model.findings.finding import Coverage, Finding, Report
from sovlint.model.placement import Placed
from sovlint.model.redaction.redact import mask_line
from sovlint.model.request import Request
from sovlint.model.resource import Failure, Reading, Remark
from sovlint.model.source import SourceFile
from sovlint.model.unread import UnreadKind, UnreadKinds
from sovlint.own_rules import own_rules
from sovlint.policy.bind import STRICT
from sovlint.policy.evaluate import Judgement, evaluate
from sovlint.policy.housekeeping import undone
from sovlint.policy.inventory import differing
from sovlint.policy.load import load as load_policies
from sovlint.policy.policies import (
    ATTESTATION_ENDS_SOON,
    ATTESTATION_IN_ORDER,
    DATA_CLASS_KNOWN,
    SAAS_IN_INVENTORY,
    Policy,
    PolicySet,
    policy_texts,
)
from sovlint.report.pieces.trail import shown_spans
from sovlint.resolve.classes.labelled import redefined
from sovlint.resolve.clusters.clusters import undeclared
from sovlint.resolve.facts.terms import in_use
from sovlint.resolve.peers import Peers
from sovlint.resolve.resolver import resolve, settle
from sovlint.resolve.sameness import joined as joined_services

if TYPE_CHECKING:
    from sovlint.exceptions.baseline_file import Baseline


class Run(Struct, frozen=True):
    """A settled request, and what was read of the files that it and the configuration name."""

    request: Request
    config: Config = Config()
    baseline: Baseline | None = None
    edited: Mapping[str, bytes] | None = None
    """By absolute real path, what files would hold that ``sovlint label`` is about to write."""


def lint(run: Run) -> Report:
    """Read, place and judge. Raises ``SovlintError`` for bad usage, configuration, policies or catalogue."""
    request, config = run.request, run.config
    catalog = load_catalog(request.catalog)
    policy_set = load_policies(request.policy, request.policy_set or POLICY_SET)
    repository = discover(_reading(request), config.exclude, run.edited)
    deepen_stack()
    options = config.read_options(dict(request.var), tuple(path.as_posix() for path in request.var_file))
    hints = catalog.hints()
    reading = joined(front_end(repository, options, hints) for front_end in FRONT_ENDS.values())
    reading = _settled(reading, catalog, request.as_of)
    rules = replace(config.data, assume=request.assume)
    attested = _attested(config.attestations, repository, policy_set, request.as_of)
    used, of_terms = in_use(reading.resources, request.as_of)
    reading = replace(reading, remarks=(*reading.remarks, *of_terms))
    placed, flows = resolve(used, catalog, rules, attested, request.as_of, reading.looked_up)
    placed, mismatches = joined_services(placed, catalog)
    asked = asking(run, repository, reading, placed)
    reported = _sorted(each for each in placed if asked.resource(each.resource))
    judgement = Judgement((), (), 0)
    audited: tuple[Audited, ...] = ()
    vouched: tuple[Vouched, ...] = ()
    if not request.facts_only:
        judge = partial(
            evaluate,
            policy_set=policy_set,
            world=catalog.world(request.as_of),
            request=request,
            attestations=attested,
            guards=_guards(request, policy_set),
        )
        judgement = judge(reported, market=Peers(catalog, attested, request.as_of))
        told = (each for each in mismatches if asked.resource(each.resource))
        differences = differing(told, policy_set.housekeeping[SAAS_IN_INVENTORY], catalog.world(request.as_of))
        words = undone(redefined(rules, catalog), policy_set.housekeeping[DATA_CLASS_KNOWN]) if asked.whole else ()
        judgement = replace(judgement, findings=(*judgement.findings, *differences, *words))
        judgement, vouched = _vouched(judgement, attested, placed, request, policy_set, asked)
        ignores = () if request.no_inline_ignores else reading.ignores
        if ignores or config.waivers or run.baseline:
            # What isn't reported is judged too: an exception that is needed there is in use.
            elsewhere = judge(_sorted(each for each in placed if not asked.resource(each.resource)))
            judgement, audited = _excused(judgement, elsewhere, ignores, run, policy_set, asked)
    own = own_file(config, repository)
    failures = tuple(each for each in reading.failures if asked.path(each.path) or each.path == own)
    ignored = [path for path in claimed(repository.ignored, repository, hints) if asked.path(path)]
    left = unread(catalog.unread, repository.paths, reading, asked)
    covered = coverage(reported, reading, failures, asked, own, left, bool(rules.assume))
    return Report(
        as_of=request.as_of.isoformat(),
        catalogue_date=catalog.date,
        policy_set=policy_set.id,
        placed=reported,
        flows=tuple(flow for flow in flows if asked.resource(flow.source)),
        findings=judgement.findings,
        failures=failures,
        remarks=(
            *_remarks(reading, repository, asked, config, judgement, own),
            *undeclared(each.resource for each in reported),
            *gone(request.changed or (), repository.root),
        ),
        coverage=replace(covered, ignored=len(ignored)),
        policies=policy_texts(policy_set),
        excerpts=excerpts(judgement.findings, repository, frozenset(reading.unquoted)),
        show_compliant=request.show is not None,
        min_classified=request.min_classified,
        assumed=rules.assume,
        unjudged_roles=judgement.unjudged_roles,
        hds_scope=request.hds_scope or STRICT,
        left_out=judgement.left_out,
        facts_only=request.facts_only,
        exceptions=audited,
        attestations=vouched,
        rules=tuple(own_rules(policy_set, catalog, config, repository, asked)),
        affected=request.changed is not None,
    )


def _settled(reading: Reading, catalog: Catalog, day: date) -> Reading:
    """What was read, with where the clusters are that manifests land on."""
    resources, remarks = settle(reading, catalog, day)
    return replace(reading, resources=resources, remarks=(*reading.remarks, *remarks))


def _attested(
    attestations: tuple[Attestation, ...], repository: Repository, policy_set: PolicySet, day: date
) -> tuple[Attestation, ...]:
    """The attestations with why they don't count, where they don't."""
    if not attestations:
        return ()
    from sovlint.exceptions.attestations import weighed

    return weighed(attestations, repository.digest, policy_set.housekeeping[ATTESTATION_IN_ORDER].longest_months, day)


def _vouched(
    judgement: Judgement,
    attested: tuple[Attestation, ...],
    placed: tuple[Placed, ...],
    request: Request,
    policy_set: PolicySet,
    asked: Asked,
) -> tuple[Judgement, tuple[Vouched, ...]]:
    """A judgement with what there is to say of attestations, and what became of each that bears on what is reported."""
    if not attested:
        return judgement, ()
    from sovlint.exceptions.attestations import audit, housekeeping

    soon = policy_set.housekeeping[ATTESTATION_ENDS_SOON].within_days
    found = audit(attested, placed, judgement.findings, request.as_of, soon)
    here = [each for each in found if asked.path(each.where.path)]
    said = tuple(housekeeping(here, policy_texts(policy_set)))
    told = tuple(each for each in found if each.turned or asked.path(each.where.path))
    return replace(judgement, findings=(*judgement.findings, *said)), told


def _excused(
    judgement: Judgement,
    elsewhere: Judgement,
    ignores: tuple[Ignore, ...],
    run: Run,
    policy_set: PolicySet,
    asked: Asked,
) -> tuple[Judgement, tuple[Audited, ...]]:
    """A judgement as ignore comments, waivers and the baseline excuse it, and what became of each of these."""
    from sovlint.exceptions.apply import Exceptions, apply  # imported late: 0.02 s, and most runs have none
    from sovlint.exceptions.ledger import Rules

    rules = Rules(policy_texts(policy_set), policy_set.known, run.request.as_of)
    exceptions = Exceptions(ignores, run.config.waivers, run.baseline)
    outcome = apply(judgement.findings, elsewhere.findings, exceptions, rules, asked.path)
    return replace(judgement, findings=outcome.findings), outcome.audited


GOVERNING: Final = (NAME, IGNORE_FILE, "Chart.yaml")
"""Names of files that say how others are read: a configuration, what git ignores, and what makes a folder a chart."""


def asking(run: Run, repository: Repository, reading: Reading, placed: Sequence[Placed] = ()) -> Asked:
    """What of all that is read the run was asked for; a change to what it runs by can affect everything."""
    request, config = run.request, run.config
    if request.changed is None:
        return ByPath(repository)
    changed = changes(request.changed, repository.root)
    own = [config.path, *config.waiver_files, *request.policy, *request.catalog, request.baseline]
    own.append(Path(request.policy_set or POLICY_SET))  # the name of a set is no path here, and does no harm
    own += [repository.root / each.proof.path for each in config.attestations if each.proof and each.proof.path]
    runs_by = {name for path in own if path is not None for name in _names(path, repository.root)}
    if any(not path or _bears_on_all(path, runs_by, repository) for path in changed):
        return ByPath(repository)
    return ByChange(_with_folders(changed, repository), reading.units, placed)


def _names(path: Path, root: Path) -> tuple[str, str]:
    """A file or folder relative to ``root``, by its name and by what it leads to where it is a link."""
    return relative(path, root), relative(path.resolve(), root)


def _bears_on_all(path: str, runs_by: Collection[str], repository: Repository) -> bool:
    """Whether a changed file may change all that is said: something that this run goes by, or another would have."""
    name = path.rpartition("/")[2]
    lost = name == PYPROJECT and path not in repository.paths
    return name in GOVERNING or lost or any(part in runs_by for part in upwards(path))


def _with_folders(changed: Iterable[str], repository: Repository) -> set[str]:
    """Changed paths, all files below those that are folders, and links to any of them."""
    named = set(changed)
    below = {path for path in repository.paths if any(part in named for part in upwards(path))}
    return named.union(below, *map(repository.links_to, named))


def _reading(request: Request) -> tuple[Path, ...]:
    """What is read: whatever a change can affect may stand anywhere below the git root. Without one, the folders where
    the changes are: what lies above them may be the whole disk."""
    if request.changed is None:
        return request.places
    place = locate(request.places, gone=True)
    if place.git:
        return (place.root,)
    return tuple({left if left.is_dir() else left.parent for left in map(left_of, request.places)})


def _guards(request: Request, policy_set: PolicySet) -> tuple[Policy, ...]:
    """Nothing is advised that surely violates the default set, whichever set is judged by."""
    usual = policy_set if policy_set.id == POLICY_SET else load_policies(request.policy, POLICY_SET)
    return usual.policies


def _sorted(placed: Iterable[Placed]) -> tuple[Placed, ...]:
    return tuple(sorted(placed, key=lambda each: each.resource.identity))


def joined(readings: Iterable[Reading]) -> Reading:
    """What all front ends read, as one."""
    each = list(readings)
    return Reading(
        tuple(resource for reading in each for resource in reading.resources),
        tuple(failure for reading in each for failure in reading.failures),
        tuple(remark for reading in each for remark in reading.remarks),
        tuple(path for reading in each for path in reading.files),
        tuple(path for reading in each for path in reading.skipped),
        tuple(ignore for reading in each for ignore in reading.ignores),
        tuple(unit for reading in each for unit in reading.units),
        tuple(path for reading in each for path in reading.unquoted),
        tuple(reach for reading in each for reach in reading.reaches),
        tuple(resource for reading in each for resource in reading.looked_up),
        tuple(kind_and_path for reading in each for kind_and_path in reading.unread),
    )


def own_file(config: Config, repository: Repository) -> str | None:
    """The configuration among the files of the repository: it was read, if by no front end."""
    if config.path is None or not config.path.is_relative_to(repository.root):
        return None
    return config.path.relative_to(repository.root).as_posix()


def unread(kinds: UnreadKinds, paths: Iterable[str], reading: Reading, asked: Asked) -> Mapping[str, UnreadKind]:
    """The files of a kind that nobody reads, with that kind, by their names or as a front end found them; one that some
    front end read all the same isn't among those told by their names."""
    told = {path: kind for path in paths if (kind := kinds.of(path)) is not None and asked.path(path)}
    for path in reading.files if told else ():
        told.pop(path, None)
    return {**told, **{path: kinds.named(kind) for kind, path in reading.unread if asked.path(path)}}


def coverage(
    placed: tuple[Placed, ...],
    reading: Reading,
    failures: tuple[Failure, ...],
    asked: Asked,
    configuration: str | None,
    unread: Mapping[str, UnreadKind],
    assumed: bool,
) -> Coverage:
    """How much was read, placed and classified. ``assumed``: a class is assumed of whatever has none, and counts where
    it can be judged."""
    payload = [each for each in placed if not each.is_config]
    unplaced = sum(1 for each in payload if not each.is_placed)
    told = {configuration, *reading.files, *unread}
    counted = Counter(unread.values())
    return Coverage(
        files=len({path for path in reading.files if asked.path(path)}),
        failed=len({failure.path for failure in failures}),
        skipped=len({path for path in reading.skipped if asked.path(path) and path not in told}),
        resources=len(placed),
        placed=len(payload) - unplaced,
        config=len(placed) - len(payload),
        unplaced=unplaced,
        classified=sum(1 for each in placed if each.classes.claims and not (assumed and each.is_unjudged)),
        class_unknown=sum(1 for each in placed if each.classes.unknown is not None and not each.classes.claims),
        unread=tuple((kind, counted[kind]) for kind in sorted(counted, key=lambda kind: kind.id)),
    )


def excerpts(
    findings: Iterable[Finding], repository: Repository, unquoted: Collection[str] = ()
) -> dict[tuple[str, int], str]:
    """The source lines that reports may show, masked; none of the files that are ``unquoted``."""
    files: dict[str, SourceFile | None] = {}
    lines: dict[tuple[str, int], str] = {}
    for finding in findings:
        for span in shown_spans(finding):
            if span.path not in files:
                found = None if span.path in unquoted else repository.read(span.path)
                files[span.path] = found if isinstance(found, SourceFile) else None
            file = files[span.path]
            if file is not None and (span.path, span.line) not in lines:
                lines[(span.path, span.line)] = mask_line(file.line, span.line)
    return lines


def _remarks(
    reading: Reading,
    repository: Repository,
    asked: Asked,
    config: Config,
    judgement: Judgement,
    own: str | None,
) -> Iterator[Remark]:
    """What is said of files that were asked for, and of the configuration (``own``), which every run goes by."""
    addresses = [address for resource in reading.resources for address in resource.named_by]
    wide: Iterable[Remark] = ()
    if asked.whole:
        wide = (*repository.remarks, *config.unused(repository.paths, addresses, repository.excluded))
    wanted = (each for each in reading.remarks if (asked.whole if each.path in (None, own) else asked.path(each.path)))
    yield from dict.fromkeys((*wanted, *wide, *judgement.remarks))

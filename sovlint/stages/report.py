"""After the stages: what is counted, said and quoted of a run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sovlint.catalog.load import Catalog
from sovlint.configuration.config import Config
from sovlint.files.reported import Reported
from sovlint.files.repository import Repository
from sovlint.files.scan_place import gone
from sovlint.frontends.registry import claimed
from sovlint.model.findings.finding import Coverage, Finding, Report, UnjudgedAddress
from sovlint.model.placement import How, Placed
from sovlint.model.redaction.by_texts import SHORTEST, secret_texts, without_texts
from sovlint.model.redaction.redact import MaskedLines
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.resources.resource import SETTING, Resource
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.unread import UnreadKind
from sovlint.policy.binding.bind import STRICT
from sovlint.policy.doubtful import doubtful
from sovlint.policy.policies import policy_texts
from sovlint.report.pieces.trail import shown_spans
from sovlint.resolve.clusters.clusters import undeclared
from sovlint.resolve.places.counted import only_shown
from sovlint.rules.values.value_kinds import texts_of
from sovlint.stages.class_rules import class_rules
from sovlint.stages.hosts_said import known_hosts, unused_hosts
from sovlint.stages.judge import JudgeResult
from sovlint.stages.left_out_classes import left_out_classes
from sovlint.stages.own_rules import excusing, left_out, own_rules, values_given
from sovlint.stages.passed_over import passed_over
from sovlint.stages.place import PlaceResult
from sovlint.stages.provenance import provenance
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Rulebook, Run
from sovlint.stages.unread import counted_files, declaring, unread_files


def whole_report(
    run: Run, rulebook: Rulebook, read: ReadResult, placed: PlaceResult, judged: JudgeResult
) -> Report:
    """The report of a run, from what its stages found."""
    request, asked, repository, judgement = (
        run.request,
        placed.asked,
        read.repository,
        judged.judgement,
    )
    own = _own_file(run, repository)
    without = [path for path in read.reading.left_out if asked.path(path)]
    failures = tuple(
        each for each in read.reading.failures if asked.path(each.path) or each.path == own
    )
    return Report(
        as_of=request.as_of.isoformat(),
        catalogue_date=rulebook.catalog.date,
        policy_set=rulebook.policy_set.id,
        placed=placed.reported,
        flows=placed.flows,
        findings=judgement.findings,
        failures=failures,
        remarks=(
            *_remarks(run, rulebook, read, placed, judged, own),
            *undeclared(each.resource for each in placed.reported),
            *gone(request.changed or (), repository.root),
        ),
        coverage=_coverage(run, rulebook, read, placed, judged, failures),
        policies=policy_texts(rulebook.policy_set),
        excerpts=_excerpts(
            judgement.findings,
            repository,
            frozenset(read.reading.unquoted),
            _assembled(read.reading.resources),
        ),
        show_compliant=request.show is not None,
        config_keys=run.config.keys,
        min_classified=request.percent,
        assumed=request.assume,
        unjudged_roles=judgement.unjudged_roles,
        hds_scope=request.hds_scope or STRICT,
        left_out=judgement.left_out,
        facts_only=request.facts_only,
        exceptions=judged.exceptions,
        attestations=judged.attestations,
        rules=(
            *run.given,
            *own_rules(run, rulebook.policy_set, rulebook.catalog, repository, asked),
            *passed_over(repository, read.reading, rulebook.hints, asked),
            *left_out_classes(rulebook, read, placed),
            *values_given(run.config, request, read.reading.beaten),
            *((left_out(without, run.config),) if request.exclude_local else ()),
            *excusing(judged.exceptions, judged.attestations),
            *class_rules(placed.class_rules, rulebook.catalog, placed.reported),
        ),
        affected=request.changed is not None,
        provenance=provenance(run, rulebook, read, placed, judged),
        world=rulebook.catalog.world(request.as_of),
    )


def _own_file(run: Run, repository: Repository) -> str | None:
    """The configuration among the files of the repository: it was read, if by no front end."""
    path = run.config.path
    if path is None or not path.is_relative_to(repository.root):
        return None
    return path.relative_to(repository.root).as_posix()


def _remarks(
    run: Run,
    rulebook: Rulebook,
    read: ReadResult,
    placed: PlaceResult,
    judged: JudgeResult,
    own: str | None,
) -> Iterator[Remark]:
    """What is said of files that were asked for, and of the configuration (``own``), which every run goes by."""
    asked, repository = placed.asked, read.repository
    addresses = [
        address for resource in read.reading.resources for address in resource.named_by
    ]
    wide: Iterable[Remark] = ()
    if asked.whole:
        wide = (
            *repository.remarks,
            *run.config.unused(repository.paths, addresses, repository.excluded),
            *known_hosts(run.config.hosts, rulebook.catalog),
            *unused_hosts(run.config.hosts, read.reading.resources, placed.placed),
            *_bound_to_nothing(run.config),
        )
    met = (*read.reading.remarks, *placed.remarks)
    failed = {(each.path, each.note) for each in read.reading.failures}
    wanted = (
        each
        for each in met
        if (each.path, each.note) not in failed
        and (asked.whole if each.path in (None, own) else asked.path(each.path))
    )
    yield from dict.fromkeys((*wanted, *wide, *judged.judgement.remarks))


def _bound_to_nothing(config: Config) -> Iterator[Remark]:
    """That a law is said to bind the organisation, and nothing says of which data."""
    said = config.organisation
    if said is not None and said.sren31 and not config.data.sren:
        yield Remark(Note("config.sren-without-data"), said.where.path, said.where.line)


def _coverage(
    run: Run,
    rulebook: Rulebook,
    read: ReadResult,
    placed: PlaceResult,
    judged: JudgeResult,
    failures: tuple[Failure, ...],
) -> Coverage:
    """How much was read, placed and classified. A class that is assumed of whatever has none counts where it can be
    judged."""
    asked, reading, repository, reported = (
        placed.asked,
        read.reading,
        read.repository,
        placed.reported,
    )
    assumed = bool(run.request.assume)
    payload = [each for each in reported if not each.is_config]
    placed_there = sum(each.is_placed for each in payload)
    classified = [
        each
        for each in reported
        if each.classes.claims and not (assumed and each.is_unjudged)
    ]
    unread = unread_files(rulebook, read, asked)
    ignored = claimed(repository.ignored, repository, rulebook.hints)
    return Coverage(
        files=_asked_for(set(reading.files), asked),
        failed=len({failure.path for failure in failures}),
        skipped=_asked_for(
            set(reading.skipped).difference(
                (_own_file(run, repository),),
                reading.files,
                unread,
                reading.left_out,
                (failure.path for failure in failures),
            ),
            asked,
        ),
        resources=len(reported),
        placed=placed_there,
        config=len(reported) - len(payload),
        unplaced=len(payload) - placed_there,
        classified=len(classified),
        assumed=sum(map(_is_assumed, classified)),
        class_unknown=sum(map(_is_class_unknown, reported)),
        unread=_by_kind(unread),
        code=tuple(counted_files(rulebook, read, asked, unread)),
        shown=_shown(filter(asked.resource, reading.resources), rulebook.catalog),
        doubtful=doubtful(reported),
        ignored=_asked_for(ignored, asked),
        left_out=_asked_for(reading.left_out, asked),
        unread_alone=(
            ()
            if any(each.claims for each in judged.judgement.findings)
            or any(map(_declares, payload))
            else declaring(unread, rulebook)
        ),
    )


def _asked_for(paths: Iterable[str], asked: Reported) -> int:
    """How many of these paths were asked for."""
    return sum(map(asked.path, paths))


def _is_assumed(placed: Placed) -> bool:
    """Whether its class is what is assumed of whatever has none."""
    return all(claim.how is How.DEFAULT for claim in placed.classes.claims)


def _is_class_unknown(placed: Placed) -> bool:
    """Whether something says a class, and nobody knows which."""
    return placed.classes.unknown is not None and not placed.classes.claims


def _by_kind(
    unread: Mapping[str, UnreadKind],
) -> tuple[tuple[UnreadKind, tuple[str, ...]], ...]:
    """The files that nobody reads, by what they are."""
    paths: dict[UnreadKind, list[str]] = {}
    for path, kind in sorted(unread.items()):
        paths.setdefault(kind, []).append(path)
    return tuple(
        (kind, tuple(paths[kind])) for kind in sorted(paths, key=lambda kind: kind.id)
    )


def _declares(placed: Placed) -> bool:
    """Whether a resource that is declared has its place: where settings send data, nothing is declared."""
    return placed.is_placed and placed.resource.type != SETTING


def _shown(resources: Iterable[Resource], catalog: Catalog) -> tuple[UnjudgedAddress, ...]:
    """The addresses that are only shown or fetched, each once where it is written: of what does nothing else, too, which
    is no resource that is told."""
    found = set()
    for each in resources:
        for sent, host in only_shown(each, catalog):
            span = sent.where.span()
            found.add(UnjudgedAddress(span.path, span.line, host, sent.key))
    return tuple(sorted(found))


def _assembled(resources: Iterable[Resource]) -> frozenset[str]:
    """Secrets in what resources are given, wherever the parts of it are written."""
    resources = list(resources)
    sent = (
        marked for each in resources for one in each.sends for marked in texts_of(one.value)
    )
    named = (one for each in resources for one in each.secrets if len(one) >= SHORTEST)
    return secret_texts(sent).union(named)


def _excerpts(
    findings: Iterable[Finding],
    repository: Repository,
    unquoted: Collection[str],
    secrets: Collection[str],
) -> dict[tuple[str, int], str]:
    """The source lines that reports may show, masked; none of the files that are ``unquoted``. ``secrets``: what is
    masked wherever it stands."""
    files: dict[str, MaskedLines | None] = {}
    lines: dict[tuple[str, int], str] = {}
    for finding in findings:
        for span in shown_spans(finding):
            if span.repository and not repository.mount(span.path):
                continue  # its file isn't here
            if span.path not in files:
                found = None if span.path in unquoted else repository.read(span.path)
                files[span.path] = (
                    MaskedLines(found.line) if isinstance(found, SourceFile) else None
                )
            file = files[span.path]
            if file is not None and (span.path, span.line) not in lines:
                lines[(span.path, span.line)] = without_texts(file[span.line], secrets)
    return lines

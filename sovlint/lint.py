"""The whole pipeline: paths -> files -> resources -> placements and classes -> findings -> report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sovlint.catalog.load import load as load_catalog
from sovlint.config import Config
from sovlint.discover import Repository, discover
from sovlint.frontends.registry import FRONT_ENDS
from sovlint.model.finding import Coverage, Finding, Report, Severity
from sovlint.model.placement import Placed
from sovlint.model.redact import mask_source
from sovlint.model.resource import Failure, Reading, Remark, Resource
from sovlint.model.source import SourceFile
from sovlint.policy.evaluate import Judgement, JudgeOptions, evaluate
from sovlint.policy.load import load as load_policies
from sovlint.policy.policies import policy_texts
from sovlint.report.trail import shown_spans
from sovlint.resolve.resolver import resolve


@dataclass(frozen=True, slots=True)
class LintRequest:
    """What a run is asked to do; options, their variables and the configuration are settled by then."""

    paths: tuple[Path, ...]
    config: Config
    as_of: date
    policy_set: str
    policies: tuple[Path, ...] = ()
    catalog: tuple[Path, ...] = ()
    inferred: str = "warning"
    hds_scope: str = "strict"
    assume: str | None = None
    variables: Mapping[str, str] | None = None
    variable_files: tuple[str, ...] = ()
    min_classified: int | None = None
    show_compliant: bool = False
    facts_only: bool = False


def lint(request: LintRequest) -> Report:
    """Read, place and judge. Raises ``SovlintError`` for bad usage, configuration, policies or catalogue."""
    catalog = load_catalog(request.catalog)
    policy_set = load_policies(request.policies, request.policy_set)
    config = request.config
    repository = discover(request.paths, config.exclude)
    options = config.read_options(request.variables or {}, request.variable_files)
    reading = joined(front_end(repository, options, catalog.hints()) for front_end in FRONT_ENDS.values())
    rules = replace(config.data, assume=request.assume)
    placed, flows = resolve(reading.resources, catalog, rules, config.attestations, request.as_of)
    placed = tuple(
        sorted(
            (each for each in placed if asked_for(each.resource, repository)), key=lambda each: each.resource.identity
        )
    )
    judgement = Judgement((), (), 0)
    if not request.facts_only:
        judge = JudgeOptions(
            request.as_of, Severity(request.inferred), request.hds_scope, rules.assume, config.attestations
        )
        judgement = evaluate(placed, policy_set, catalog.world(), judge)
    failures = tuple(failure for failure in reading.failures if repository.wanted(failure.path))
    return Report(
        as_of=request.as_of.isoformat(),
        catalogue_date=catalog.date,
        policy_set=policy_set.id,
        placed=placed,
        flows=tuple(flow for flow in flows if asked_for(flow.source, repository)),
        findings=judgement.findings,
        failures=failures,
        remarks=tuple(_remarks(reading, repository, config, judgement)),
        coverage=coverage(placed, reading, failures, repository, own_file(config, repository)),
        policies=policy_texts(policy_set),
        excerpts=excerpts(judgement.findings, repository),
        show_compliant=request.show_compliant,
        min_classified=request.min_classified,
        assumed=rules.assume,
        unjudged_roles=judgement.unjudged_roles,
        hds_scope=request.hds_scope,
        left_out=judgement.left_out,
        facts_only=request.facts_only,
    )


def joined(readings: Iterable[Reading]) -> Reading:
    """What all front ends read, as one."""
    each = list(readings)
    return Reading(
        tuple(resource for reading in each for resource in reading.resources),
        tuple(failure for reading in each for failure in reading.failures),
        tuple(remark for reading in each for remark in reading.remarks),
        tuple(path for reading in each for path in reading.files),
        tuple(path for reading in each for path in reading.skipped),
    )


def asked_for(resource: Resource, repository: Repository) -> bool:
    """Whether a resource is reported: it, or one of the calls that lead to it, stands where the user asked."""
    return any(repository.wanted(where.span().path) for where in (resource.where, *resource.chain))


def own_file(config: Config, repository: Repository) -> str | None:
    """The configuration among the files of the repository: it was read, if by no front end."""
    if config.path is None or not config.path.is_relative_to(repository.root):
        return None
    return config.path.relative_to(repository.root).as_posix()


def coverage(
    placed: tuple[Placed, ...],
    reading: Reading,
    failures: tuple[Failure, ...],
    repository: Repository,
    configuration: str | None,
) -> Coverage:
    """How much was read, placed and classified."""
    payload = [each for each in placed if not each.is_config]
    unplaced = sum(1 for each in payload if not each.is_placed)
    return Coverage(
        files=len({path for path in reading.files if repository.wanted(path)}),
        failed=len({failure.path for failure in failures}),
        skipped=len(
            {path for path in reading.skipped if repository.wanted(path)} - set(reading.files) - {configuration}
        ),
        resources=len(placed),
        placed=len(payload) - unplaced,
        config=len(placed) - len(payload),
        unplaced=unplaced,
        classified=sum(1 for each in placed if each.classes.claims),
        class_unknown=sum(1 for each in placed if each.classes.unknown is not None and not each.classes.claims),
    )


def excerpts(findings: Iterable[Finding], repository: Repository) -> dict[tuple[str, int], str]:
    """The source lines that reports may show, masked."""
    files: dict[str, SourceFile | None] = {}
    lines: dict[tuple[str, int], str] = {}
    for finding in findings:
        for span in shown_spans(finding):
            if span.path not in files:
                found = repository.read(span.path)
                files[span.path] = found if isinstance(found, SourceFile) else None
            file = files[span.path]
            if file is not None and (span.path, span.line) not in lines:
                lines[(span.path, span.line)] = mask_source(file.line(span.line))
    return lines


def _remarks(reading: Reading, repository: Repository, config: Config, judgement: Judgement) -> Iterator[Remark]:
    wanted = [remark for remark in reading.remarks if remark.path is None or repository.wanted(remark.path)]
    addresses = [resource.address for resource in reading.resources]
    unused = config.unused(repository.paths, addresses, repository.excluded)
    seen = dict.fromkeys((*repository.remarks, *wanted, *unused, *judgement.remarks))
    yield from seen

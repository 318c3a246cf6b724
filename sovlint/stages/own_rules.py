"""What of a run's rules doesn't ship: policies and sets, overlays, what is excluded, configurations left unused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.configuration.config import Config
from sovlint.configuration.config_file import NAME, PYPROJECT, TABLE
from sovlint.configuration.entries import relative
from sovlint.files.globs import Subject
from sovlint.files.reported import Reported
from sovlint.files.repository import Repository
from sovlint.model.attestation import Vouched
from sovlint.model.exception import Audited, Kind, State
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.model.house import OwnHosts
from sovlint.model.inputs import Cluster
from sovlint.model.request import Request
from sovlint.model.resources.reading import BeatenValue
from sovlint.policy.binding.bind import STRICT
from sovlint.policy.policies import PolicySet
from sovlint.stages.run import Run


def left_out(names: Sequence[str], config: Config) -> OwnRule:
    """That files for developers are left out, which those are, and where the configuration says so, if it does."""
    span = config.exclude_local
    place = (span.path, span.line) if span else (None, None)
    return OwnRule(RuleKind.EXCLUDE_LOCAL, tuple(names), *place)


def own_rules(
    run: Run, policy_set: PolicySet, catalog: Catalog, repository: Repository, asked: Reported
) -> Iterator[OwnRule]:
    """What files say otherwise, in the order in which it is told; ``excusing`` and ``left_out`` have the rest."""
    config, facts_only = run.config, run.request.facts_only
    judging = () if facts_only else policy_set.own
    scope = None if facts_only else run.request.hds_scope
    yield from of_house(config, scope, (*judging, *catalog.laid_over), repository.root)
    yield from _offers(run, repository.root)
    assumed = run.request.assume
    if assumed and not facts_only and assumed not in _bound(policy_set, catalog):
        yield OwnRule(RuleKind.ASSUMED, (assumed,))
    unused = tuple(_unused(config, repository, asked)) if asked.whole else ()
    if unused:
        not_wanted = run.request.no_config
        yield OwnRule(RuleKind.NOT_WANTED if not_wanted else RuleKind.UNUSED, unused)


def _offers(run: Run, root: Path) -> Iterator[OwnRule]:
    """Which repositories are believed of what they make."""
    path = run.request.offers
    if path is None and not run.offers.given:
        return
    names = tuple(
        f"{repository} ({commit})" if commit else repository
        for repository, commit in sorted(run.offers.used)
    )
    yield OwnRule(RuleKind.OFFERS, names, relative(path.absolute(), root) if path else None)


def _bound(policy_set: PolicySet, catalog: Catalog) -> frozenset[str]:
    """The data classes that some policy binds."""
    named = {name for policy in policy_set.policies for name in policy.data}
    covered = (catalog.classes[name].covers for name in named if name in catalog.classes)
    return frozenset(named.union(*covered))


def of_house(
    config: Config, scope: str | None, written: Iterable[OwnRule], root: Path
) -> Iterator[OwnRule]:
    """What a house's policies and overlays (``written``) and its configuration make otherwise, whatever is scanned."""
    for rule in written:
        path = rule.path and relative(Path(rule.path).absolute(), root)
        yield replace(rule, path=path)
    if scope not in (None, STRICT) and scope == config.hds_scope:
        where = relative(config.path, root) if config.path else None
        yield OwnRule(RuleKind.SETTING, (f"hds_scope: {scope}",), where)
    yield from _organisation(config)
    yield from _clusters(config)
    yield from _hosts(config)
    excluded = [each for each in config.globs_in_use if each.subject is Subject.EXCLUDED]
    if excluded:
        span = excluded[0].span
        yield OwnRule(
            RuleKind.EXCLUDE, tuple(each.glob for each in excluded), span.path, span.line
        )


def _organisation(config: Config) -> Iterator[OwnRule]:
    """What the configuration states of the organisation, and of which data of it: law rests on that."""
    said = config.organisation
    if said is None:
        return
    names = (
        f"kind: {said.kind}" if said.kind else "",
        "sren31: true" if said.sren31 else "",
        f"source: {said.source}" if said.source else "",
    )
    place = said.where.path, said.where.line
    yield OwnRule(RuleKind.ORGANISATION, tuple(filter(None, names)), *place)
    if config.data.sren:
        yield OwnRule(RuleKind.SREN_DATA, config.data.sren, *place)


def _clusters(config: Config) -> Iterator[OwnRule]:
    """What the configuration says to run where: it is believed, and nothing else may show it."""
    spans = [each.where.span() for each in config.clusters if each.where is not None]
    if spans:
        names = tuple(map(_declared, config.clusters))
        yield OwnRule(RuleKind.CLUSTERS, names, spans[0].path, spans[0].line)


def _hosts(config: Config) -> Iterator[OwnRule]:
    """Who the configuration says runs which hosts: it is believed of those that the catalogue doesn't have."""
    if config.hosts:
        span = config.hosts[0].where.span()
        names = tuple(map(_answering, config.hosts))
        yield OwnRule(RuleKind.HOSTS, names, span.path, span.line)


def _answering(own: OwnHosts) -> str:
    place = ", ".join(filter(None, (own.provider, own.service, own.region)))
    return f"{', '.join(own.globs)} ({'inside' if own.inside else place})"


def _declared(cluster: Cluster) -> str:
    place = ", ".join(filter(None, (cluster.provider, cluster.region)))
    return f"{', '.join(cluster.globs)} ({place})"


_EXCUSES: Final = {
    Kind.INLINE: RuleKind.IGNORES,
    Kind.WAIVER: RuleKind.WAIVERS,
    Kind.BASELINE: RuleKind.BASELINE,
}


def excusing(
    exceptions: Sequence[Audited], attestations: Sequence[Vouched]
) -> Iterator[OwnRule]:
    """What excuses findings, and what somebody vouches for: in which files, and how many of which state."""
    for kind, rule in _EXCUSES.items():
        yield from _counted(rule, [each for each in exceptions if each.kind is kind])
    yield from _counted(RuleKind.ATTESTATIONS, attestations)


def _counted(kind: RuleKind, listed: Sequence[Audited | Vouched]) -> Iterator[OwnRule]:
    if listed:
        counts = Counter(each.state for each in listed)
        details = (
            RuleDetail(state.value, "", str(counts[state]))
            for state in State
            if counts[state]
        )
        files = tuple(sorted({each.where.path for each in listed}))
        yield OwnRule(kind, files, None, None, tuple(details))


def values_given(
    config: Config, request: Request, beaten: Sequence[BeatenValue]
) -> Iterator[OwnRule]:
    """Values of Terraform's variables that the configuration and the command line give, and what they win over."""
    options = dict(request.var)
    configured = [name for name in config.variables if name not in options]
    span = config.variables_at
    if configured and span is not None:
        details = _beaten(beaten, configured)
        yield OwnRule(RuleKind.VARIABLES, tuple(configured), span.path, span.line, details)
    if options:
        yield OwnRule(
            RuleKind.VARIABLES_GIVEN, tuple(options), details=_beaten(beaten, options)
        )
    yield from _environment_given(config, dict(request.env))
    by_files = [each for each in beaten if each.name not in {*options, *config.variables}]
    details = _beaten(by_files, [each.name for each in by_files])
    files = tuple(path.as_posix() for path in request.var_file)
    for option in config.roots:
        if option.var_files and option.where is not None:
            at = option.where.span()
            yield OwnRule(RuleKind.VALUES_FILES, option.var_files, at.path, at.line, details)
            details = ()
        if option.variants and option.where is not None:
            at = option.where.span()
            yield OwnRule(RuleKind.VARIANTS, option.variants, at.path, at.line)
    if files:
        yield OwnRule(RuleKind.VALUES_FILES, files, details=details)


def _environment_given(config: Config, options: Mapping[str, str]) -> Iterator[OwnRule]:
    """Variables of Terragrunt's environment that the configuration and the command line give."""
    configured = [name for name in config.environment if name not in options]
    span = config.environment_at
    if configured and span is not None:
        yield OwnRule(RuleKind.TERRAGRUNT_ENV, tuple(configured), span.path, span.line)
    if options:
        yield OwnRule(RuleKind.TERRAGRUNT_ENV_GIVEN, tuple(options))


def _beaten(beaten: Iterable[BeatenValue], names: Collection[str]) -> tuple[RuleDetail, ...]:
    return tuple(
        RuleDetail(f"{each.root or '.'}: {each.name}", each.before, each.after)
        for each in beaten
        if each.name in names
    )


def _unused(config: Config, repository: Repository, asked: Reported) -> Iterator[str]:
    """Other configurations among what was asked for: in a sub-folder, or in one of several repositories."""
    own = relative(config.path, repository.root) if config.path else None
    for path in repository.paths:
        if (
            path.endswith((NAME, PYPROJECT))
            and path != own
            and asked.path(path)
            and _configures(path, repository)
        ):
            yield path


def _configures(path: str, repository: Repository) -> bool:
    name = path.rpartition("/")[2]
    return name == NAME or (name == PYPROJECT and TABLE in repository.peek(path))

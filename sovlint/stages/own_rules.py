"""What of a run's rules doesn't ship: policies and sets, overlays, what is excluded, configurations left unused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.configuration.config import Config
from sovlint.configuration.config_file import NAME, PYPROJECT, TABLE
from sovlint.configuration.entries import relative
from sovlint.files.discover import Repository
from sovlint.files.globs import Subject
from sovlint.files.reported import Reported
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.model.request import Request
from sovlint.model.resource import BeatenValue
from sovlint.policy.policies import PolicySet


def left_out(names: Sequence[str], config: Config) -> OwnRule:
    """That files for developers are left out, which those are, and where the configuration says so, if it does."""
    span = config.exclude_local
    place = (span.path, span.line) if span else (None, None)
    return OwnRule(RuleKind.EXCLUDE_LOCAL, tuple(names), *place)


def own_rules(
    policy_set: PolicySet, catalog: Catalog, config: Config, repository: Repository, asked: Reported
) -> Iterator[OwnRule]:
    """All of them but what the environment says, in the order in which they are told."""
    for rule in policy_set.own:
        path = rule.path and relative(Path(rule.path).absolute(), repository.root)
        yield replace(rule, path=path)
    for folder, names in catalog.laid_over:
        yield OwnRule(RuleKind.OVERLAY, names, relative(folder, repository.root))
    excluded = [each for each in config.globs_in_use if each.subject is Subject.EXCLUDED]
    if excluded:
        span = excluded[0].span
        yield OwnRule(RuleKind.EXCLUDE, tuple(each.glob for each in excluded), span.path, span.line)
    unused = tuple(_unused(config, repository, asked)) if asked.whole else ()
    if unused:
        yield OwnRule(RuleKind.UNUSED, unused)


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
        yield OwnRule(RuleKind.VARIABLES_GIVEN, tuple(options), details=_beaten(beaten, options))
    by_files = [each for each in beaten if each.name not in {*options, *config.variables}]
    details = _beaten(by_files, [each.name for each in by_files])
    files = tuple(path.as_posix() for path in request.var_file)
    for option in config.roots:
        if option.var_files and option.where is not None:
            at = option.where.span()
            yield OwnRule(RuleKind.VALUES_FILES, option.var_files, at.path, at.line, details)
            details = ()
    if files:
        yield OwnRule(RuleKind.VALUES_FILES, files, details=details)


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

"""What of a run's rules doesn't ship: policies and sets, overlays, what is excluded, configurations left unused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.configuration.config import Config
from sovlint.configuration.config_file import NAME, PYPROJECT, TABLE
from sovlint.configuration.entries import relative
from sovlint.files.discover import Repository
from sovlint.files.globs import Subject
from sovlint.files.reported import Reported
from sovlint.model.findings.own_rules import OwnRule, RuleKind
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

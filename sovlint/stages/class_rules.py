"""What of a run's rules says which data class something has: own keys and words, and what says less than was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sovlint.catalog.load import Catalog
from sovlint.model.classrules import DEFAULT_KEYS, ClassRules
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.model.placement import ClassClaim, How, Placed
from sovlint.model.source import Located
from sovlint.resolve.classes.data_classes import lowered
from sovlint.resolve.classes.labelled import ANONYMOUS, Declarations

_LOWERED = {
    How.DEFAULT: RuleKind.CLASS_NOT_ASSUMED,
    How.INFERRED: RuleKind.CLASS_NOT_GUESSED,
}
"""By what would give the class; anything else is a label, or a type."""


def class_rules(
    rules: ClassRules, catalog: Catalog, reported: Sequence[Placed]
) -> Iterator[OwnRule]:
    """All of them: what the configuration says, then what labels and globs take away of what is ``reported``."""
    yield from _own_words(rules, catalog)
    yield from _less(reported, {name: each.covers for name, each in catalog.classes.items()})


def _own_words(rules: ClassRules, catalog: Catalog) -> Iterator[OwnRule]:
    keys = tuple(key for key in rules.own_keys if key not in DEFAULT_KEYS)
    if keys:
        yield _at(RuleKind.CLASS_KEYS, keys, rules.own_keys_at)
    shipped, own = Declarations(ClassRules(), catalog), Declarations(rules, catalog)
    meanings = (
        RuleDetail(word, *(_named(each.meaning(word)) for each in (shipped, own)))
        for word in rules.places
    )
    details = tuple(each for each in meanings if each.before != each.after)
    if details:
        words = tuple(each.name for each in details)
        yield _at(RuleKind.CLASS_WORDS, words, rules.places[words[0]], details)
    for rule in (*rules.paths, *rules.addresses):
        if ANONYMOUS in rule.classes:
            yield _at(RuleKind.CLASS_ANONYMOUS, (rule.glob,), rule.where)


def _less(
    reported: Iterable[Placed], covers: Mapping[str, Sequence[str]]
) -> Iterator[OwnRule]:
    """What is declared that says less than labels further out, ``--assume`` or a name would say: a rule for each place
    of a label, and one for all that names or ``--assume`` would say."""
    found: dict[tuple[RuleKind, str | None, int | None], list[RuleDetail]] = {}
    for placed in reported:
        if placed.is_config:
            continue
        for lost in lowered(placed, covers):
            if lost.data_class == ANONYMOUS:
                continue
            kind = _LOWERED.get(lost.how, RuleKind.CLASS_LOWERED)
            path, line = _declared_at(placed)
            name = placed.resource.address
            if kind is not RuleKind.CLASS_LOWERED:
                name = f"{name} ({path}:{line})"
                path, line = None, None
            now = (claim for claim in placed.classes.claims if claim.how is not How.DEFAULT)
            detail = RuleDetail(
                name, lost.data_class, _named(each.data_class for each in now)
            )
            found.setdefault((kind, path, line), []).append(detail)
    for (kind, path, line), details in sorted(found.items(), key=_order):
        names = tuple(sorted({each.before for each in details}))
        yield OwnRule(kind, names, path, line, tuple(dict.fromkeys(details)))


def _order(
    item: tuple[tuple[RuleKind, str | None, int | None], list[RuleDetail]],
) -> tuple[str, str, int]:
    kind, path, line = item[0]
    return kind, path or "", line or 0


def _declared_at(placed: Placed) -> tuple[str | None, int | None]:
    """Where the first class is declared that a resource has."""
    claims: Iterable[ClassClaim] = placed.classes.claims
    for claim in claims:
        where = claim.because.where if claim.because is not None else None
        if claim.how is How.DECLARED and where is not None:
            return where.span().path, where.span().line
    return placed.resource.span.path, placed.resource.span.line


def _named(classes: Iterable[str]) -> str:
    return ", ".join(classes)


def _at(
    kind: RuleKind,
    names: tuple[str, ...],
    where: Located | None,
    details: tuple[RuleDetail, ...] = (),
) -> OwnRule:
    span = where.span() if where is not None else None
    return OwnRule(
        kind, names, span.path if span else None, span.line if span else None, details
    )

"""What carries a declared class and isn't told by a run: since other paths were asked for, a change doesn't affect it, or
patterns leave its file out. It is named, and no finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sovlint.frontends.registry import claimed
from sovlint.model.findings.own_rules import OwnRule, RuleKind
from sovlint.model.placement import How
from sovlint.resolve.classes.labelled import ANONYMOUS, Declarations
from sovlint.stages.carried_classes import CarriedClasses
from sovlint.stages.place import PlaceResult
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Rulebook


def left_out_classes(
    rulebook: Rulebook, read: ReadResult, placed: PlaceResult
) -> Iterator[OwnRule]:
    """Resources that weren't asked for, by their files, each with how many; and files that patterns leave out."""
    counts = Counter(
        each.resource.span.path
        for each in placed.placed
        if not each.is_config
        and any(
            claim.how is How.DECLARED and claim.data_class != ANONYMOUS
            for claim in each.classes.claims
        )
        and not placed.asked.resource(each.resource)
    )
    if counts:
        names = tuple(f"{path} ({count})" for path, count in sorted(counts.items()))
        yield OwnRule(RuleKind.DECLARED_ELSEWHERE, names)
    repository = read.repository
    if not placed.asked.whole or not (repository.excluded or repository.ignored):
        return
    from sovlint.stages.unread_classes import declared_unread

    paths = [path for _, below in repository.files_excluded() for path in below]
    met = claimed([*paths, *repository.ignored], repository, rulebook.hints)
    words = Declarations(placed.class_rules, rulebook.catalog)
    nothing = CarriedClasses(())
    left = dict.fromkeys(met)
    found = declared_unread(left, repository, placed.class_rules.keys, words, nothing)
    files = tuple(each.paths[0] for each in found if {*each.rule.classes} - {ANONYMOUS})
    if files:
        yield OwnRule(RuleKind.DECLARED_LEFT_OUT, files)

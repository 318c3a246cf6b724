"""The share of labelled resources, which may only rise: what stood at another revision against what stands now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from sovlint.model.findings.own_rules import (
    OwnRule,
    RuleDetail,
    RuleKind,
    labels_without_base,
)
from sovlint.model.placement import How, Placed

_BY_LABEL = (How.DECLARED, How.INTRINSIC, How.PROPAGATED)
"""How a resource has its class for certain: a name that suggests one is no label, and an assumed class neither."""


def labels_fell(
    before: Sequence[Placed],
    after: Sequence[Placed],
    revision: str,
    drafts: Callable[[Placed], bool] = lambda placed: True,
) -> OwnRule | None:
    """What is told where the share of labelled resources is smaller ``after``, or where nothing ``before`` could hold
    data; ``None`` where it rose or stayed. ``revision``: what ``before`` is called;
    ``drafts``: whether `sovlint label` can write a label of something.

    Only what can hold data counts: nobody labels a firewall rule.
    """
    were, are = _holding(before), _holding(after)
    if not were:
        return labels_without_base(revision)
    had, have = (sum(map(_labelled, side)) for side in (were, are))
    if not are or have * len(were) >= had * len(are):
        return None
    shares = f"{had}/{len(were)} → {have}/{len(are)}"
    details = dict.fromkeys((*_without(were, are, drafts), *_gone(were, are)))
    return OwnRule(RuleKind.LABELS_FELL, (shares,), details=tuple(details))


def _holding(placed: Sequence[Placed]) -> list[Placed]:
    return [each for each in placed if not each.is_config]


def _labelled(placed: Placed) -> bool:
    return any(claim.how in _BY_LABEL for claim in placed.classes.claims)


def _without(
    were: Sequence[Placed], are: Sequence[Placed], drafts: Callable[[Placed], bool]
) -> Iterator[RuleDetail]:
    """What carries no label and is new, or had one; where no label can be written, with what `sovlint.yaml` may say."""
    stood = {each.resource.identity for each in were if not _labelled(each)}
    for each in sorted(are, key=_place):
        if not _labelled(each) and each.resource.identity not in stood:
            said = "" if drafts(each) else f": {_in_configuration(each)}"
            yield RuleDetail(f"{_named(each)}{said}")


def _gone(were: Sequence[Placed], are: Sequence[Placed]) -> Iterator[RuleDetail]:
    """What carried a label and is no more."""
    there = {each.resource.identity for each in are}
    for each in sorted(were, key=_place):
        if _labelled(each) and each.resource.identity not in there:
            classes = dict.fromkeys(
                claim.data_class for claim in each.classes.claims if claim.how in _BY_LABEL
            )
            yield RuleDetail(_named(each), before=", ".join(classes))


def _in_configuration(placed: Placed) -> str:
    """The line of the configuration that declares a class of it."""
    return f"data: {{addresses: {{{json.dumps(placed.resource.address)}: [CLASS]}}}}"


def _place(placed: Placed) -> tuple[str, int, str]:
    resource = placed.resource
    return resource.span.path, resource.span.line, resource.address


def _named(placed: Placed) -> str:
    path, line, address = _place(placed)
    return f"{address} ({path}:{line})"

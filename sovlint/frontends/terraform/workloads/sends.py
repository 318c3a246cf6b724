"""Where resources send data by the settings of what they run: functions and apps, objects of clusters, charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sovlint.frontends.terraform.workloads.structure import tree
from sovlint.model.resource import Resource
from sovlint.rules.hints import Hints


def sending(
    resources: Iterable[Resource], hints: Hints, paths: Sequence[str] = ()
) -> Iterator[Resource]:
    """Resources with where they send data, and what of the repository they use. Those of all roots may be given.
    ``paths``: the files of the repository, among which charts may be."""
    waiting: list[Resource] = []
    for each in resources:
        if each.type in hints.workloads:
            yield _with_settings(each, hints)
        elif each.type in hints.applied or each.type in hints.installs:
            waiting.append(each)
        else:
            yield each
    if waiting:
        from sovlint.frontends.terraform.workloads.applied import applied, charts_in

        yield from applied(waiting, hints, charts_in(paths))


def _with_settings(resource: Resource, hints: Hints) -> Resource:
    from sovlint.frontends.workloads.read import signals, unsaid

    rule = hints.workloads[resource.type]
    found = tree(resource.attributes, rule.names, rule.encoded)
    if found is None:
        return resource
    sent = tuple(signal.sent for signal in signals(found, rule, hints))
    doubt = unsaid(found, rule, hints)
    if not sent and doubt is None:
        return resource
    return replace(resource, sends=(*resource.sends, *sent), unsaid=doubt)

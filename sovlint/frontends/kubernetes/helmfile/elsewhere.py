"""Releases of charts that aren't here -> resources, for what their values alone show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec.structs import replace

from sovlint.documents.attributes import DocumentAttributes
from sovlint.documents.tree import Node, made, to_document
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.merge import merged
from sovlint.frontends.cluster.charts.sends import sends_of
from sovlint.frontends.cluster.charts.shown import show
from sovlint.frontends.cluster.labels import Namespaces, labels_of_namespace
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.frontends.kubernetes.charts.resources import TYPE, ChartAttributes, Placing
from sovlint.frontends.kubernetes.charts.volumes import with_volumes
from sovlint.frontends.kubernetes.claims import FRONT_END
from sovlint.frontends.kubernetes.helmfile.values import tree_of
from sovlint.model.placement import CONFIG_ROLE
from sovlint.model.resources.resource import TRUE, Binding, Resource
from sovlint.model.value import Unknown, UnknownKind
from sovlint.rules.hints import Hints


class ReleaseElsewhere(Protocol):
    """A chart that isn't here, as something installs it."""

    @property
    def name(self) -> str:
        """The release's."""
        ...

    @property
    def namespace(self) -> str:
        """Where it is installed; empty where nothing says it."""
        ...

    @property
    def chart(self) -> str:
        """What the chart is called."""
        ...

    @property
    def context(self) -> str:
        """What its cluster is called, by what installs it; empty where nothing says it."""
        ...

    @property
    def repository(self) -> str:
        """Where it is taken from."""
        ...

    @property
    def values(self) -> Map:
        """What is laid on the chart's own values."""
        ...

    @property
    def where(self) -> Node:
        """Where that is written."""
        ...

    @property
    def root(self) -> str:
        """The folder of what installs it."""
        ...

    @property
    def variant(self) -> str | None:
        """What tells it from other releases there."""
        ...

    @property
    def held_in(self) -> Sequence[str]:
        """The files that say where it is deployed, the nearest first."""
        ...

    @property
    def untold(self) -> Unknown | None:
        """Why nothing is known of what it makes, whatever its values say."""
        ...

    @property
    def perhaps(self) -> Unknown | None:
        """Why it isn't known whether it is installed."""
        ...


def _keeps_nothing(release: ReleaseElsewhere, hints: Hints) -> bool:
    """Whether it runs nothing, or all that it runs is judged by itself, so that a question alone is left."""
    untold = release.untold
    asks = untold is not None and untold.kind is UnknownKind.VALUES_UNTOLD
    return asks or hints.brings_definitions_alone((release.chart,))


def resources_elsewhere(
    releases: Iterable[ReleaseElsewhere],
    placed: Placing,
    hints: Hints,
    namespaces: Namespaces,
) -> Iterator[Resource]:
    """Each release of a chart that isn't here, with the volumes that its values describe. What its namespace declares
    holds for it."""
    for each in releases:
        where = each.where.where
        published = hints.charts.published(each.chart, each.repository)
        given = tree_of(each.values, where)
        values = merged(made(dict(published or {}), where), given)
        shown = show(values, hints.charts)
        resource = Resource(
            address=f"helm:{each.namespace}/{each.name}".replace(":/", ":"),
            type=TYPE,
            front_end=FRONT_END,
            root=each.root,
            variant=each.variant,
            library=False,
            exists=TRUE if each.perhaps is None else each.perhaps,
            where=where,
            headless=True,
            attributes=ChartAttributes(
                DocumentAttributes(to_document(given), (), WRITTEN), [shown]
            ),
            binding=Binding("kubernetes/helm"),
            named=replace(placed(each.held_in), called=each.context),
            labels=(
                *shown.labels,
                *labels_of_namespace(each.namespace, None, namespaces),
            ),
            names=tuple(dict.fromkeys(filter(None, (each.name, each.chart)))),
            images=tuple(shown.images),
            role=CONFIG_ROLE if _keeps_nothing(each, hints) else None,
            sends=tuple(sends_of(values, hints)),
            unsaid=each.untold,
            lacks=(each.chart,) if published is None and each.chart else (),
        )
        yield from with_volumes(resource, (values,), hints.clusters)

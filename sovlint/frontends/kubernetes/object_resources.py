"""Objects -> resources, each on the cluster that it lands on, with the volumes that are in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.attributes import DocumentAttributes
from sovlint.frontends.cluster.charts.sends import KeptSends
from sovlint.frontends.cluster.charts.untold import untold_settings
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.cluster.labels import Namespaces, labels_of, labels_of_namespace
from sovlint.frontends.cluster.object_index import VOLUME, Objects
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.outward import outward
from sovlint.frontends.kubernetes.backups import Backups
from sovlint.frontends.kubernetes.charts.known_by_rendering import (
    ChartsRendered,
    not_rendered,
)
from sovlint.frontends.kubernetes.charts.resources import installs
from sovlint.frontends.kubernetes.claims import FRONT_END
from sovlint.frontends.kubernetes.clusters.landings import Landings
from sovlint.frontends.kubernetes.deployers.kinds import FLUX
from sovlint.frontends.kubernetes.deployers.releases_read import Releases
from sovlint.frontends.kubernetes.volumes import persistent, with_volumes
from sovlint.model.placement import CONFIG_ROLE
from sovlint.model.resources.resource import Binding, Lead, Resource
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.text import Note
from sovlint.rules.hints import Hints


class ObjectResources(Struct, frozen=True):
    """Makes the resources of objects, by what is known of all objects of a repository."""

    namespaces: Namespaces
    index: Objects
    backups: Backups
    landings: Landings
    releases: Releases
    rendered: ChartsRendered
    hints: Hints
    sends: KeptSends
    """Where values of charts that objects install send data."""

    def all_of(self, objects: Iterable[ManifestObject]) -> Iterator[Resource]:
        """The resource of each object, followed by those of the volumes in it."""
        for each in objects:
            for made in self._with_inner(each, self._resource(each)):
                sends = _asked_for(each, made.sends)
                yield made if sends is made.sends else replace(made, sends=sends)

    def _with_inner(self, each: ManifestObject, resource: Resource) -> Iterator[Resource]:
        """An object's resource, of one that installs a chart with what its values show; then the volumes in it. What a
        chart renders to are objects of their own."""
        release = self.releases.of(each)
        if release is None:
            yield from with_volumes(each, resource, self.index, self.hints.clusters)
            return
        release = not_rendered(release, each, self.rendered)
        if release is None:
            yield replace(resource, role=CONFIG_ROLE)
            return
        elsewhere = release.namespace if release.namespace != each.namespace else ""
        labels = labels_of_namespace(elsewhere, each.scope, self.namespaces)
        yield from installs(resource, release, self.hints, labels, self.sends)

    def _resource(self, each: ManifestObject) -> Resource:
        goes = outward(each, self.index, self.hints)
        installed = each.installed
        plain = DocumentAttributes(
            each.document, each.at, WRITTEN, KINDS.secret_keys.get(each.type, ())
        )
        is_config = goes.told_elsewhere or bool(self.backups.stores(each))
        return Resource(
            address=each.address,
            type=each.type,
            front_end=FRONT_END,
            root=each.root,
            variant=each.variant,
            library=False,
            exists=each.exists,
            where=each.where(),
            attributes=persistent(each) if each.type == VOLUME else plain,
            binding=Binding(self.hints.plugin_of(each.type) or FRONT_END),
            named=self.landings.named(each),
            labels=(
                *labels_of(each, self.namespaces),
                *(installed.labels if installed else ()),
            ),
            chain=_installed_by(each),
            headless=True,
            held_in=installed.held_in | installed.written_in if installed else frozenset(),
            names=each.names(),
            images=goes.images,
            links=(*goes.links, *self.backups.links(each)),
            role=CONFIG_ROLE if is_config else None,
            sends=goes.sends,
            unsaid=untold_settings(each, self.index),
            patch=each.patched is not None,
            labelled_at=each.labelled_at,
        )


def _asked_for(found: ManifestObject, sends: tuple[Sent, ...]) -> tuple[Sent, ...]:
    """Where an object sends data. What a Kustomization of Flux changes elsewhere it fills in there (``postBuild``): a
    value that isn't written, under a name that says nothing, is no question here."""
    by = found.installed_by
    if found.patched is None or by is None or by.type != FLUX:
        return sends
    return tuple(each for each in sends if each.by is not SentBy.UNTOLD)


def _installed_by(found: ManifestObject) -> tuple[Lead, ...]:
    """The object that installs the chart which an object is of, or what names the repository that it is of."""
    by = found.installed_by
    if by is not None:
        return (Lead(by.where(), Note("report.installed-here")),)
    return () if found.used_at is None else (Lead(found.used_at, Note("report.used-here")),)

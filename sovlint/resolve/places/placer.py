"""Where resources sit: read what is written, find who may be meant, then the region, then the place.

Each step is a function of a module beside this one, takes what it needs and returns a value. One thing asks for another
placing while it places: a resource may have another's place (its parent's, that of what answers at its address), and
a claim that of the volume which it takes. That stands in ``Placer`` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property

from msgspec.structs import replace

from sovlint.catalog.entries import Plugin
from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.offers import Offers
from sovlint.model.resources.resource import Binding, Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, is_null
from sovlint.resolve.attribute_texts import first_text
from sovlint.resolve.facts.endpoints import in_cluster, known_host
from sovlint.resolve.facts.service_place import ServicePlace, nowhere, one_of_places
from sovlint.resolve.places.known_resources import KnownResources
from sovlint.resolve.places.made_elsewhere import MadeElsewhere
from sovlint.resolve.places.moved_by_endpoints import sent_to
from sovlint.resolve.places.named_places import named_place, told_place
from sovlint.resolve.places.outside_targets import as_told, looked_up, with_service
from sovlint.resolve.places.parents import PlaceOwner, answering, place_owners
from sovlint.resolve.places.placement_tasks import PlacementTask, placement_tasks
from sovlint.resolve.places.plugin_places import (
    paired,
    plugin_place,
    through_place,
    typed_service,
)
from sovlint.resolve.places.served_hosts import ServedHosts, Serving
from sovlint.resolve.places.storage import Keeper, TakenVolume, keepers, one_of_keepers

MAX_PARENTS = 16
"""Parents of parents are followed no further than this."""

CLUSTER_SERVICE = "kubernetes"
"""What the catalogue calls the service that everything inside a cluster runs on, whoever runs the cluster."""

_TOO_DEEP = Unknown(
    Reason.UNSUPPORTED_EXPRESSION,
    "parents",
    note=Note("resolve.parents-too-deep", {"limit": MAX_PARENTS}),
)


class Placer:
    """Places resources. What others have the place of is placed once."""

    def __init__(
        self,
        resources: KnownResources,
        catalog: Catalog,
        served: ServedHosts | None = None,
        offers: Offers | None = None,
    ) -> None:
        self.resources = resources
        self.catalog = catalog
        self.served = served or ServedHosts((), catalog)
        """At which hosts the repository answers itself."""
        self.elsewhere = MadeElsewhere(offers or Offers(), catalog)
        """What other repositories make."""
        self._owned: dict[tuple[str, str, str], ServicePlace] = {}

    @cached_property
    def is_of_tests(self) -> Callable[[str], bool]:
        """Whether a file is there for tests alone."""
        return cache(self.catalog.hints().formats.is_of_tests)

    def place(self, task: PlacementTask, depth: int = 0) -> ServicePlace:
        """Where one placement of a resource sits; ``depth`` is how many others ask for it because of their own."""
        if task.rule.elsewhere and task.given is not None:
            return self._outside(task, task.given, depth)
        return self._placed(task, depth)

    def _placed(self, task: PlacementTask, depth: int) -> ServicePlace:
        resource, rule, named = task.resource, task.rule, task.resource.named
        if named is not None and named.service is not None:
            return told_place(named, self.catalog)
        if (rule.each_endpoint or rule.host) and task.given is not None:
            return self._behind(task, task.given, depth)
        if rule.through is not None:
            return through_place(task, self.catalog)
        if named is not None and (rule.storage or rule.driver or rule.kept_by):
            kept = keepers(resource, rule, self.resources, self.catalog)
            return one_of_keepers([self._of_keeper(each, depth) for each in kept])
        if named is not None:
            unlisted = resource.type if self.resources.entry(resource) is None else None
            return named_place(named, rule, self.catalog, unlisted)
        plugin = self.catalog.plugin(resource.binding.plugin) if resource.binding else None
        if plugin is None or resource.binding is None:
            return nowhere(_unlisted(resource))
        return self._by_plugin(task, plugin, resource.binding, depth)

    def place_of(self, resource: Resource, depth: int = 0) -> ServicePlace:
        """Where a resource itself sits: at the place of its first placement; in any of the regions, where it has several."""
        rule = self.resources.main_rule(resource)
        seen = self.resources.seen(resource)
        tasks: Sequence[PlacementTask] = ()
        if rule.each_region is not None and not rule.elsewhere:
            tasks = tuple(placement_tasks(seen, rule, self.resources))
        places = [self.place(each, depth) for each in tasks or [PlacementTask(seen, rule)]]
        place = one_of_places(places, "region")
        if not self.resources.is_looked_up(resource):
            return place
        return self.elsewhere.looked_up(place, resource, self.resources)

    # --- each way to a place

    def _outside(self, task: PlacementTask, given: Found, depth: int) -> ServicePlace:
        """Where something lies that isn't of this repository: as what looks it up, or as its name tells."""
        owner = looked_up(task.resource, given, self.resources)
        if owner is not None:
            return self.owned(owner, depth)
        place = self._placed(as_told(task, self.resources, self.catalog), depth)
        place = with_service(place, given.value, self.resources, self.catalog)
        path = task.rule.each_region or ""
        keys = self.resources.names_here.asked_as(task.resource, path, given.value)
        return self.elsewhere.store(place, keys, given.where)

    def _behind(self, task: PlacementTask, given: Found, depth: int) -> ServicePlace:
        """Where an address leads: to a resource of this repository, to the resource's own cluster, or outside."""
        resource, rule, named = task.resource, task.rule, task.resource.named
        owner = answering(resource, given, self.resources)
        if owner is not None:
            return self.owned(owner, depth)
        served = self.at_served_host(resource, given, depth)
        if served is not None:
            return served
        if named is not None and in_cluster(given.value):
            place = named_place(
                named, replace(rule, service=rule.service or CLUSTER_SERVICE), self.catalog
            )
            return replace(
                place, decided=(Step(given.where, Note("resolve.in-cluster"), place.steps),)
            )
        region = first_text(resource.attributes, rule.region or (), "resolve.region-here")
        return sent_to(given, self.catalog, region)

    def at_served_host(
        self, resource: Resource, found: Found, depth: int = 0
    ) -> ServicePlace | None:
        """Where the host of an address leads that this repository serves: to whoever has what answers there, of each that
        does. Who the catalogue and the configuration have at a host comes first: ``None``, as for any other host."""
        host = known_host(found.value)
        if host is None or self.catalog.hosts.match((host,)) is not None:
            return None
        serving = self.served.at(host, resource)
        places = [self._served_by(each, host, found, depth) for each in serving]
        known = [each for each in places if each is not None]
        if known and len(known) == len(places):
            return one_of_places(known, "endpoint")
        return self.elsewhere.at_host(host, found)

    def served_place(self, host: str, serving: Sequence[Serving]) -> ServicePlace | None:
        """Where a host leads that this repository serves, seen from nowhere in particular; ``None`` where that isn't
        known."""
        at = [Found(Known(host), each.resource.where) for each in serving]
        places = [
            self._served_by(each, host, found, 0)
            for each, found in zip(serving, at, strict=True)
        ]
        known = [each for each in places if each is not None]
        return one_of_places(known, "endpoint") if len(known) == len(places) else None

    def _served_by(
        self, serving: Serving, host: str, found: Found, depth: int
    ) -> ServicePlace | None:
        """The place of what answers at a host; ``None`` where a record leads to nobody known, or to the host itself: the
        question is about the host then."""
        resource, leads = serving.resource, serving.leads
        if leads is None:
            return self.owned(
                PlaceOwner(resource, found, host, "", "resolve.own-host"), depth
            )
        owner = answering(resource, leads, self.resources)
        if owner is not None:
            return self.owned(owner, depth)
        place = sent_to(leads, self.catalog)
        if isinstance(place.provider, Unknown):
            return None
        note = Note("resolve.own-record", {"address": resource.address})
        return replace(place, decided=(Step(found.where, note, place.steps),))

    def _by_plugin(
        self, task: PlacementTask, plugin: Plugin, binding: Binding, depth: int
    ) -> ServicePlace:
        """The place of another resource, where it has one's; otherwise the plug-in's."""
        owners = place_owners(task, plugin, binding, self.resources)
        if owners is None:
            return plugin_place(task, plugin, binding, None, self.catalog)
        if isinstance(owners, Unknown):
            place = plugin_place(task, plugin, binding, owners, self.catalog)
            return self._by_parent_elsewhere(task, place)
        shared = one_of_places([self.owned(owner, depth) for owner in owners], owners[0].path)
        service = typed_service(task.resource, task.rule)
        return paired(replace(shared, service=service), task.rule, self.catalog)

    def _by_parent_elsewhere(self, task: PlacementTask, place: ServicePlace) -> ServicePlace:
        """A place with what another repository says of the one parent that is named and isn't here."""
        resource, names = task.resource, self.resources.names_here
        named = [
            (path, found)
            for path in task.rule.via
            for found in resource.attributes.read(path)
            if not is_null(found.value)
        ]
        if len(named) != 1:
            return place
        path, found = named[0]
        keys = names.asked_as(resource, path, found.value)
        return self.elsewhere.store(place, keys, found.where)

    # --- the recursion

    def owned(self, owner: PlaceOwner, depth: int = 0) -> ServicePlace:
        """The place that a resource has from another one; past the limit, none that is known."""
        key = owner.resource.identity
        place = self._owned.get(key)
        if place is None and depth == MAX_PARENTS:
            place = nowhere(_TOO_DEEP)
        elif place is None:
            place = self.place_of(owner.resource, depth + 1)
            # What was cut short on the way from another resource may be known when asked from nearer by.
            is_cut_short = (
                isinstance(place.provider, Unknown) and place.provider.note is _TOO_DEEP.note
            )
            if depth == 0 or not is_cut_short:
                self._owned[key] = place
        return owner.hand_down(place)

    def _of_keeper(self, keeper: Keeper, depth: int) -> ServicePlace:
        if not isinstance(keeper, TakenVolume):
            return keeper
        place = self.place(keeper.task, depth)
        return replace(place, decided=(keeper.step, *place.decided))


def _unlisted(resource: Resource) -> Unknown:
    """Why nothing can be told of a resource whose plug-in the catalogue doesn't have."""
    if resource.binding is None:
        return Unknown(Reason.NOT_IN_CATALOGUE, resource.type)
    plugin = resource.binding.plugin
    note = Note("resolve.plugin-unlisted", {"plugin": plugin})
    return Unknown(Reason.NOT_IN_CATALOGUE, f"plug-in {plugin}", note=note)

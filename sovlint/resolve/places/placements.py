"""Resource x catalogue -> placements: one for each role and region that its type is known to have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule, TypeEntry
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.attributes import Found
from sovlint.model.placement import CONFIG_ROLE, Placement
from sovlint.model.resource import TRUE, Resource, Sent
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown, either, is_null
from sovlint.resolve.facts.attested import vouched
from sovlint.resolve.facts.endpoints import in_cluster, stays_inside
from sovlint.resolve.facts.holdings import about, once_located
from sovlint.resolve.facts.regions import Place
from sovlint.resolve.facts.stated_in_inventories import with_stated
from sovlint.resolve.places.addressed import Addressed, nearest_by_path
from sovlint.resolve.places.entries import ANY_RULE, Entries
from sovlint.resolve.places.inside_values import as_one, elements, scopes
from sovlint.resolve.places.moved_by_endpoints import sent_by, sent_to, where_given
from sovlint.resolve.places.parents import Parent, own_place
from sovlint.resolve.places.placed import placed_at
from sovlint.resolve.places.places import name_of, named_place, place, through_place
from sovlint.resolve.places.storage import CLAIM, VOLUME, stored
from sovlint.resolve.places.vendors import vendor_places
from sovlint.resolve.reading import at as at_paths
from sovlint.resolve.reading import evidence, first, holds, refers_to

MAX_PARENTS = 16
"""Parents of parents are followed no further than this."""

CLUSTER_SERVICE = "kubernetes"
"""What the catalogue calls the service that everything inside a cluster runs on, whoever runs the cluster."""

_TOO_DEEP = Unknown(
    Reason.UNSUPPORTED_EXPRESSION, "parents", note=Note("resolve.parents-too-deep", {"limit": MAX_PARENTS})
)
_DYNAMIC = Unknown(Reason.UNSUPPORTED_EXPRESSION, "dynamic", note=Note("resolve.dynamic-block"))


class Placer:
    """Places resources; parents are looked up among all of them and placed once."""

    def __init__(
        self,
        resources: Sequence[Resource],
        catalog: Catalog,
        attested: Sequence[Attestation],
        day: date,
        looked_up: Sequence[Resource] = (),
    ) -> None:
        self._catalog = catalog
        self._addressed = Addressed(resources, looked_up)
        self._attested = attested
        self._day = day
        self._parents: dict[tuple[str, str, str], Parent] = {}
        self._entries = Entries(catalog)
        self._depth = 0
        self._cut_short = False

    def entry(self, resource: Resource) -> TypeEntry | None:
        """What the catalogue knows of a resource's type, or of that which it stands for."""
        return self._entries.entry(resource)

    def find(self, resource: Resource, address: str) -> Resource | None:
        """The resource at an address, as seen from another one's root and variant; or elsewhere, where it says so."""
        root, variant, _ = resource.identity
        return self._addressed.declared(root, variant, address)

    def find_all(self, resource: Resource, address: str) -> Sequence[Resource]:
        """The resources at an address, as seen from another one: manifests may give several objects of one name.

        Of those, the ones nearest by folder: each of a ``dev`` and a ``prod`` folder uses its own.
        """
        root, variant, _ = resource.identity
        found = self._addressed.all_declared(root, variant, address)
        return found if len(found) < 2 else nearest_by_path(resource, found)

    def place_at(self, root: str, variant: str | None, address: str) -> Place | None:
        """Where the resource at an address sits, as seen from a root: the place of its first placement."""
        found = self._addressed.at(root, variant or "", address)
        if found is None or found.unreadable is not None:
            return None
        return _itself(found, self._place(self._entries.seen(found), self._entries.main_rule(found), None))

    def made_at(self, root: str, address: str) -> Place | None:
        """Where the custom resources at an address put the cluster that they make; ``None`` where they don't say. Of
        several objects of that name any may be meant."""
        found = self._addressed.all_declared(root, "", address)
        places = [place for each in found if (place := self._made(each)) is not None]
        if len(places) < 2:
            return places[0] if places else None
        several = Unknown(Reason.MULTI_VALUED, address, places[0].provider.because)
        provider = either([at.provider for at in places], several)
        region = either([at.region for at in places], several)
        return Place(provider, places[0].service, region, tuple(step for at in places for step in at.decided))

    def _made(self, resource: Resource) -> Place | None:
        """By its main rule, if that gives another place than that of the cluster which the resource stands on."""
        seen, rule = self._entries.seen(resource), self._entries.main_rule(resource)
        here = seen.named is not None and rule.through is None
        here = here or resource.unreadable is not None
        return None if here else _itself(resource, self._place(seen, rule, None))

    def placements(self, resource: Resource) -> tuple[Placement, ...]:
        """The placements of a resource; of one that can't be read, a single one that says so."""
        if resource.unreadable is not None:
            return (Placement.unknown(resource.unreadable),)
        return (*self._placed(resource), *self._sent(resource))

    def _sent(self, resource: Resource) -> Iterator[Placement]:
        """One placement for each address that a resource sends data to, unless it surely stays where it is."""
        for sent in resource.sends:
            at = self.sent_place(resource, sent)
            if at is not None:
                attested = about(self._attested, resource) if self._attested else ()
                made = placed_at(at, Known(sent.role), self._catalog, attested, self._day)
                made = replace(made, sent=sent.key, sure=where_given(sent)[1])
                made = vouched(made, at, attested, self._catalog, self._day) if attested else made
                yield once_located(made, self._catalog, self._day)

    def sent_place(self, resource: Resource, sent: Sent) -> Place | None:
        """Where an address leads that a resource sends data to; ``None`` where data surely doesn't leave by it."""
        sent, _ = where_given(sent)
        if stays_inside(sent.value, self._catalog) or self.receiver(resource, sent) is not None:
            return None
        own = own_place(resource, Found(sent.value, sent.where), self._parent)
        return sent_by(sent, self._catalog) if own is None else own

    def receiver(self, resource: Resource, sent: Sent) -> Resource | None:
        """What this repository declares that gets what is sent: what answers at the address, or is named and of the
        company that gets it. That is judged itself; what carries no payload only leads on to somebody else."""
        address = sent.value.host_of if isinstance(sent.value, Unknown) else None
        end = self.find(resource, address) if address else self._named_receiver(resource, sent)
        entry = None if end is None or end is resource else self.entry(end)
        return None if entry is None or entry.config else end

    def _named_receiver(self, resource: Resource, sent: Sent) -> Resource | None:
        """The resource whose name is given, where it is of the company and the role that the setting is for: text made
        of a name names another thing, and a store that keeps a key gets nothing."""
        name = refers_to(sent.names) if sent.names is not None and sent.company is not None else None
        end = self.find(resource, name) if name else None
        entry = None if end is None else self.entry(end)
        if end is None or entry is None or sent.role not in {rule.role for rule in entry.rules}:
            return None
        at = self._place(self._entries.seen(end), self._entries.main_rule(end), None)
        is_theirs = isinstance(at.provider, Known) and at.provider.value == sent.company
        return end if is_theirs and not self._is_elsewhere(sent, at) else None

    def _is_elsewhere(self, sent: Sent, at: Place) -> bool:
        """Whether the setting names a region in which a thing surely isn't."""
        if not isinstance(sent.region, Known) or not isinstance(at.region, Known) or sent.company is None:
            return False
        region = self._catalog.find_region(sent.company, str(sent.region.value))
        return region is None or region.code != at.region.value.code

    def _placed(self, resource: Resource) -> Iterator[Placement]:
        entry, resource = self.entry(resource), self._entries.seen(resource)
        for rule in entry.rules if entry else (ANY_RULE,):
            if rule.role == CONFIG_ROLE:
                yield self._placement(resource, rule, entry, self._place(resource, rule, None), TRUE)
                continue
            found = (each for scope in scopes(resource, rule) for each in self._by_rule(scope, rule, entry))
            yield from found if rule.storage is None else _distinct(found)

    def _by_rule(self, resource: Resource, rule: PlacementRule, entry: TypeEntry | None) -> Iterator[Placement]:
        sure = holds(resource, rule.when, rule.unless)
        if isinstance(sure, Known) and not sure.value:
            return
        if resource.named is not None and resource.named.answers:
            for at in vendor_places(resource.named, rule, self._catalog):
                yield self._placement(resource, rule, entry, at, sure)
            return
        for given in self._given(resource, rule):
            doubt = sure if given is None or given.sure else _DYNAMIC
            at = self._place(resource, rule, given)
            yield self._placement(resource, rule, entry, _named_alone(at) if rule.elsewhere else at, doubt)

    def _given(self, resource: Resource, rule: PlacementRule) -> Sequence[Found | None]:
        path = rule.each_region or rule.each_endpoint
        if path is None:
            return (None,)
        read = [each for found in resource.attributes.read(path) for each in elements(found)]
        written = [found for found in read if not is_null(found.value)]
        if not written and rule.required:
            note = Note("resolve.server-unnamed")
            return (
                Found(Unknown(Reason.NO_EVIDENCE, "server", Step(resource.where, note), note=note), resource.where),
            )
        if rule.elsewhere:
            return [found for found in written if not self._is_here(resource, found)]
        return as_one(written) if rule.required else written

    def _is_here(self, resource: Resource, found: Found) -> bool:
        """Whether a name is that of a resource of this repository, which has a place itself."""
        address = refers_to(found.value)
        return address is not None and self.find(resource, address) is not None

    def _place(self, resource: Resource, rule: PlacementRule, given: Found | None) -> Place:
        if rule.each_endpoint and given is not None:
            return self._behind(resource, rule, given)
        if rule.through is not None:
            return through_place(resource, rule, self._catalog, given)
        if resource.named is not None and (rule.storage or rule.driver or rule.kept_by):
            return stored(
                resource, rule, self._addressed.classes, lambda name: self._bound(resource, name), self._catalog
            )
        if resource.named is not None:
            unlisted = resource.type if self.entry(resource) is None else None
            return named_place(resource.named, rule, self._catalog, unlisted)
        plugin = self._catalog.plugin(resource.binding.plugin) if resource.binding else None
        if plugin is None:
            unknown = _unlisted(resource)
            return Place(unknown, unknown, unknown)
        return place(resource, rule, plugin, self._catalog, self._parent, given)

    def _bound(self, resource: Resource, storage_class: str | None) -> list[Place]:
        """Where the volumes lie that a claim takes and the repository declares by hand, one for each that it may be."""
        if storage_class is not None:
            of_class = self._addressed.volumes(resource.root, storage_class)
            linked = [(each, each.where) for each in of_class]
        else:
            links = resource.links if resource.type == CLAIM else ()
            linked = [(each, link.where) for link in links for each in self.find_all(resource, link.address)]
        places: list[Place] = []
        for volume, where in ((each, at) for each, at in linked if each.type == VOLUME):
            step = Step(where, Note("resolve.volume-taken", {"address": volume.address}))
            entry = self.entry(volume)
            for rule in entry.rules if entry else ():
                held = holds(volume, rule.when, rule.unless)
                if not (isinstance(held, Known) and not held.value):
                    found = (self._place(volume, rule, given) for given in self._given(volume, rule))
                    places.extend(replace(each, decided=(step, *each.decided)) for each in found)
        return places

    def _behind(self, resource: Resource, rule: PlacementRule, given: Found) -> Place:
        """Where an address leads: to a resource of this repository, to the resource's own cluster, or outside."""
        own = own_place(resource, given, self._parent)
        if own is not None:
            return own
        if resource.named is not None and in_cluster(given.value):
            at = named_place(resource.named, replace(rule, service=rule.service or CLUSTER_SERVICE), self._catalog)
            step = Step(given.where, Note("resolve.in-cluster"), tuple(each for each in at.decided if each is not None))
            return replace(at, decided=(step,))
        region = first(at_paths(resource.attributes, rule.region or (), "resolve.region-here"))
        return sent_to(given, self._catalog, region)

    def _parent(self, resource: Resource, address: str) -> Parent | None:
        """The parent at ``address``, at the place of its first placement; past the limit, at none that is known."""
        root, variant, _ = resource.identity
        found = self._addressed.at(root, variant, address)
        if found is None or found is resource:
            return None
        if found.identity in self._parents:
            return self._parents[found.identity]
        if self._depth == MAX_PARENTS:
            self._cut_short = True
            return Parent(Place(_TOO_DEEP, _TOO_DEEP, _TOO_DEEP), found.attributes, self._entries.names(found))
        if self._depth == 0:
            self._cut_short = False
        self._depth += 1
        at = self._place(self._entries.seen(found), self._entries.main_rule(found), None)
        self._depth -= 1
        parent = Parent(at, found.attributes, self._entries.names(found))
        # What was cut short on the way from another resource may be known when asked from nearer by.
        if not self._cut_short or self._depth == 0:
            self._parents[found.identity] = parent
        return parent

    def _placement(
        self, resource: Resource, rule: PlacementRule, entry: TypeEntry | None, at: Place, sure: Fact[bool]
    ) -> Placement:
        role = _role(resource, rule, entry)
        payload = rule.role != CONFIG_ROLE
        attested = about(self._attested, resource) if self._attested and payload else ()
        made = placed_at(at, role, self._catalog, attested, self._day, payload)
        made = replace(made, because=(*at.decided, *evidence(resource, rule.when)), sure=sure)
        if resource.named is not None:
            made = with_stated(made, at, resource.named, self._catalog, self._day)
            called = "" if entry is None else name_of(resource.named, at.provider)
            made = replace(made, provider_name=made.provider_name or called)
        made = vouched(made, at, attested, self._catalog, self._day) if attested else made
        return once_located(made, self._catalog, self._day)


def _named_alone(at: Place) -> Place:
    """The place of what only its name tells: one in which no region stands isn't a region that nobody knows."""
    region = at.region
    if not isinstance(region, Unknown) or region.reason is not Reason.NOT_IN_CATALOGUE:
        return at
    note = Note("resolve.target-without-region")
    return replace(at, region=Unknown(Reason.NO_EVIDENCE, "region", region.because, note=note))


def _itself(resource: Resource, at: Place) -> Place:
    """The place of a cluster, with where that is written at the end of all that decides it."""
    chain = tuple(step for step in at.decided if step is not None)
    return replace(at, decided=(Step(resource.where, Note("resolve.cluster-itself"), chain),))


def _distinct(placements: Iterable[Placement]) -> Iterator[Placement]:
    """Placements without those at a place where another one is: five volumes of one class are one finding."""
    met: set[object] = set()
    for each in placements:
        facts = (each.provider, each.region)
        key = tuple(str(fact.value) if isinstance(fact, Known) else fact.cause for fact in facts)
        if key not in met:
            met.add(key)
            yield each


def _role(resource: Resource, rule: PlacementRule, entry: TypeEntry | None) -> Fact[str]:
    role = resource.role or rule.role
    if role is not None:
        return Known(role)
    note = None if entry is None else Note("resolve.role-unlisted", {"type": resource.type})
    return Unknown(Reason.NOT_IN_CATALOGUE, resource.type, note=note)


def _unlisted(resource: Resource) -> Unknown:
    """Why nothing can be told of a resource whose plug-in the catalogue doesn't have."""
    if resource.binding is None:
        return Unknown(Reason.NOT_IN_CATALOGUE, resource.type)
    plugin = resource.binding.plugin
    note = Note("resolve.plugin-unlisted", {"plugin": plugin})
    return Unknown(Reason.NOT_IN_CATALOGUE, f"plug-in {plugin}", note=note)

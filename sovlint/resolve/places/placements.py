"""Resource x catalogue -> placements: one for each role and region that its type is known to have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from sovlint.catalog.entries import FlowRule, PlacementRule, TypeEntry
from sovlint.model.attestation import Attestation
from sovlint.model.attributes import Found
from sovlint.model.placement import CONFIG_ROLE, Placement, ShownBy, Shows
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Reason, Step, Unknown, unroll
from sovlint.resolve.conditions import evidence, holds, is_excluded
from sovlint.resolve.facts.attested import vouched
from sovlint.resolve.facts.attested_holdings import about, of_company
from sovlint.resolve.facts.located_holdings import once_located
from sovlint.resolve.facts.service_place import ServicePlace, as_proved, as_read
from sovlint.resolve.facts.stated_in_inventories import with_stated
from sovlint.resolve.names.forms import as_text
from sovlint.resolve.places.counted import asks_for_declared, is_guessed
from sovlint.resolve.places.inside_values import scopes
from sovlint.resolve.places.named_places import name_of
from sovlint.resolve.places.placement_facts import placement_at
from sovlint.resolve.places.placement_tasks import PlacementTask, placement_tasks
from sovlint.resolve.places.placer import Placer
from sovlint.resolve.places.said_by_patches import rules_of
from sovlint.resolve.places.sends import Destinations, is_of_tests, where_given
from sovlint.resolve.places.vendors import vendor_places
from sovlint.resolve.values import no_evidence, value_of

_DYNAMIC = Unknown(
    Reason.UNSUPPORTED_EXPRESSION, "dynamic", note=Note("resolve.dynamic-block")
)


class Placements:
    """The placements of resources: each place, with what catalogue and attestations say of it on a day."""

    def __init__(
        self,
        placer: Placer,
        destinations: Destinations,
        attested: Sequence[Attestation],
        day: date,
    ) -> None:
        self._placer = placer
        self._destinations = destinations
        self._attested = attested
        self._day = day

    def of(self, resource: Resource) -> tuple[Placement, ...]:
        """The placements of a resource; of one that can't be read, one that says so, and where what it is handed goes."""
        if resource.unreadable is not None:
            return (Placement.unknown(resource.unreadable), *self._sent(resource, ()))
        by_type = tuple(self._by_type(resource))
        by_type += tuple(self._by_flows(resource, frozenset(map(_where_at, by_type))))
        return (*by_type, *self._sent(resource, by_type))

    def _sent(self, resource: Resource, by_type: Sequence[Placement]) -> Iterator[Placement]:
        """One placement for each address that a resource sends data to, unless it surely stays where it is, or the rules
        of its type have said so of the same address already."""
        told = (
            _places_of(each for one in by_type for each in one.because)
            if resource.sends
            else frozenset()
        )
        for sent, place in self._destinations.of(resource):
            is_told = sent.where.span() in told and _places_of((sent.value.because,)) <= told
            if isinstance(place, ServicePlace) and not is_told:
                yield _with_read(place, partial(self._sent_to, resource, sent))

    def _sent_to(self, resource: Resource, sent: Sent, place: ServicePlace) -> Placement:
        attested = of_company(about(self._attested, resource), "")
        made = placement_at(
            place, Known(sent.role), self._placer.catalog, attested, self._day
        )
        made = replace(
            made,
            sent=sent.key,
            sure=where_given(sent)[1],
            guessed=is_guessed(sent, place.provider, self._placer.catalog),
            asks_for_declared=asks_for_declared(sent, place.provider, self._placer.catalog)
            or is_of_tests(sent, place, self._placer),
        )
        return self._vouched(made, place, attested)

    def _by_type(self, resource: Resource) -> Iterator[Placement]:
        """The placements that the rules of its type give."""
        entry, resource = (
            self._placer.resources.entry(resource),
            self._placer.resources.seen(resource),
        )
        for rule in rules_of(resource, entry, self._placer.catalog):
            if rule.role == CONFIG_ROLE:
                yield self._placement(PlacementTask(resource, rule), entry, TRUE)
                continue
            found = (
                each
                for one in _on_each_cluster(resource, rule)
                for scope in scopes(one, rule)
                for each in self._by_rule(scope, rule, entry)
            )
            yield from found if rule.storage is None else _distinct(found)

    def _by_flows(self, resource: Resource, told: Collection[object]) -> Iterator[Placement]:
        """Where the flows of its type lead by the names of their targets, but for what is ``told`` already, or what a rule
        of the type goes by: that says when it is nothing, too."""
        entry = self._placer.resources.entry(resource)
        if entry is None or resource.named is not None or not entry.flows:
            return
        resource = self._placer.resources.seen(resource)
        ruled = {
            path for rule in entry.rules for path in (rule.each_region, rule.each_endpoint)
        }
        for flow in entry.flows:
            if not flow.goes_out or flow.target in ruled:
                continue
            for each in self._told_by_name(resource, flow, entry):
                if _where_at(each) not in told:
                    yield each

    def _told_by_name(
        self, resource: Resource, flow: FlowRule, entry: TypeEntry
    ) -> Iterator[Placement]:
        """Where a flow leads whose target isn't here: only where its name says another region than the resource's own."""
        if not any(map(_says_more, resource.attributes.read(flow.target))):
            return
        if is_excluded(resource, flow.unless):
            return
        rule = flow.to_outside(entry.rules)
        own = self._placer.place_of(resource)
        for task in placement_tasks(resource, rule, self._placer.resources):
            place = self._placer.place(task)
            if isinstance(place.region, Known):
                is_other = not _is_same(place, own)
            else:  # a region that isn't known, in the place of one; nor is it known whether it is the resource's own
                text = as_text(task.given.value) if task.given is not None else ""
                said = self._placer.resources.names_here.place_in(text)
                is_other = said is not None and isinstance(own.region, Known)
            if is_other:
                sure = task.given is None or task.given.sure
                yield self._described(task, entry, place, TRUE if sure else _DYNAMIC)

    def _by_rule(
        self, resource: Resource, rule: PlacementRule, entry: TypeEntry | None
    ) -> Iterator[Placement]:
        sure = holds(resource, rule)
        if value_of(sure) is False:
            return
        if resource.named is not None and resource.named.answers:
            for place in vendor_places(resource.named, rule, self._placer.catalog):
                yield self._described(PlacementTask(resource, rule), entry, place, sure)
            return
        for task in placement_tasks(resource, rule, self._placer.resources):
            is_sure = task.given is None or task.given.sure
            yield self._placement(task, entry, sure if is_sure else _DYNAMIC)

    def _placement(
        self, task: PlacementTask, entry: TypeEntry | None, sure: Fact[bool]
    ) -> Placement:
        place = self._placer.place(task)
        return self._described(
            task, entry, _named_alone(place) if task.rule.elsewhere else place, sure
        )

    def _described(
        self,
        task: PlacementTask,
        entry: TypeEntry | None,
        place: ServicePlace,
        sure: Fact[bool],
    ) -> Placement:
        """A place with all that is known of it."""
        return _with_read(place, lambda at: self._described_at(task, entry, at, sure))

    def _described_at(
        self,
        task: PlacementTask,
        entry: TypeEntry | None,
        place: ServicePlace,
        sure: Fact[bool],
    ) -> Placement:
        resource, rule, catalog = task.resource, task.rule, self._placer.catalog
        payload = rule.role != CONFIG_ROLE
        called = "" if resource.named is None else name_of(resource.named, place.provider)
        attested = of_company(about(self._attested, resource), called) if payload else ()
        made = placement_at(
            place, _role(resource, rule, entry), catalog, attested, self._day, payload
        )
        because = (*_by_entry(resource), *place.decided, *evidence(resource, rule.when))
        made = replace(made, because=because, sure=sure)
        made = self._shown_by_entry(made, resource)
        if resource.named is not None:
            made = with_stated(made, place, resource.named, catalog, self._day)
            made = replace(
                made, provider_name=made.provider_name or (called if entry else "")
            )
        return self._vouched(made, place, attested)

    def _shown_by_entry(self, made: Placement, resource: Resource) -> Placement:
        """The same, resting on the entry that says what the resource's module makes."""
        if resource.entry is None:
            return made
        source = self._placer.catalog.source(resource.entry.source)
        shown = ShownBy(Shows.MODULE, resource.entry.module, source, source.background)
        return replace(made, evidence=(shown, *made.evidence))

    def _vouched(
        self, made: Placement, place: ServicePlace, attested: Sequence[Attestation]
    ) -> Placement:
        made = vouched(made, place, attested, self._placer.catalog, self._day)
        return once_located(made, self._placer.catalog, self._day)


def _says_more(found: Found) -> bool:
    """Whether a value is more than a bare name: an ARN, a path, an address."""
    text = as_text(found.value)
    return ":" in text or "/" in text


def _where_at(placement: Placement) -> object:
    """What tells a placement from another of the same resource."""
    facts = (placement.role, placement.provider, placement.region)
    return tuple(str(each.value) if isinstance(each, Known) else None for each in facts)


def _is_same(one: ServicePlace, other: ServicePlace) -> bool:
    """Whether two places surely are one region of one company."""
    return all(
        isinstance(here, Known) and isinstance(there, Known) and here.value == there.value
        for here, there in ((one.provider, other.provider), (one.region, other.region))
    )


def _on_each_cluster(resource: Resource, rule: PlacementRule) -> Iterator[Resource]:
    """A resource on each cluster that it is deployed to; once, where a rule doesn't ask for its cluster."""
    by_itself = rule.each_endpoint or rule.host or rule.through or rule.elsewhere
    if resource.named is None or by_itself or not resource.named.each:
        yield resource
        return
    for named in resource.named.each:
        yield replace(resource, named=named)


def _with_read(
    place: ServicePlace, describe: Callable[[ServicePlace], Placement]
) -> Placement:
    """What is said of a place; by what was read alone, where other values here contradict that; and without hints."""
    made, read, proved = describe(place), as_read(place), as_proved(place)
    if read is not None:
        made = replace(made, read=describe(read))
    if proved is None or value_of(made.role) == CONFIG_ROLE:
        return made
    return replace(made, proved=describe(proved))


def _named_alone(place: ServicePlace) -> ServicePlace:
    """The place of what only its name tells: one in which no region stands isn't a region that nobody knows."""
    region = place.region
    if not isinstance(region, Unknown) or region.reason is not Reason.NOT_IN_CATALOGUE:
        return place
    note = Note("resolve.target-without-region")
    return replace(place, region=no_evidence("region", region.because, note))


def _by_entry(resource: Resource) -> Sequence[Because]:
    """That an entry of the catalogue says that it is made, where the code of its module isn't here."""
    entry = resource.entry
    if entry is None:
        return ()
    said = {"module": entry.module, "versions": entry.versions, "type": resource.type}
    return (Step(resource.where, Note("resolve.module-entry", said)),)


def _places_of(causes: Iterable[Step | None]) -> frozenset[Span]:
    """Where all is written that led to something: what a template pastes shares the template's line with the rest."""
    return frozenset(
        step.where.span()
        for cause in causes
        for step in unroll(cause)
        if step.where is not None
    )


def _distinct(placements: Iterable[Placement]) -> Iterator[Placement]:
    """Placements without those at a place where another one is: five volumes of one class are one finding."""
    met: set[object] = set()
    for each in placements:
        facts = (each.provider, each.region)
        key = (
            each.proved is None,  # one that only a hint shows isn't proved by another
            *(str(fact.value) if isinstance(fact, Known) else fact.cause for fact in facts),
        )
        if key not in met:
            met.add(key)
            yield each


def _role(resource: Resource, rule: PlacementRule, entry: TypeEntry | None) -> Fact[str]:
    role = resource.role or rule.role
    if role is not None:
        return Known(role)
    note = None if entry is None else Note("resolve.role-unlisted", {"type": resource.type})
    return Unknown(Reason.NOT_IN_CATALOGUE, resource.type, note=note)

"""The catalogue as the other rooms see it: ask, and get entries with their sources."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from sovlint.catalog import (
    companies,
    contents,
    hints,
    lookup,
    plugin_types,
    schemes,
    services,
)
from sovlint.catalog.compiling.control import EVERYWHERE
from sovlint.catalog.decoded import decoded
from sovlint.catalog.decoded import source as source_with
from sovlint.catalog.entries import (
    Control,
    DataClass,
    ImageEntry,
    KindEntry,
    LexiconTerm,
    Plugin,
    Provider,
    Region,
    Scheme,
    StandsFor,
    Technology,
    TypeEntry,
)
from sovlint.catalog.entries.naming import Naming
from sovlint.catalog.known_hosts import KnownHosts
from sovlint.catalog.offering import CatalogOffering
from sovlint.catalog.states import meant, mistaken_for, state_on_day
from sovlint.model.decoding import DecodedEntries, decode
from sovlint.model.findings.own_rules import OwnRule
from sovlint.model.house import House
from sovlint.model.lookups.contents import Inventory
from sovlint.model.lookups.names import fold, without_stops
from sovlint.model.lookups.profile import Company, HostPattern, PluginUse
from sovlint.model.placement import Source
from sovlint.model.text import Bilingual
from sovlint.model.unread import UnreadKinds
from sovlint.model.world import Jurisdiction, World
from sovlint.rules.hints import ClusterHints, Hints
from sovlint.rules.values.address_names import AddressNames


class Namesake(Struct, frozen=True):
    """Whose name a longer name of a company begins with, and the words that follow: ``France``, ``SAS``."""

    provider: Provider
    rest: tuple[str, ...]


class Catalog:
    """Who runs what, who can compel them, where it is and what it holds. Read-only; entries are built when needed."""

    def __init__(self, index: Mapping[str, Any], laid_over: Sequence[OwnRule] = ()) -> None:
        self._index = index
        self.laid_over = tuple(laid_over)
        """What folders laid over what ships replace and add, with their paths as they were given."""
        self.hosts = KnownHosts(index, self.takes)
        """Who answers at which host."""
        self.asked: frozenset[str] = frozenset()
        """Qualifications that a policy or an attestation names."""
        self._types: dict[tuple[str, str], TypeEntry | None] = {}
        self._plugins: dict[str, Plugin] = {}
        self._providers: dict[str, Provider] = {}
        self._regions: dict[tuple[str, str], Region | None] = {}
        self._control: dict[tuple[str, datetime.date, str], Control] = {}
        self._technology: dict[tuple[str, datetime.date], Technology] = {}

    @property
    def date(self) -> str:
        """The newest day on which any list or fact was checked (``YYYY-MM-DD``)."""
        return str(self._index["date"])

    @cached_property
    def providers(self) -> Mapping[str, Provider]:
        """All providers by id."""
        return MappingProxyType(
            {provider: self._provider(provider) for provider in self._index["providers"]}
        )

    def find_provider(self, written: str) -> Provider | None:
        """The provider with this id, name or alias, or that a company of this name runs, whatever the case."""
        names = self._index["names"]
        provider = names.get(fold(written)) or names.get(fold(without_stops(written)))
        return self._provider(provider) if provider else None

    def namesake(self, written: str) -> Namesake | None:
        """The provider whose name a longer name of a company begins with, in whole words: AWS of ``AWS France SAS``."""
        words = without_stops(written).split()
        for count in range(len(words), 0, -1):
            found = self.find_provider(" ".join(words[:count]))
            if found is not None:
                return Namesake(found, tuple(words[count:]))
        return None

    def family(self, provider_id: str, day: datetime.date) -> tuple[str, ...]:
        """The providers that companies of one group run, this one among them: what somebody is called like may be any."""
        return lookup.family(self._index, provider_id, day)

    @property
    def provider_names(self) -> Mapping[str, str]:
        """Id of a provider by everything that it may be called, as ``names.fold`` has it: ids, names, aliases,
        names of companies."""
        return MappingProxyType(self._index["names"])

    @property
    def titles(self) -> Mapping[str, str]:
        """Names of providers by id."""
        return MappingProxyType(self._index["titles"])

    @property
    def written(self) -> Mapping[str, Any]:
        """The entries as files have them, by section and id; sources have their ids of the index."""
        return self._index

    def control(
        self, provider_id: str, day: datetime.date, region: str = EVERYWHERE
    ) -> Control:
        """Who controls a provider on a day: in one region, or wherever no region has an operator of its own."""
        key = provider_id, day, region
        if key not in self._control:
            self._control[key] = companies.control(self._index, *key)
        return self._control[key]

    def ownership_dates(
        self, provider_id: str, day: datetime.date, region: str = EVERYWHERE
    ) -> frozenset[str]:
        """The dates, as written, of the sources that show who controls a provider on a day in a region."""
        found = companies.ownership_sources(self._index, provider_id, day, region)
        return frozenset(each.date for each in found)

    def turns(self, provider_id: str) -> frozenset[datetime.date]:
        """The days from which somebody else may control a provider."""
        return companies.turns(self._index, provider_id)

    def technology(self, provider_id: str, day: datetime.date) -> Technology:
        """What a provider runs on, on a day."""
        key = provider_id, day
        if key not in self._technology:
            self._technology[key] = companies.technology(self._index, *key)
        return self._technology[key]

    def company(
        self, provider_id: str, day: datetime.date, region: str = EVERYWHERE
    ) -> Company:
        """The company that runs a provider, with everybody who holds it on a day."""
        return lookup.company(
            self._index, self.control(provider_id, day, region).operator, day
        )

    def hosts_of(self, provider_id: str) -> tuple[HostPattern, ...]:
        """The patterns of hosts that lead to a provider."""
        return lookup.hosts_of(self._index, provider_id)

    def plugins_of(self, provider_id: str) -> tuple[PluginUse, ...]:
        """The plug-ins that reach a provider by name, its own and those of others."""
        return lookup.plugins_of(self._index, provider_id)

    def find_state(self, written: str) -> str | None:
        """The code of a state or an area, given by its code or its name in either language."""
        found = self._index["places"].get(fold(written))
        return None if found is None else str(found)

    def entity_named(self, written: str) -> str | None:
        """The id of a company, a person or a state that is called so, by its id or its name."""
        entities = self._index["entities"]
        name = fold(without_stops(written))
        return next(
            (
                entity
                for entity, data in entities.items()
                if name in map(fold, map(without_stops, (entity, data["name"])))
            ),
            None,
        )

    def meant_state(self, written: str) -> str:
        """A hint at the state that a code or name was probably meant for; empty where none is like it."""
        return meant(self._index["jurisdictions"], written)

    def state_mistaken(self, written: str) -> str | None:
        """The code of the state for which people write a code that isn't its own: ``UK``."""
        return mistaken_for(self._index["jurisdictions"], written)

    def find_region(self, provider_id: str, written: str) -> Region | None:
        """The region of a provider that a code, name, zone or suffixed code means; case and spaces don't count.

        Where none of those fits, the forms of the provider are tried (an ARN, a path), and what stands inside them.
        A provider of which no region is listed (most services) is somewhere: a state or an area counts as its region.
        """
        key = provider_id, written
        if key not in self._regions:
            self._regions[key] = companies.find_region(
                self._index, provider_id, fold(written)
            )
        return self._regions[key]

    def regions_spanned(self, provider_id: str, written: str) -> Sequence[str]:
        """The codes of the regions of which something that is named so may run in any; empty for most names."""
        return companies.regions_spanned(self._index, provider_id, fold(written))

    @property
    def plugin_ids(self) -> tuple[str, ...]:
        """All plug-ins."""
        return tuple(self._index["plugins"])

    def plugin(self, id_or_source: str) -> Plugin | None:
        """The plug-in with this id or registry address."""
        plugin = self._plugin_id(id_or_source)
        if plugin is None:
            return None
        if plugin not in self._plugins:
            self._plugins[plugin] = plugin_types.plugin(self._index, plugin)
        return self._plugins[plugin]

    def naming(self, id_or_source: str) -> Naming | None:
        """How the resources of a plug-in are named by others."""
        plugin = self._plugin_id(id_or_source)
        return plugin_types.naming(self._index, plugin) if plugin else None

    def type_entry(self, plugin_id: str, type_name: str) -> TypeEntry | None:
        """What is known of a resource type; types that ``config`` lists have one rule, of role ``config``."""
        plugin = self._plugin_id(plugin_id)
        if plugin is None:
            return None
        key = plugin, type_name
        if key not in self._types:
            self._types[key] = plugin_types.type_entry(self._index, plugin, type_name)
        return self._types[key]

    def source(self, key: str) -> Source:
        """The source with a key that an entry names."""
        return source_with(self._index, key)

    def has_stand_ins(self, plugin_id: str) -> bool:
        """Whether types of a plug-in stand for those of another one."""
        plugin = self._plugin_id(plugin_id)
        return plugin is not None and "stands_for" in self._index["plugins"][plugin]

    def stands_for(self, plugin_id: str, type_name: str) -> StandsFor | None:
        """What a custom resource stands for; ``None`` where it is a type of its own plug-in."""
        plugin = self._plugin_id(plugin_id)
        return plugin_types.stands_for(self._index, plugin, type_name) if plugin else None

    @cached_property
    def address_names(self) -> AddressNames:
        """What names of settings say of addresses in them."""
        return AddressNames(self._index["address_names"])

    def at_house(self, house: House) -> Catalog:
        """The same catalogue with what is known of a house's own hosts."""
        found = copy(self)
        found.hosts = self.hosts.at_house(house)
        return found

    def instead(self, index: Mapping[str, Any]) -> Catalog:
        """What another index says, for those who ask for the same qualifications."""
        found = Catalog(index, self.laid_over)
        found.asked = self.asked
        return found

    def asking(self, qualifications: Collection[str]) -> Catalog:
        """The same catalogue for those who ask for these qualifications by name."""
        found = copy(self)
        found.asked = frozenset(qualifications)
        found.__dict__.pop("judged", None)
        return found

    @cached_property
    def judged(self) -> Mapping[str, Scheme]:
        """The qualifications that places are judged by: all but those that nobody here asked for by name."""
        return MappingProxyType(
            {
                name: scheme
                for name, scheme in self.schemes.items()
                if not scheme.on_request or name in self.asked
            }
        )

    @cached_property
    def schemes(self) -> Mapping[str, Scheme]:
        """Qualifications by name."""
        return MappingProxyType(
            {name: schemes.scheme(self._index, name) for name in self._index["schemes"]}
        )

    @cached_property
    def jurisdictions(self) -> Mapping[str, Jurisdiction]:
        """States, and the EU, by code."""
        listed = self._index["jurisdictions"]
        return MappingProxyType(
            {
                code: decoded(self._index, Jurisdiction, {**data, "code": code})
                for code, data in listed.items()
            }
        )

    @cached_property
    def areas(self) -> Mapping[str, Bilingual]:
        """Names of areas (``EEA``, ``EU``) by id."""
        return MappingProxyType(decode(dict[str, Bilingual], self._index["areas"]))

    @cached_property
    def classes(self) -> Mapping[str, DataClass]:
        """Data classes by id."""
        return DecodedEntries(DataClass, self._index["classes"])

    @cached_property
    def _kinds(self) -> DecodedEntries[KindEntry]:
        return DecodedEntries(KindEntry, self._index["kinds"])

    @property
    def kinds(self) -> tuple[KindEntry, ...]:
        """All kinds of services."""
        return tuple(self._kinds.values())

    def kinds_of(self, provider_id: str, service: str | None) -> tuple[KindEntry, ...]:
        """The kinds of a service (``None``: one that isn't known); none where it has no peer or nobody said."""
        found = services.kinds_of(self._index, provider_id, service)
        return tuple(self._kinds[kind] for kind in found or ())

    def takes(self, provider_id: str, service: str | None) -> str | None:
        """Which part data plays that is sent to a service by its kind; ``None`` where none is, or it isn't known. Of a
        service of several kinds, the first that takes any says so."""
        if service is None:
            return None
        return next(
            (kind.takes for kind in self.kinds_of(provider_id, service) if kind.takes), None
        )

    def tells_services(self, provider_id: str) -> bool:
        """Whether several services of a provider are told apart."""
        return services.tells_apart(self._index, provider_id)

    def service_named(self, provider_id: str, written: str) -> str | None:
        """The service of a provider that is called exactly so, by its id or a name of its own, whatever the case."""
        return services.named(self._index, provider_id, written)

    def of_kind(self, kind_id: str) -> Iterator[tuple[Provider, str | None]]:
        """Every provider with a service of this kind, and the service; ``None`` where a vendor's are all alike."""
        for provider, service in services.of_kind(self._index["services"], kind_id):
            yield self._provider(provider), service

    def is_ended(self, provider_id: str, service: str | None) -> bool:
        """Whether a provider has ended a service, or said when it will."""
        return service in self._index["ended"].get(provider_id, {})

    def fixed_place(self, provider_id: str, service: str | None) -> Region | None:
        """The one place of a service whose types are all put there, whatever is written; ``None`` where none is."""
        code = self._index["fixed_places"].get(provider_id, {}).get(service)
        return None if code is None else self.find_region(provider_id, code)

    @cached_property
    def lexicon(self) -> tuple[LexiconTerm, ...]:
        """Terms that suggest a data class, longest first."""
        return decode(tuple[LexiconTerm, ...], self._index["lexicon"])

    @cached_property
    def images(self) -> tuple[ImageEntry, ...]:
        """Container images of which is known what they keep."""
        return decode(tuple[ImageEntry, ...], list(self._index["images"].values()))

    def hints(self) -> Hints:
        """What front ends need to know, as a value of the model."""
        return hints.hints(self._index, self._registries, self.cluster_hints, self.unread)

    @cached_property
    def unread(self) -> UnreadKinds:
        """Kinds of files that nobody reads."""
        return UnreadKinds(self._index["unread"])

    @cached_property
    def cluster_hints(self) -> ClusterHints:
        """What shows where a cluster is."""
        return hints.clusters(self._index)

    def world(self, day: datetime.date) -> World:
        """What judging and reporting need to know on a day, as a value of the model."""
        return World(
            states={
                code: state_on_day(state, day) for code, state in self.jurisdictions.items()
            },
            areas=self.areas,
            classes={name: entry.name for name, entry in self.classes.items()},
            covers={name: entry.covers for name, entry in self.classes.items()},
            providers=self._index["titles"],
            qualifications={name: scheme.title for name, scheme in self.schemes.items()},
            kinds={each.id: each.name for each in self._kinds.values()},
            offering=self.offering,
        )

    @cached_property
    def offering(self) -> CatalogOffering:
        """What companies offer."""
        return CatalogOffering(self._index)

    def inventory(self) -> Inventory:
        """How much it knows, and the dates of its sources."""
        return contents.inventory(self._index)

    @cached_property
    def _registries(self) -> tuple[str, ...]:
        return tuple(f"{host}/" for host in self._index["registries"])

    def _provider(self, provider: str) -> Provider:
        if provider not in self._providers:
            self._providers[provider] = companies.provider(self._index, provider)
        return self._providers[provider]

    def _plugin_id(self, written: str) -> str | None:
        address = written.casefold()
        for registry in self._registries:
            address = address.removeprefix(registry)
        found = self._index["plugin_names"].get(address)
        return None if found is None else str(found)

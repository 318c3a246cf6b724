"""References between catalogue entries, and names that collide.

Works on merged parts (see ``files.py``): an overlay may refer to what ships, and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from sovlint import documents
from sovlint.catalog import command_lines, configuration, control, evidence, ownership
from sovlint.catalog.files import HOST_SECTIONS, CatalogueFile, Problem
from sovlint.catalog.hosts import pattern
from sovlint.catalog.names import fold, tokens
from sovlint.catalog.services import ANY_SERVICE, NO_KIND, services_of
from sovlint.catalog.shared import CONFIG, DATA, UNDECIDED, decision
from sovlint.documents import closest
from sovlint.model import dates
from sovlint.model.signature import Setting, Signature, Signatures
from sovlint.model.source import Span
from sovlint.model.value import Known

At = documents.Path

NOWHERE = Span("", 1, 1, 1, 1)

_HOST = re.compile(r"(\*\*\.)?((\*|[a-z0-9-]*(\{region\})?[a-z0-9-]*)\.)*[a-z0-9-]+")


_UNSAID = (
    "nothing says who holds it: write `owners` (null where nobody found who does), `no_majority` with what says so, or "
    "the `kind` of somebody whom nobody can hold."
)


class References:
    """The checks of one set of merged parts; problems are told at the entry of the files at hand (``origins``)."""

    def __init__(self, parts: Mapping[str, Any], where: Mapping[tuple[str, str], tuple[CatalogueFile, At]]) -> None:
        self.parts = parts
        self.where = where

    def problems(self) -> list[Problem]:
        """All of them, sorted."""
        found = [
            self._located(section, entry, at, message)
            for section, check_all in (
                ("entities", self._entity), ("providers", self._provider), ("jurisdictions", self._jurisdiction),
                ("endpoints", self._endpoint), ("not_placements", self._not_placement),
                ("schemes", self._scheme), ("classes", self._class),
                ("terms", self._term), ("images", self._image),
                ("signatures", self._signature), ("commands", self._command), ("pipelines", self._pipeline),
                ("deployments", self._deployment),
                ("tasks", self._task), ("formats", self._format), ("passed_over", self._passed_over),
                ("plugins", self._plugin), ("services", self._services),
                ("like", self._like), ("sends", self._sends),
                ("evidence", self._evidence),
            )
            for entry, data in self.parts[section].items()
            for at, message in check_all(entry, data)
        ]  # fmt: skip
        found += [self._located(*problem) for problem in (*self._names(), *self._plugin_names(), *self._hosts())]
        if not found:
            found += [self._located(*problem) for problem in self._circles()]
        return sorted(set(found), key=lambda problem: (problem.path, problem.line, problem.message))

    def _located(self, section: str, entry: str, at: At, message: str) -> Problem:
        file, start = self.where.get((section, entry), (None, ()))
        if file is None:
            return Problem("the shipped catalogue", 1, 1, f"{section}, `{entry}`: {message}")
        return file.problem((*start, *at), message)

    def _known(self, section: str, name: str, at: At) -> Iterator[tuple[At, str]]:
        known = self.parts[section]
        if name not in known:
            yield at, f"`{name}` isn't among {section}.{closest(name, list(known))}"

    def _all_known(self, section: str, names: Iterable[str], at: At) -> Iterator[tuple[At, str]]:
        for index, name in enumerate(names):
            yield from self._known(section, name, (*at, index))

    def _entity(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from self._known("jurisdictions", data["seat"], ("seat",))
        if not {"owners", "no_majority", "kind"} & set(data):
            yield (), _UNSAID
        for index, holding in enumerate(data.get("owners") or ()):
            for owner in holding.get("group") or [holding["entity"]]:
                yield from self._known("entities", owner, ("owners", index))
            if holding.get("share", 0) > ownership.HALF and not holding.get("majority", True):
                yield ("owners", index), f"{holding['share']} % is a majority."
            yield from _dates(holding, ("owners", index))
        yield from _dates(data.get("no_majority") or {}, ("no_majority",))
        for index, reach in enumerate(data.get("reach", ())):
            yield from self._known("jurisdictions", reach["jurisdiction"], ("reach", index))
            yield from _dates(reach, ("reach", index))

    def _jurisdiction(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from self._all_known("areas", data.get("areas", ()), ("areas",))
        yield from _dates(data.get("adequacy", {}), ("adequacy",))
        for index, law in enumerate(data.get("laws", ())):
            yield from _dates(law, ("laws", index))
            yield from _dates({"since": law.get("until"), "until": law.get("continues_until")}, ("laws", index))

    def _sends(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        if data.get("provider"):
            yield from self._known("providers", data["provider"], ("provider",))

    def _provider(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from self._known("entities", data["operator"], ("operator",))
        hosts = [below["provider"] for below in data.get("runs_on") or ()]
        yield from self._all_known("providers", hosts, ("runs_on",))
        for index, technology in enumerate(data.get("technology", ())):
            yield from self._known("entities", technology["entity"], ("technology", index))
            yield from self._known("jurisdictions", technology["jurisdiction"], ("technology", index))
            yield from _dates(technology, ("technology", index))
        for index, suffix in enumerate(data.get("region_suffixes", ())):
            yield from _regex(suffix, ("region_suffixes", index))
        for index, form in enumerate(data.get("region_forms", ())):
            yield from _regex(form, ("region_forms", index), groups=1)
        yield from self._regions(data.get("regions", {}))

    def _regions(self, regions: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        taken: dict[str, str] = {}
        for code, region in regions.items():
            at: At = ("regions", code)
            if "operator" in region:
                yield from self._known("entities", region["operator"]["entity"], (*at, "operator"))
            if region["country"]:
                yield from self._known("jurisdictions", region["country"], (*at, "country"))
            yield from self._all_known("areas", region.get("areas", ()), (*at, "areas"))
            if region.get("pair") and region["pair"] not in regions:
                yield (*at, "pair"), f"`{region['pair']}` isn't a region here.{closest(region['pair'], list(regions))}"
            for name in {fold(name) for name in (code, *region.get("names", ()), *region.get("zones", ()))}:
                if name in taken:
                    yield at, f"`{name}` means `{taken[name]}` already."
                taken[name] = code

    def _endpoint(self, host: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from self._known("providers", data["provider"], ("provider",))
        yield from _host_form(host)
        if "region" in data:
            yield from self._region_of_host(host, data)

    def _region_of_host(self, host: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        regions = self.parts["providers"].get(data["provider"], {}).get("regions", {})
        if "{region}" in host:
            yield ("region",), "the host names its region: either `{region}` in it, or `region` beside it."
        elif data["region"] == "global":
            return
        elif regions and data["region"] not in regions:
            yield ("region",), f"`{data['region']}` isn't a region of {data['provider']}."
        elif not regions and data["region"] not in (*self.parts["jurisdictions"], *self.parts["areas"]):
            yield ("region",), f"{data['provider']} lists no regions: only a state or an area can be one."

    def _not_placement(self, host: str, _: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from _host_form(host)
        if "{region}" in host:
            yield ("host",), f"`{host}` has no region: no data lands there."

    def _scheme(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        versions = [version["id"] for version in data["versions"]]
        yield from _days(data, ("read",), ())
        for index, version in enumerate(data["versions"]):
            yield from _days(version, ("since", "until"), ("versions", index))
            if limits := version.get("limits_owners"):
                yield from self._known("areas", limits["area"], ("versions", index, "limits_owners", "area"))
        for index, offer in enumerate(data["offers"]):
            at: At = ("offers", index)
            yield from self._known("providers", offer["provider"], (*at, "provider"))
            yield from _days(offer, ("since", "until"), at)
            if offer["version"] is not None and offer["version"] not in versions:
                yield (*at, "version"), f"`{offer['version']}` isn't among the versions."
            if "area" in offer:
                yield from self._known("areas", offer["area"], (*at, "area"))
            if offer.get("assumable") and not (offer["since"] and offer["until"] is None):
                yield (*at, "assumable"), "an end can be assumed only where the start is known and the end isn't."
            if offer.get("assumable") and offer["confidence"] == "low":
                yield (*at, "assumable"), "an end can't be assumed on a source of low confidence."
            known = self.parts["providers"].get(offer["provider"], {}).get("regions", {})
            for region in offer["regions"] or ():
                if region not in known:
                    yield (*at, "regions"), f"`{region}` isn't a region of {offer['provider']}."

    def _class(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from self._all_known("classes", data.get("covers", ()), ("covers",))

    def _term(self, term: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from self._known("classes", data["class"], ("class",))
        if not all(tokens(phrase) for phrase in (term, *data.get("unless", ()))):
            yield (), f"`{term}`: a term, and each phrase that cancels it, needs a word."

    def _image(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from self._known("classes", data["class"], ("class",))

    def _signature(self, name: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        """The company, the pattern, and the examples: each positive one must be met, and no negative one."""
        if "company" in data:
            yield from self._known("providers", data["company"], ("company",))
        broken = list(_regex(data["like"], ("like",))) if "like" in data else []
        for index, rule in enumerate(data.get("address", ())):
            broken += _regex(rule["when"], ("address", index, "when")) if "when" in rule else ()
        if broken:
            yield from broken
            return
        signature = Signatures([Signature.of(name, data)])
        for key, wanted in (("positive", True), ("negative", False)):
            for index, example in enumerate(data[key]):
                settings = [Setting(name, Known(value), NOWHERE) for name, value in example.items()]
                if any(signature.signals(settings)) is not wanted:
                    said = "isn't met" if wanted else "is met, and shouldn't be"
                    yield (key, index), f"the example {example} {said}."

    def _command(self, name: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        if "company" in data:
            yield from self._known("providers", data["company"], ("company",))
        yield from self._all_known("commands", data.get("told_by", ()), ("told_by",))
        yield from command_lines.problems(name, data)

    def _deployment(self, name: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        if "company" in data:
            yield from self._known("providers", data["company"], ("company",))
        yield from self._all_known("deployments", data.get("told_by", ()), ("told_by",))
        yield from command_lines.problems(name, data)

    def _task(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        if "company" in data:
            yield from self._known("providers", data["company"], ("company",))

    def _pipeline(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        for name, rule in data["types"].items():
            if "company" in rule:
                yield from self._known("providers", rule["company"], ("types", name, "company"))

    def _format(self, name: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        at_hand = ("formats", name) in self.where  # what an overlay adds may meet examples of what ships
        yield from configuration.problems(name, data, self.parts, self._signatures if at_hand else None)

    @cached_property
    def _signatures(self) -> Signatures | None:
        """All signatures; ``None`` where one is no signature, which is told at it."""
        try:
            return Signatures([Signature.of(name, data) for name, data in self.parts["signatures"].items()])
        except re.error:
            return None

    def _passed_over(self, key: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        for index, written in enumerate(data["list"] if key in configuration.PATTERNS else ()):
            yield from _regex(written, ("list", index))

    def _services(self, provider: str, listed: Mapping[str, Sequence[str]]) -> Iterator[tuple[At, str]]:
        """Kinds that don't exist, and services that nothing leads to: they couldn't be anybody's remedy."""
        if provider not in self._owners:
            yield from self._known("providers", provider, ())
            return
        known = self._owners[provider]
        for service, kinds in listed.items():
            if service not in known and service != ANY_SERVICE:
                meant = closest(service, sorted(known))
                yield (), f"`{service}` is no service of {provider}: no type, host or offer.{meant}"
            for kind in kinds:
                if kind != NO_KIND:
                    yield from self._known("kinds", kind, (kind,))

    def _like(self, provider: str, other: str) -> Iterator[tuple[At, str]]:
        yield from self._known("providers", provider, ())
        yield from self._known("providers", other, ())

    def _evidence(self, _: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from evidence.problems(data, self.parts["providers"])

    @cached_property
    def _owners(self) -> Mapping[str, set[str]]:
        return services_of(self.parts)

    def _plugin(self, plugin: str, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        if "stands_for" in data:
            yield from self._stands_for(data["stands_for"])
        if "same_types_as" in data:
            yield from self._known("plugins", data["same_types_as"], ("same_types_as",))
        chosen = data.get("provider", {})
        candidates = chosen.get("candidates", ())
        yield from self._all_known("providers", candidates, ("provider", "candidates"))
        default = chosen.get("default")
        if default is not None and default not in candidates:
            yield ("provider", "default"), f"`{default}` isn't among the candidates."
        for index, setting in enumerate(chosen.get("settings", ())):
            for provider in setting.get("values", {}).values():
                yield from self._known("providers", provider, ("provider", "settings", index))
        for name, entry in data.get("types", {}).items():
            yield from self._type(name, entry, candidates, data)
        for index, name in enumerate(data.get("region", {}).get("zonal", ())):
            if decision(data, name) is None:
                yield ("region", "zonal", index), f"`{name}` is no type of {plugin}."
        for path, kinds in data.get("pods", {}).items():
            for index, name in enumerate(kinds):
                if decision(data, name) is None:
                    yield ("pods", path, index), f"`{name}` is no type of {plugin}."
        for index, name in enumerate(data.get("own_volumes", ())):
            if not any(name in kinds for kinds in data.get("pods", {}).values()):
                yield ("own_volumes", index), f"`{name}` isn't among the types under `pods`."
        yield from _decided_twice(data)
        for section in (DATA, CONFIG, UNDECIDED):
            for index, name in enumerate(data.get(section, ())):
                if not _has_prefix(name, data.get("prefixes")):
                    at: At = (section, name if section == DATA else index)
                    yield at, f"`{name}` starts with none of the prefixes of {plugin}: {', '.join(data['prefixes'])}."

    def _stands_for(self, data: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
        yield from self._known("plugins", data["plugin"], ("stands_for", "plugin"))
        other = self.parts["plugins"].get(data["plugin"], {})
        for kind, name in data.get("kinds", {}).items():
            if other and decision(other, name) is None:
                yield ("stands_for", "kinds", kind), f"`{name}` is no type of {data['plugin']}."

    def _type(
        self, name: str, entry: Mapping[str, Any], candidates: Sequence[str], plugin: Mapping[str, Any]
    ) -> Iterator[tuple[At, str]]:
        at: At = ("types", name)
        yield from self._all_known("classes", entry.get("intrinsic", ()), (*at, "intrinsic"))
        for rule in entry.get("placements", [entry]):
            if rule.get("through"):
                yield from self._known("plugins", rule["through"], at)
            through = self.parts["plugins"].get(rule.get("through") or "", {})
            behind = through.get("provider", {}).get("candidates", ()) if through else candidates
            fixed = rule.get("region")
            if isinstance(fixed, str) and fixed != "global" and not any(
                fixed in self.parts["providers"].get(provider, {}).get("regions", {}) for provider in behind
            ):  # fmt: skip
                yield at, f"`{fixed}` is a region of none of the candidates; write a list for attribute paths."

    def _names(self) -> Iterator[tuple[str, str, At, str]]:
        names: list[tuple[str, str, At]] = []
        for provider, data in self.parts["providers"].items():
            aliases = [(alias, ("aliases", index)) for index, alias in enumerate(data.get("aliases", ()))]
            written: dict[str, At] = {}
            for name, at in ((provider, ("id",)), (data["name"], ("name",)), *aliases):
                written.setdefault(fold(name), at)
            names += ((name, provider, at) for name, at in written.items())
        yield from self._claimed("providers", names)

    def _plugin_names(self) -> Iterator[tuple[str, str, At, str]]:
        names: list[tuple[str, str, At]] = []
        for plugin, data in self.parts["plugins"].items():
            others = ((source, ("sources_of", index)) for index, source in enumerate(data.get("sources_of", ())))
            names += ((source.casefold(), plugin, at) for source, at in ((plugin, ("id",)), *others))
            names += ((f"group {group}", plugin, ("groups", i)) for i, group in enumerate(data.get("groups", ())))
            if "local_name" in data:
                names.append((f"local name {data['local_name']}", plugin, ("local_name",)))
        yield from self._claimed("plugins", names)

    def _claimed(self, section: str, names: Iterable[tuple[str, str, At]]) -> Iterator[tuple[str, str, At, str]]:
        """Names that two entries claim, told at one of the files at hand, with the place of the other."""
        taken: dict[str, tuple[str, At]] = {}
        for name, entry, at in names:
            one, other = (entry, at), taken.setdefault(name, (entry, at))
            if one[0] == other[0]:
                continue
            if (section, one[0]) not in self.where:
                one, other = other, one
            yield section, *one, f"`{name}` means {other[0]} already ({self._place(section, *other)})."

    def _place(self, section: str, entry: str, at: At) -> str:
        """Where an entry stands, as far as that is at hand."""
        file, start = self.where.get((section, entry), (None, ()))
        if file is None:
            return "in the shipped catalogue"
        found = file.problem((*start, *at), "")
        return f"at {found.path}:{found.line}"

    def _hosts(self) -> Iterator[tuple[str, str, At, str]]:
        """Patterns that claim the same hosts: neither is more specific. Told at one of the files at hand."""
        taken: dict[tuple[object, ...], tuple[str, str]] = {}
        for section in HOST_SECTIONS:
            for host, data in self.parts[section].items():
                one, other = (section, host), taken.setdefault(pattern(data).shape, (section, host))
                if one == other:
                    continue
                if one not in self.where:
                    one, other = other, one
                entry = self.parts[other[0]][other[1]]
                whose = entry.get("provider") or "no placement"
                yield *one, (), f"`{one[1]}` claims the hosts of `{other[1]}` ({whose}) at {entry['at']}."

    def _circles(self) -> Iterator[tuple[str, str, At, str]]:
        for provider in self.parts["providers"]:
            try:
                control.refuse_circles(self.parts, provider)
            except control.ControlError as error:
                yield error.kind, error.id, (), f"{error}."


def _host_form(host: str) -> Iterator[tuple[At, str]]:
    if not _HOST.fullmatch(host) or host.count("{region}") > 1:
        yield ("host",), f"`{host}` is no host: labels, `*` for one, `**` first for several, `{{region}}` once."


def _has_prefix(type_name: str, prefixes: Sequence[str] | None) -> bool:
    """Whether a type is one of a plug-in whose types start so; with no prefixes listed, any is."""
    return prefixes is None or any(type_name == prefix or type_name.startswith(f"{prefix}_") for prefix in prefixes)


def _decided_twice(plugin: Mapping[str, Any]) -> Iterator[tuple[At, str]]:
    """Types that stand in two lists, and retired ones that stand in none."""
    for section, others in ((CONFIG, (DATA,)), (UNDECIDED, (DATA, CONFIG))):
        for index, name in enumerate(plugin.get(section, ())):
            yield from (
                ((section, index), f"`{name}` is also under `{other}`.")
                for other in others
                if name in plugin.get(other, ())
            )
    for index, name in enumerate(plugin.get("retired", ())):
        if not name.startswith("*.") and decision(plugin, name.partition(".")[0]) is None:
            yield ("retired", index), f"`{name}` is retired, but isn't listed under `types` or `config`."


def _days(data: Mapping[str, Any], keys: tuple[str, ...], at: At) -> Iterator[tuple[At, str]]:
    """Days that the calendar doesn't have, and an end before its start."""
    written = {key: data[key] for key in keys if data.get(key)}
    for key, day in written.items():
        try:
            date.fromisoformat(day)
        except ValueError:
            yield (*at, key), f"`{day}` is no day of the calendar (YYYY-MM-DD)."
    if written.get("until", "9999") < written.get("since", ""):
        yield (*at, "until"), "it ends before it starts."


def _dates(data: Mapping[str, Any], at: At) -> Iterator[tuple[At, str]]:
    """Days, months and years that the calendar doesn't have, and an end before its start."""
    written = {key: data[key] for key in ("since", "until") if data.get(key)}
    for key, day in written.items():
        try:
            dates.first_day(day)
        except ValueError:
            yield (*at, key), f"`{day}` is no day, month or year (YYYY, YYYY-MM, YYYY-MM-DD)."
            return
    if len(written) > 1 and dates.last_day(written["until"]) < dates.first_day(written["since"]):
        yield (*at, "until"), "it ends before it starts."


def _regex(written: str, at: At, groups: int = 0) -> Iterator[tuple[At, str]]:
    """What is wrong with a regular expression that must have that many groups (0: any number)."""
    try:
        found = re.compile(written).groups
    except re.error as error:
        yield at, f"not a regular expression: {error}."
        return
    if groups and found != groups:
        yield at, f"it must have {groups} group, the region, not {found}."

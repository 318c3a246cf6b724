"""Entries from the plain data of the index, built when they are first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sovlint.catalog.control import EVERYWHERE
from sovlint.catalog.entries import (
    NOBODY,
    Control,
    DataClass,
    FlowRule,
    HeldFromOutside,
    ImageEntry,
    Kind,
    Limits,
    Offer,
    PlacementRule,
    Plugin,
    Provider,
    Region,
    Scheme,
    Setting,
    StandsFor,
    Technology,
    Term,
    TypeEntry,
    TypesWithTags,
    Version,
    When,
)
from sovlint.catalog.names import flat
from sovlint.catalog.shared import CONFIG, DATA, UNDECIDED, decision, whole_plugin
from sovlint.model.placement import CONFIG_ROLE, Source
from sovlint.model.profile import ControlStep, Maker
from sovlint.model.tagging import TagForm
from sovlint.model.text import Bilingual
from sovlint.model.world import Adequacy, Jurisdiction, Law

Data = Mapping[str, Any]


def source(index: Data, key: str) -> Source:
    """The source with an id of the index."""
    url, day, supports, background, confidence = index["sources"][key]
    return Source(url, day, supports["en"], background, supports["fr"], confidence)


def bilingual(data: Data | None) -> Bilingual | None:
    """A text in both languages, if there is one."""
    return Bilingual(data["en"], data["fr"]) if data else None


def text(data: Data) -> Bilingual:
    """A text in both languages."""
    return Bilingual(data["en"], data["fr"])


def jurisdiction(index: Data, code: str) -> Jurisdiction:
    """A state of the index, or the EU."""
    data = index["jurisdictions"][code]
    adequacy = data.get("adequacy")
    return Jurisdiction(
        code, text(data), tuple(data.get("areas", ())), _adequacy(index, adequacy) if adequacy else None,
        tuple(_law(index, law) for law in data.get("laws", ())),
    )  # fmt: skip


def _law(index: Data, data: Data) -> Law:
    return Law(
        text(data["name"]), data["kind"], source(index, data["source"]), data.get("since"), data.get("until"),
        data.get("continues_until"), bilingual(data.get("note")),
    )  # fmt: skip


def _adequacy(index: Data, data: Data) -> Adequacy:
    return Adequacy(
        data["kind"], source(index, data["source"]), data.get("since"), data.get("until"), bilingual(data.get("note"))
    )


def region(index: Data, provider_id: str, code: str) -> Region:
    """A region of a provider. Its areas are those of its country where it has one. Every provider has ``global``.

    At a provider that lists no regions, ``code`` may be a state or an area.
    """
    data = index["providers"][provider_id].get("regions", {}).get(code) or _place(index, code)
    country = data["country"]
    areas = data.get("areas") or (index["jurisdictions"][country].get("areas", ()) if country else ())
    cited = data.get("source")
    return Region(code, country, tuple(areas), data.get("pair"), source(index, cited) if cited else None)


def _place(index: Data, code: str) -> Data:
    if code in index["areas"]:
        return {"country": None, "areas": index["jurisdictions"].get(code, {}).get("areas", [code])}
    return {"country": code if code in index["jurisdictions"] else None}


def provider(index: Data, provider_id: str) -> Provider:
    """A provider with all its regions."""
    data, entities = index["providers"][provider_id], index["entities"]
    codes = {"global": None, **data.get("regions", {})}
    below = data.get("runs_on", ())
    return Provider(
        id=provider_id,
        name=data["name"],
        aliases=tuple(data.get("aliases", ())),
        kind=data["kind"],
        status=data["status"],
        operator=entities[data["operator"]]["name"],
        makers=tuple(_maker(index, entry) for entry in data.get("technology", ())),
        regions={code: region(index, provider_id, code) for code in codes},
        sources=tuple(source(index, key) for key in data["sources"]),
        notes=bilingual(data.get("notes")),
        runs_on=None if below is None else tuple(each["provider"] for each in below),
        run_apart=tuple(code for code in index["control"][provider_id] if code),
    )


def control(index: Data, provider_id: str, day: date, region: str) -> Control:
    """Who controls a provider on a day, in a region."""
    by_region = index["control"][provider_id]
    data = _on(by_region.get(region) or by_region[EVERYWHERE], day)
    return Control(
        operator=data["operator"],
        states=tuple(data["codes"]),
        steps=tuple(
            ControlStep(entity, through, code, source(index, key), *known)
            for entity, through, code, key, *known in data["steps"]
        ),
        background=data["background"],
        open=tuple((what, name) for what, name in data["open"]),
        held_from_outside={area: HeldFromOutside(*bounds) for area, bounds in data["outside"].items()},
    )


def turns(index: Data, provider_id: str) -> frozenset[date]:
    """The days from which somebody else may control a provider, in some region."""
    by_region = index["control"][provider_id].values()
    return frozenset(date.fromisoformat(since) for periods in by_region for since, _ in periods if since)


def technology(index: Data, provider_id: str, day: date) -> Technology:
    """What a provider runs on, on a day."""
    data = _on(index["technology"][provider_id], day)
    return Technology(
        None if data["codes"] is None else tuple(data["codes"]),
        {service: tuple(found) for service, found in data["services"].items()},
    )


def _on(periods: Sequence[tuple[str, Data]], day: date) -> Data:
    """What holds on a day, of periods that each begin on one."""
    written = day.isoformat()
    return next(period for since, period in reversed(periods) if since <= written)


def _maker(index: Data, data: Data) -> Maker:
    return Maker(
        index["entities"][data["entity"]]["name"], data["jurisdiction"], data.get("licensed", False),
        source(index, data["source"]), data.get("since"), data.get("until"), tuple(data.get("services", ())),
    )  # fmt: skip


def scheme(index: Data, name: str) -> Scheme:
    """A qualification with all its offers, by provider."""
    data = index["schemes"][name]
    offers: dict[str, list[Offer]] = {}
    for entry in data["offers"]:
        offers.setdefault(entry["provider"], []).append(_offer(index, entry))
    return Scheme(
        name=name,
        title=text(data["title"]),
        versions=tuple(
            Version(
                entry["id"], _day(entry.get("since")), _day(entry.get("until")), _limits(entry.get("limits_owners"))
            )
            for entry in data["versions"]
        ),
        complete=data["complete"],
        read=date.fromisoformat(data["read"]),
        source=source(index, data["source"]),
        offers={holder: tuple(found) for holder, found in offers.items()},
        years=data.get("years", 3),
    )


def _limits(data: Data | None) -> Limits | None:
    return Limits(data["area"], data["single"], data["together"], data["clause"]) if data else None


def data_class(index: Data, class_id: str) -> DataClass:
    """A data class of the index."""
    data = index["classes"][class_id]
    return DataClass(class_id, text(data), tuple(data.get("labels", ())), tuple(data.get("covers", ())))


def kind(index: Data, kind_id: str) -> Kind:
    """A kind of services of the index."""
    data = index["kinds"][kind_id]
    roles = tuple(data["roles"]) if "roles" in data else None
    return Kind(kind_id, text(data), roles, data.get("inventoried", False))


def terms(index: Data) -> tuple[Term, ...]:
    """The whole lexicon, longest terms first."""
    found = (
        Term(
            tuple(data["tokens"]),
            data["class"],
            shown,
            tuple(tuple(phrase) for phrase in data["cancelled"]),
        )
        for shown, data in index["terms"].items()
    )
    return tuple(sorted(found, key=lambda term: (-len(term.tokens), term.tokens)))


def images(index: Data) -> tuple[ImageEntry, ...]:
    """The images of which is known what they keep."""
    return tuple(
        ImageEntry(tuple(entry["image"].split("/")), entry["class"], entry.get("how") != "inferred")
        for entry in index["images"].values()
    )


def plugin(index: Data, plugin_id: str) -> Plugin:
    """A plug-in, without its types."""
    data = whole_plugin(index["plugins"], plugin_id)
    chosen, places = data.get("provider", {}), data.get("region", {})
    return Plugin(
        id=plugin_id,
        candidates=tuple(chosen.get("candidates", ())),
        default=chosen.get("default"),
        settings=tuple(
            Setting(entry["path"], dict(entry.get("values", {})), entry.get("host", False))
            for entry in chosen.get("settings", ())
        ),
        endpoints=tuple(data.get("endpoints", ())),
        service_keys={name: tuple(entry["keys"]) for name, entry in data.get("services", {}).items()},
        region=tuple(places.get("resource", ())),
        zone=tuple(places.get("zone", ())),
        settings_region=tuple(places.get("settings", ())),
        settings_zone=tuple(places.get("settings_zone", ())),
        zonal=frozenset(places.get("zonal", ())),
        tags=tuple(data.get("tags", ())),
        default_tags=tuple(data.get("default_tags", ())),
        tag_forms=tuple(map(_tag_form, data.get("tag_forms", ()))),
        names=tuple(data.get("names", ())),
        zone_in_region=data.get("zone_in_region", False),
    )


def _tag_form(data: Data) -> TypesWithTags:
    form = TagForm(
        path=data["path"],
        kind=data.get("kind", "map"),
        sign=data.get("sign", "="),
        extra=dict(data.get("extra", {})),
        lower=data.get("lower", False),
    )
    return TypesWithTags(form, frozenset(data.get("types", ())))


def type_entry(index: Data, plugin_id: str, name: str) -> TypeEntry | None:
    """A resource type of a plug-in: exactly that type, or one that a trailing ``*`` in ``config`` covers.

    A type that nobody has decided on is as good as one that isn't there.
    """
    data = index["plugins"][plugin_id]
    decided = decision(data, name)
    if decided == DATA:
        return _typed(name, data[DATA][name])
    if decided == CONFIG:
        return TypeEntry(name, (PlacementRule(CONFIG_ROLE),))
    if decided == UNDECIDED:
        return None
    shared = data.get("same_types_as")
    return type_entry(index, shared, name) if shared else None


def stands_for(index: Data, plugin_id: str, name: str) -> StandsFor | None:
    """What a custom resource (``Kind.group``) stands for; ``None`` where it is a type of its own plug-in."""
    data = index["plugins"][plugin_id]
    rule = data.get("stands_for")
    if rule is None or decision(data, name) is not None:
        return None
    listed = index["flat_types"][rule["plugin"]]
    found = next((listed[flat] for flat in spellings(rule, name) if flat in listed), None)
    return StandsFor(rule["plugin"], found, tuple(rule.get("arguments", ())), tuple(rule.get("region", ())))


def spellings(rule: Data, name: str) -> Iterator[str]:
    """What a custom resource may be called at the plug-in that it stands for, without case and underscores."""
    kind, _, group = name.partition(".")
    label = group.partition(".")[0]
    exact = rule.get("kinds", {}).get(f"{kind}.{label}")
    if exact is not None:
        yield flat(exact)
        return
    starts = [""] if rule.get("kind_has_start") else _starts(rule.get("starts", {}), label)
    yield from (flat(f"{rule['prefix']}{start}{kind}") for start in starts)


def _starts(starts: Data, label: str) -> Sequence[str]:
    listed: Sequence[str] = starts.get(label) or starts.get("*") or (label,)
    return listed


def _typed(name: str, data: Data) -> TypeEntry:
    rules = data.get("placements") or ([data] if "role" in data else [])
    return TypeEntry(
        name=name,
        rules=tuple(_rule(entry) for entry in rules),
        intrinsic=tuple(data.get("intrinsic", ())),
        names=tuple(data.get("names", ())),
        flows=tuple(FlowRule(entry["kind"], entry["source"], entry["target"]) for entry in data.get("flows", ())),
    )


def _rule(data: Data) -> PlacementRule:
    written = data.get("region")
    return PlacementRule(
        role=data["role"],
        service=data.get("service"),
        region=tuple(written) if isinstance(written, list) else None,
        zone=tuple(data["zone"]) if "zone" in data else None,
        via=tuple(data.get("via", ())),
        each=data.get("each"),
        each_region=data.get("each_region"),
        each_endpoint=data.get("each_endpoint"),
        through=(data["through"] or NOBODY) if "through" in data else None,
        storage=tuple(data["storage"]) if "storage" in data else None,
        driver=data.get("driver"),
        kept_by=data.get("kept_by"),
        required=data.get("required", False),
        paired=data.get("paired", False),
        fixed=written if isinstance(written, str) else None,
        when=_conditions(data.get("when", ())),
        unless=_conditions(data.get("unless", ())),
    )


def _conditions(entries: Sequence[Data]) -> tuple[When, ...]:
    return tuple(When(entry["path"], tuple(str(value).lower() for value in entry.get("in", ()))) for entry in entries)


def _offer(index: Data, data: Data) -> Offer:
    regions = data.get("regions")
    return Offer(
        provider=data["provider"],
        offer=data["offer"],
        version=data.get("version"),
        since=_day(data.get("since")),
        until=_day(data.get("until")),
        regions=None if regions is None else tuple(regions),
        area=data.get("area"),
        services=tuple(data.get("services", ())),
        excluded=tuple(data.get("excluded", ())),
        services_complete=data.get("services_complete", False),
        indistinct=data.get("indistinct", False),
        requires=bilingual(data.get("requires")),
        source=source(index, data["source"]),
        note=bilingual(data.get("note")),
        assumable=data.get("assumable", False),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None

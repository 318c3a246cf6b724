"""What the catalogue knows of a host, a region, a plug-in or a resource type, gathered for reports to write."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.errors import nearest
from sovlint.model.lookups.whereabouts import Absence, Match, Whereabouts
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.redaction.redact import HIDDEN, mask
from sovlint.model.text import Bilingual
from sovlint.resolve.facts.endpoints import host_parts, is_local

_TYPE: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
"""How a resource type of Terraform is written."""
_USER_INFO: Final = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*://)?[^/?#\s]*@")
_BARE_NAMES: Final = ("localhost",)
"""Hosts without a dot that nobody takes for a region."""


def whereabouts(catalog: Catalog, written: str) -> Whereabouts:
    """Everything that ``written`` may mean, by provider."""
    text = written.strip()
    host = "" if catalog.plugin(text) else _host(text)
    found = [
        *_at_host(catalog, host),
        *_regions(catalog, text),
        *_behind_plugin(catalog, text),
        *_of_type(catalog, text),
    ]
    unique = {
        (each.provider, each.service or "", each.region or "", each.role or ""): each
        for each in reversed(found)
    }
    matches = tuple(unique[key] for key in sorted(unique))
    called = catalog.find_provider(text)
    return Whereabouts(
        query=mask(_USER_INFO.sub(rf"\g<1>{HIDDEN}@", text)),
        matches=matches,
        absence=None if matches or called else _absence(catalog, text, host),
        called=called.id if called else None,
        meant=None if matches or host else _meant(catalog, text),
    )


def _host(text: str) -> str:
    """The host in an address, or an empty text where it isn't written like one."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        host = "".join(part or "" for part in host_parts((text,)))
    addressed = "://" in text or re.search(r":\d+(/|$)", text) is not None
    return host if addressed or "." in host or host in _BARE_NAMES else ""


def _at_host(catalog: Catalog, host: str) -> Iterator[Match]:
    answer = (
        catalog.hosts.match((host,))
        if host and not catalog.hosts.not_placement(host)
        else None
    )
    if answer is None:
        return
    region = catalog.find_region(answer.provider, answer.region) if answer.region else None
    provider = catalog.providers[answer.provider]
    yield Match(
        provider.id,
        provider.name,
        service=answer.service,
        region=region.code if region else None,
        country=region.country if region else None,
        state=_state(catalog, region),
        written=answer.region if region is None else None,
        source=answer.source,
        said=answer.said,
    )


def _regions(catalog: Catalog, text: str) -> Iterator[Match]:
    """Regions by code, zone or name, at every provider that lists some."""
    for provider in catalog.providers.values():
        region = catalog.find_region(provider.id, text) if len(provider.regions) > 1 else None
        if region is not None and region.code != GLOBAL_REGION:
            yield Match(
                provider.id,
                provider.name,
                region=region.code,
                country=region.country,
                state=_state(catalog, region),
                source=region.source,
            )


def _behind_plugin(catalog: Catalog, text: str) -> Iterator[Match]:
    plugin = catalog.plugin(text)
    for provider in _candidates(catalog, text) if plugin else ():
        yield Match(provider.id, provider.name, plugin=text)


def _of_type(catalog: Catalog, text: str) -> Iterator[Match]:
    for plugin in _plugins(catalog, text):
        entry = catalog.type_entry(plugin, text)
        for rule in entry.rules if entry else ():
            for provider in _candidates(catalog, plugin):
                yield Match(
                    provider.id, provider.name, rule.service, role=rule.role, plugin=plugin
                )


def _plugins(catalog: Catalog, text: str) -> list[str]:
    """The plug-ins that may have a type written like this, previews (longer names) after what they preview."""
    return sorted(catalog.plugin_ids, key=len) if _TYPE.fullmatch(text) else []


def _candidates(catalog: Catalog, plugin_id: str) -> Iterator[Provider]:
    plugin = catalog.plugin(plugin_id)
    for candidate in plugin.candidates if plugin else ():
        yield catalog.providers[candidate]


def _state(catalog: Catalog, region: Region | None) -> Bilingual | None:
    return catalog.jurisdictions[region.country].name if region and region.country else None


def _absence(catalog: Catalog, text: str, host: str) -> Absence:
    if catalog.plugin(text) or any(
        catalog.type_entry(each, text) for each in _plugins(catalog, text)
    ):
        return Absence.ANYBODY
    if host and catalog.hosts.not_placement(host):
        return Absence.NOT_A_PLACE
    if host and catalog.hosts.is_inside((host,)):
        return Absence.INSIDE
    return Absence.LOCAL if host and is_local(host) else Absence.UNLISTED


def _meant(catalog: Catalog, text: str) -> str | None:
    codes = {
        code
        for provider in catalog.providers.values()
        for code in provider.regions
        if code != GLOBAL_REGION
    }
    return nearest(text, sorted(codes), cutoff=0.7)

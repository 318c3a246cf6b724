"""Names in the configuration that only the catalogue can vouch for: classes, providers, regions, qualifications."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sovlint.configuration.config import Config
from sovlint.configuration.config_file import error_at
from sovlint.configuration.read_config import first_of
from sovlint.errors import SovlintError, did_you_mean
from sovlint.model.attestation import Attestation
from sovlint.model.house import OwnHosts
from sovlint.model.request import NO_TRUST, Trust
from sovlint.model.source import Span

if TYPE_CHECKING:
    from sovlint.catalog.entries import Provider
    from sovlint.catalog.load import Catalog

UNIONS = "EU", "EEA"
"""Codes of the catalogue that are no state's."""
_NOWHERE = Span("sovlint.yaml", 1, 1, 1, 1)


def settle(
    config: Config, assume: str | None, overlays: Sequence[Path], trust: Trust = NO_TRUST
) -> tuple[Config, str | None]:
    """The configuration with catalogue ids for the names in it, and the class to assume (the option's before its own).

    Raises ``SovlintError`` for a name that the catalogue doesn't have: it would never apply, silently.
    """
    named = (config.class_words, config.attestations, config.clusters, config.hosts)
    if not (any(named) or assume):
        return config, assume
    from sovlint.catalog.load import load

    catalog = load(overlays, *trust)
    if problems := list(strange(config, catalog)):
        raise first_of(problems)
    if assume and assume not in catalog.classes:
        raise SovlintError(
            f"There is no data class `{assume}` to assume.", _known(assume, catalog.classes)
        )
    attestations = tuple(_settled(each, catalog) for each in config.attestations)
    hosts = tuple(_settled_hosts(each, catalog) for each in config.hosts)
    settled = replace(config, attestations=attestations, hosts=hosts)
    return settled, assume or config.data.assume


def strange(config: Config, catalog: Catalog) -> Iterator[SovlintError]:
    """Every name in the configuration that the catalogue doesn't have, with file, line and column."""
    path = config.path or Path()
    for word, span in config.class_words:
        if word not in catalog.classes:
            yield error_at(
                path, span, f"there is no data class `{word}`.", _known(word, catalog.classes)
            )
    for cluster in config.clusters:
        span = cluster.where.span() if cluster.where else _NOWHERE
        yield from _strange_place(cluster.provider, cluster.region, path, span, catalog)
    for own in config.hosts:
        yield from _strange_host(own, path, catalog)
    for attestation in config.attestations:
        yield from _strange_claim(attestation, path, catalog)


def _strange_claim(
    attestation: Attestation, path: Path, catalog: Catalog
) -> Iterator[SovlintError]:
    """What an attestation names that the catalogue doesn't have."""
    name, span = attestation.qualification, attestation.where.span()
    if name not in catalog.schemes and not attestation.claims_fact:
        yield error_at(
            path,
            span,
            f"there is no qualification `{name}`.",
            _known(name, catalog.schemes),
        )
    for code in (attestation.country, *attestation.control):
        if code is not None and code not in catalog.jurisdictions:
            yield error_at(
                path,
                span,
                f"the catalogue has no state `{code}`.",
                catalog.meant_state(code),
            )
    if attestation.country in UNIONS:
        yield error_at(
            path, span, f"`{attestation.country}` is no country: name the state where it is."
        )
    if attestation.provider is not None:
        yield from _strange_place(
            attestation.provider, attestation.region, path, span, catalog
        )
    provider = catalog.find_provider(attestation.provider or "")
    for service in attestation.services:
        if provider is not None:
            yield from _strange_service(provider, service, path, span, catalog)


def _strange_place(
    name: str, code: str | None, path: Path, span: Span, catalog: Catalog
) -> Iterator[SovlintError]:
    """A provider that the catalogue doesn't have, or a region that this provider doesn't have there."""
    provider = catalog.find_provider(name)
    if provider is None:
        problem = f"the catalogue has no provider `{name}`."
        yield error_at(path, span, problem, did_you_mean(name, catalog.providers))
    elif code is not None and catalog.find_region(provider.id, code) is None:
        problem = f"{provider.name} has no region `{code}` in the catalogue."
        yield error_at(path, span, problem, did_you_mean(code, provider.regions))


def _strange_host(own: OwnHosts, path: Path, catalog: Catalog) -> Iterator[SovlintError]:
    """A provider, region or service of hosts that the catalogue doesn't have."""
    if own.provider is None:
        return
    span = own.where.span()
    yield from _strange_place(own.provider, own.region, path, span, catalog)
    provider = catalog.find_provider(own.provider)
    if provider is not None and own.service is not None:
        yield from _strange_service(provider, own.service, path, span, catalog)


def _strange_service(
    provider: Provider, service: str, path: Path, span: Span, catalog: Catalog
) -> Iterator[SovlintError]:
    """A service that a provider doesn't have in the catalogue."""
    if catalog.service_named(provider.id, service) is None:
        problem = f"{provider.name} has no service `{service}` in the catalogue."
        yield error_at(path, span, problem)


def _settled_hosts(own: OwnHosts, catalog: Catalog) -> OwnHosts:
    """Hosts, which have no strange name, with the ids of their provider, region and service."""
    provider = catalog.find_provider(own.provider or "")
    if provider is None:
        return own
    region = catalog.find_region(provider.id, own.region) if own.region else None
    service = catalog.service_named(provider.id, own.service) if own.service else None
    code = region.code if region else None
    return replace(own, provider=provider.id, region=code, service=service)


def _settled(attestation: Attestation, catalog: Catalog) -> Attestation:
    """An attestation, which has no strange name, with the ids of its provider and region. A vendor that the catalogue
    has by now is that provider."""
    named = attestation.provider or attestation.vendor or ""
    provider = catalog.find_provider(named)
    if provider is None:
        return attestation
    region = (
        catalog.find_region(provider.id, attestation.region) if attestation.region else None
    )
    return replace(
        attestation,
        provider=provider.id,
        vendor=None,
        region=region.code if region else None,
        services=tuple(
            catalog.service_named(provider.id, each) or each for each in attestation.services
        ),
    )


def _known(word: str, known: Collection[str]) -> str:
    return f"{did_you_mean(word, known)} Known: {', '.join(known)}.".strip()

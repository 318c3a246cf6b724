"""Names in the configuration that only the catalogue can vouch for: classes, providers, regions, qualifications."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sovlint.config import Config
from sovlint.config_file import error_at
from sovlint.errors import SovlintError
from sovlint.model.attestation import Attestation
from sovlint.model.inputs import Cluster
from sovlint.model.source import Span

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog

_NOWHERE = Span("sovlint.yaml", 1, 1, 1, 1)


def settle(config: Config, assume: str | None, overlays: Sequence[Path]) -> tuple[Config, str | None]:
    """The configuration with catalogue ids for the names in it, and the class to assume (the option's before its own).

    Raises ``SovlintError`` for a name that the catalogue doesn't have: it would never apply, silently.
    """
    if not (config.class_words or config.attestations or config.clusters or assume):
        return config, assume
    from sovlint.catalog.load import load

    catalog = load(overlays)
    for word, span in config.class_words:
        if word not in catalog.classes:
            raise error_at(
                config.path or Path(), span, f"there is no data class `{word}`.", _known(word, catalog.classes)
            )
    if assume and assume not in catalog.classes:
        raise SovlintError(f"There is no data class `{assume}` to assume.", _known(assume, catalog.classes))
    for cluster in config.clusters:
        _check_cluster(cluster, config, catalog)
    attestations = tuple(_settled(each, config, catalog) for each in config.attestations)
    return replace(config, attestations=attestations), assume or config.data.assume


def _settled(attestation: Attestation, config: Config, catalog: Catalog) -> Attestation:
    """An attestation with the ids of its provider and region."""
    path, span = config.path or Path(), attestation.where.span()
    if attestation.qualification not in catalog.schemes:
        problem = f"there is no qualification `{attestation.qualification}`."
        raise error_at(path, span, problem, _known(attestation.qualification, catalog.schemes))
    if attestation.provider is None:
        return attestation
    provider = catalog.find_provider(attestation.provider)
    if provider is None:
        problem = f"the catalogue has no provider `{attestation.provider}`."
        raise error_at(path, span, problem, _close(attestation.provider, catalog.providers))
    if attestation.region is None:
        return replace(attestation, provider=provider.id)
    region = catalog.find_region(provider.id, attestation.region)
    if region is None:
        problem = f"{provider.name} has no region `{attestation.region}` in the catalogue."
        raise error_at(path, span, problem, _close(attestation.region, provider.regions))
    return replace(attestation, provider=provider.id, region=region.code)


def _check_cluster(cluster: Cluster, config: Config, catalog: Catalog) -> None:
    """Raises ``SovlintError`` for a cluster at a provider or in a region that the catalogue doesn't have."""
    path, span = config.path or Path(), cluster.where.span() if cluster.where else _NOWHERE
    provider = catalog.find_provider(cluster.provider)
    if provider is None:
        problem = f"the catalogue has no provider `{cluster.provider}`."
        raise error_at(path, span, problem, _close(cluster.provider, catalog.providers))
    if cluster.region is not None and catalog.find_region(provider.id, cluster.region) is None:
        problem = f"{provider.name} has no region `{cluster.region}` in the catalogue."
        raise error_at(path, span, problem, _close(cluster.region, provider.regions))


def _known(word: str, known: Collection[str]) -> str:
    return f"{_close(word, known)} Known: {', '.join(known)}.".strip()


def _close(word: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1)
    return f"Did you mean `{close[0]}`?" if close else ""

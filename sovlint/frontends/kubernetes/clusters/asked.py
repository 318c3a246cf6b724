"""What a cluster that isn't made here goes by where something is deployed to it: another repository may make it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from sovlint.documents.attributes import text_value
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.model.landing import Evidence, Level
from sovlint.model.offers import cluster_host, cluster_name, cluster_secret
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known


def asked(
    where: Span,
    names: Iterable[str] = (),
    servers: Iterable[str] = (),
    secrets: Iterable[str] = (),
) -> Iterator[Evidence]:
    """Evidence that only says what the cluster is called, and at which addresses its API server answers, those first."""
    keys = (
        *(cluster_host(host) for each in servers if (host := _host(each))),
        *map(cluster_name, names),
        *map(cluster_secret, secrets),
    )
    known = tuple(
        dict.fromkeys(
            each
            for each in keys
            if each and isinstance(text_value(each, where, WRITTEN), Known)
        )
    )
    if known:
        yield Evidence(
            Level.OFFERED, where, Note("kubernetes.shows.asked"), nodes=True, asks=known
        )


def _host(server: str) -> str:
    """The host of an address."""
    try:
        return (
            urlsplit(server if "://" in server else f"https://{server}").hostname or ""
        ).lower()
    except ValueError:
        return ""

"""Which services of the cluster a container calls: by the hosts that its environment and its command line name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sovlint.documents import Path
from sovlint.documents.cursor import Cursor
from sovlint.frontends.addresses import hosts_in, names_a_host, plain
from sovlint.frontends.cluster.links import CALL, MOUNT, SERVICE
from sovlint.frontends.cluster.object_index import Objects, address_of
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.shell.containers import Container
from sovlint.model.resources.sent import Link
from sovlint.model.value import Value
from sovlint.rules.destination import Setting
from sovlint.rules.domains import is_public


def calls(found: ManifestObject, container: Container, objects: Objects) -> Iterator[Link]:
    """Links to the services that a container's settings and arguments name."""
    arguments = (Setting("", each.value, each.where) for each in container.arguments)
    for setting in (*container.settings.values(), *arguments):
        for service in services_at(found, setting, objects):
            yield Link(CALL, address_of(service, found), setting.where)


def services_in(
    found: ManifestObject, address: Value, objects: Objects
) -> Iterator[ManifestObject]:
    """The services that an address, which may be a bare name, leads to."""
    text = plain(address)
    for host in hosts_in(text, bare=True) if text else ():
        yield from services_of(found, host, objects)


def services_at(
    found: ManifestObject, setting: Setting, objects: Objects
) -> Iterator[ManifestObject]:
    """The services whose hosts a setting names."""
    text = plain(setting.value)
    if text:
        for host in hosts_in(text, bare=names_a_host(setting.name)):
            yield from services_of(found, host, objects)


def is_name_in_cluster(address: Value) -> bool:
    """Whether an address is a service's of a namespace that isn't here: two labels, the last of which nobody registers
    domains under."""
    text = plain(address)
    hosts = list(hosts_in(text, bare=True)) if text and "." in text else []
    return bool(hosts) and all(host.count(".") == 1 and not is_public(host) for host in hosts)


SERVERS: tuple[Path, ...] = (
    ("nfs", "server"), ("iscsi", "targetPortal"), ("csi", "volumeAttributes", "server"),
    ("csi", "volumeAttributes", "source"),
)  # fmt: skip
"""Where a volume names the server that keeps it (Kubernetes API; the drivers for NFS, SMB and Azure's files)."""


def serving(found: ManifestObject, holder: Cursor, objects: Objects) -> Iterator[Link]:
    """Links to the services here at which the server of a volume answers; what is written there is read again."""
    for path in SERVERS:
        server = holder.at(*path)
        for host in hosts_in(server.text().strip("/").partition("/")[0], bare=True):
            for service in services_of(found, host, objects):
                yield Link(MOUNT, address_of(service, found), server.where, back=True)


def services_of(
    found: ManifestObject, host: str, objects: Objects
) -> Sequence[ManifestObject]:
    """The services that answer at a host, as the cluster's DNS would tell ("DNS for Services and Pods"): ``name``,
    ``name.namespace``, with ``.svc`` and the domain of the cluster; a pod's own name may stand before that."""
    labels = host.split(".")
    full = "svc" in labels[1:]
    if full:
        labels = labels[: len(labels) - labels[::-1].index("svc") - 1]
    for name, namespace in _readings(labels, full):
        met = objects.find(found, SERVICE, name, namespace)
        if (
            namespace is not None
        ):  # one that names no namespace may be applied to any, but isn't surely in this one
            met = [each for each in met if full or each.namespace == namespace]
        if met:
            return met
    return ()


def _readings(labels: Sequence[str], full: bool) -> Iterator[tuple[str, str | None]]:
    """Name and namespace that a host may mean; ``None``: that of whoever asks."""
    if len(labels) == 1:
        yield labels[0], None
    elif len(labels) == 2:
        yield labels[0], labels[1]
        if not full:
            yield labels[1], None
    elif len(labels) == 3:
        yield labels[1], labels[2]

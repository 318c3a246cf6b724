"""Which services of the cluster a container calls: by the hosts that its environment and its command line name."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.documents import Path
from sovlint.documents.cursor import Cursor
from sovlint.frontends.addresses import hosts_in, names_a_host, plain
from sovlint.frontends.cluster.answering import answering
from sovlint.frontends.cluster.links import CALL, MOUNT
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
    """The services, and what else answers here, that an address leads to, which may be a bare name."""
    text = plain(address)
    for host in hosts_in(text, bare=True) if text else ():
        yield from answering(found, host, objects)


def services_at(
    found: ManifestObject, setting: Setting, objects: Objects
) -> Iterator[ManifestObject]:
    """The services, and what else answers here, whose hosts a setting names."""
    text = plain(setting.value)
    if text:
        for host in hosts_in(text, bare=names_a_host(setting.name)):
            yield from answering(found, host, objects)


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
            for service in answering(found, host, objects):
                yield Link(MOUNT, address_of(service, found), server.where, back=True)

"""Where an object's data goes: everything of this front end that says so, put together for one object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sovlint.frontends.kubernetes import links
from sovlint.frontends.kubernetes.calls import calls
from sovlint.frontends.kubernetes.objects import ManifestObject
from sovlint.frontends.kubernetes.pods import containers, images, pod_spec
from sovlint.frontends.kubernetes.uses import Objects
from sovlint.model.resource import Link, Sent
from sovlint.model.value import Value


@dataclass(frozen=True, slots=True)
class Outward:
    """The images of an object, its links to other objects, and the addresses that it sends to."""

    images: tuple[Value, ...] = ()
    links: tuple[Link, ...] = ()
    sends: tuple[Sent, ...] = ()


def outward(found: ManifestObject, objects: Objects) -> Outward:
    """What an object uses, calls and sends to."""
    if found.type == links.SERVICE:
        return Outward((), _once(links.of_service(found, objects)), tuple(links.outside_of_service(found)))
    if found.type == links.CLAIM:
        return Outward((), _once(links.of_claim(found, objects)))
    spec = pod_spec(found)
    if spec is None:
        return Outward()
    used = [*links.volumes(found, spec, objects), *links.environment(found, spec, objects)]
    for container in containers(found, spec, objects):
        used += calls(found, container, objects)
    return Outward(tuple(images(found, spec)), _once(used))


def _once(found: Iterable[Link]) -> tuple[Link, ...]:
    """Each link once, where it is written first."""
    met: dict[tuple[str, str], Link] = {}
    for link in found:
        met.setdefault((link.kind, link.address), link)
    return tuple(met.values())

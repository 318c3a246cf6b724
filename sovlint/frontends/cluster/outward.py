"""Where an object's data goes: everything of this front end that says so, put together for one object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster import links
from sovlint.frontends.cluster.agents import watched
from sovlint.frontends.cluster.answering import inside_of, leads, outside_of
from sovlint.frontends.cluster.bound_volumes import CLAIM
from sovlint.frontends.cluster.calls import calls, is_name_in_cluster, services_in, serving
from sovlint.frontends.cluster.embedded_configurations import configured
from sovlint.frontends.cluster.fronts import passed
from sovlint.frontends.cluster.labels import metadata_of
from sovlint.frontends.cluster.object_index import VOLUME, Objects, address_of
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.parameters import RunByAnother, runs
from sovlint.frontends.cluster.pods import containers, images
from sovlint.frontends.cluster.served import served
from sovlint.frontends.host_aliases import Aliases, aliases_of, of_corefile
from sovlint.model.resources.sent import SHOWN_BY, Link, Sent, SentBy
from sovlint.model.value import Value
from sovlint.rules.destination import Setting, Signal
from sovlint.rules.hints import Hints
from sovlint.rules.repeats import shown_before_named

_DNS: Final = ("coredns", "coredns-custom")
"""The config maps by which clusters configure CoreDNS: the whole of it, and what is added."""
_UNSAID: Final = (SentBy.UNTOLD, SentBy.URL, SentBy.HOST, *SHOWN_BY)
"""What is sent by these counts only at some hosts."""


class Outward(Struct, frozen=True):
    """The images of an object, its links to other objects, and the addresses that it sends to."""

    images: tuple[Value, ...] = ()
    links: tuple[Link, ...] = ()
    sends: tuple[Sent, ...] = ()
    told_elsewhere: bool = False
    """Whether what it names is where it is."""


def outward(found: ManifestObject, objects: Objects, hints: Hints) -> Outward:
    """What an object uses, calls and sends to, and what others do with what it gets."""
    own = _own(found, objects, hints)
    others = passed(found, objects, hints)
    if objects.served is None:
        objects.served = served(
            objects, hints, lambda each: _is_sending(_own(each, objects, hints))
        )
    if found in objects.served.unknown and _is_told(found, own.sends):
        own = replace(own, told_elsewhere=True)
    served_by = objects.served.links.get(found, ())
    if not others.links and not others.sends and not served_by:
        return own
    links_of_both = (*own.links, *others.links, *served_by)
    sends = (*own.sends, *others.sends)
    return replace(own, links=_once(links_of_both), sends=shown_before_named(sends))


def _is_told(found: ManifestObject, sends: Sequence[Sent]) -> bool:
    """Whether what serves others, and declares nothing itself, says by all that it sends where their data goes."""
    is_said = bool(sends) and all(each.by not in _UNSAID for each in sends)
    return is_said and metadata_of(found.get()) is None


def _is_sending(goes: Outward) -> bool:
    return bool(goes.links) or any(each.by is not SentBy.UNTOLD for each in goes.sends)


def _own(found: ManifestObject, objects: Objects, hints: Hints) -> Outward:
    if found.type == links.SERVICE:
        led = links.sent_to(outside_of(found, objects))
        sent = (*links.outside_of_service(found, objects), *led)
        named = (Signal(each, links.CALL, False) for each in sent)
        onward, _ = _split(found, named, objects)
        return Outward((), _once((*links.of_service(found, objects), *onward)), sent)
    if found.type == CLAIM:
        return Outward((), _once(links.of_claim(found, objects)))
    if found.type == VOLUME:
        return Outward((), _once(serving(found, found.get("spec"), objects)))
    specs = found.pod_specs()
    used: list[Link] = [*links.of_templates(found, objects)]
    sends: list[Sent] = []
    if not specs or found.pods:
        used, sends = _split(found, configured(found, objects, hints), objects)
    used += links.of_custom(found, objects, hints)
    onward, elsewhere = _led(found, objects, hints)
    used, sends = [*used, *onward], [*sends, *elsewhere]
    for spec in specs:
        inside, outside = _split(found, hints.signatures.signals(_annotations(spec)), objects)
        watching, seen = watched(found, spec, objects, hints)
        used, sends = [*used, *inside, *watching], [*sends, *outside, *seen]
        used += [
            *links.volumes(found, spec, objects),
            *links.environment(found, spec, objects),
        ]
        aliases = {**_of_cluster(objects), **_aliases(spec)}
        for container in containers(found, spec, objects):
            container.follow(aliases)
            inside, outside = _split(found, container.signals(hints), objects)
            used += [*inside, *calls(found, container, objects)]
            sends += outside
    for run in runs(found, objects, hints):
        inside, outside = _of_run(found, run, objects, hints)
        used, sends = [*used, *inside], [*sends, *outside]
    shown = tuple(image for spec in specs for image in images(spec))
    told = links.is_told_elsewhere(found, objects, hints)
    return Outward(shown, _once(used), shown_before_named(sends), told)


def _led(
    found: ManifestObject, objects: Objects, hints: Hints
) -> tuple[list[Link], list[Sent]]:
    """Where an object leads those who name the hosts that it answers for: to what is here, and elsewhere, unless a rule
    of its type says that."""
    if not leads(found, objects):
        return [], []
    onward = [
        Link(links.CALL, address_of(other, found), end.where)
        for other, end in inside_of(found, objects)
    ]
    ruled = any(rule.outside for rule in hints.passing.get(found.type, ()))
    return onward, [] if ruled else list(links.sent_to(outside_of(found, objects)))


def _of_run(
    found: ManifestObject, run: RunByAnother, objects: Objects, hints: Hints
) -> tuple[list[Link], list[Sent]]:
    """What the steps of an object do that another one runs: they are the object's own, but for what the parameters
    change that it is given. Where these take away what it does by itself, all that it does is told of who runs it."""
    links_of_steps, done = _of_steps(run.given, objects, hints)
    by_itself = {sent.told for sent in _of_steps(run.by_itself, objects, hints)[1]}
    if by_itself <= {sent.told for sent in done}:
        called = Link(links.CALL, address_of(run.by_itself, found), run.where)
        return [called], [sent for sent in done if sent.told not in by_itself]
    return links_of_steps, done


def _of_steps(
    run: ManifestObject, objects: Objects, hints: Hints
) -> tuple[list[Link], list[Sent]]:
    """What the steps of an object call and send."""
    used: list[Link] = []
    sends: list[Sent] = []
    for spec in run.pod_specs():
        for container in containers(run, spec, objects):
            inside, outside = _split(run, container.signals(hints), objects)
            used += [*inside, *calls(run, container, objects)]
            sends += outside
    return used, sends


def _aliases(spec: Cursor) -> Aliases:
    """The names to which a pod is told an address (Kubernetes API, ``hostAliases``)."""
    return aliases_of(
        (name.text(), alias.text("ip"))
        for alias in spec.items("hostAliases")
        for name in alias.items("hostnames")
    )


def _of_cluster(objects: Objects) -> Aliases:
    """The names to which the DNS of a cluster is told another one, or an address: by the config map of CoreDNS."""
    if objects.aliases is None:
        held = (
            each for name in _DNS for each in objects.by_name.get(("ConfigMap", name), ())
        )
        texts = (str(text) for each in held for text in each.get().mapping("data").values())
        objects.aliases = {
            name: other for text in texts for name, other in of_corefile(text).items()
        }
    return objects.aliases


def _annotations(spec: Cursor) -> Iterator[Setting]:
    """The annotations of a pod that have the domain of whom they are for, as settings: a platform goes by them."""
    for key, written in spec.parent.entries("metadata", "annotations"):
        value = written.value(WRITTEN) if "/" in key else None
        if value is not None:
            yield Setting(key, value, written.where)


def _split(
    found: ManifestObject, signals: Iterable[Signal], objects: Objects
) -> tuple[list[Link], list[Sent]]:
    """What is sent to services that are here, and what is sent elsewhere."""
    inside: list[Link] = []
    outside: list[Sent] = []
    for signal in signals:
        services = list(services_in(found, signal.sent.value, objects))
        inside += [
            Link(signal.link, address_of(each, found), signal.sent.where, signal.back)
            for each in services
        ]
        served = any(each.type == links.SERVICE for each in services)
        stays = served or is_name_in_cluster(signal.sent.value)
        outside += [] if stays else [signal.sent]
    return inside, outside


def _once(found: Iterable[Link]) -> tuple[Link, ...]:
    """Each link once, where it is written first; that somebody is called at all is said by any other kind, too."""
    met: dict[tuple[str, str], Link] = {}
    for link in found:
        met.setdefault((link.kind, link.address), link)
    told = {address for kind, address in met if kind != links.CALL}
    return tuple(
        link for link in met.values() if link.kind != links.CALL or link.address not in told
    )

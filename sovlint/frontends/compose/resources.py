"""A project -> resources: its services, the volumes that they mount, and the secrets, configs and models they use."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.tree import Node, entries, get, items
from sovlint.frontends.compose.contents import sent_by_content, sent_by_inline
from sovlint.frontends.compose.fronts import GivenFiles, in_front
from sovlint.frontends.compose.labels import sent_by_labels
from sovlint.frontends.compose.links import (
    container_of,
    joined_to,
    links_of,
    sent_by_build,
    sent_by_settings,
    sent_logs,
    unique,
)
from sovlint.frontends.compose.sections import KINDS, used
from sovlint.frontends.compose.tree import TreeAttributes, known, scalar, value_of
from sovlint.frontends.images import short_image
from sovlint.frontends.shell.containers import Container
from sovlint.model.classrules import BEFORE, OWN_KEY
from sovlint.model.resources.resource import TRUE, Binding, Labels, Named, Resource
from sovlint.model.resources.sent import Link, Sent, Started
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown, Value
from sovlint.rules.destination import Setting
from sovlint.rules.hints import Hints
from sovlint.rules.repeats import shown_before_named

FRONT_END: Final = "compose"
"""The name of this front end, and the id of the plug-in through which it places."""

KEY: Final = OWN_KEY
"""The label that declares data classes, besides the keys of the configuration."""

_ALL: Final = "*"


class Project(Struct, frozen=True):
    """What there is to know of one project: its tree, where it stands and runs, and the environments of its services.

    ``wholes``: by the place of a key, from there to the end of its value. ``only``: the names, by section, that are
    reported; ``None`` for all. ``extended``: services that stand here for others to extend.
    """

    model: Node
    root: str
    variant: str | None
    named: Named
    environments: Mapping[str, Mapping[str, Setting]]
    profiles: Value | None
    wholes: Mapping[Span, Span]
    own: Mapping[tuple[str, str], Span]
    """Where a file of a variant mentions a thing."""
    given: GivenFiles
    only: Collection[tuple[str, str]] | None = None
    extended: Collection[str] = ()
    started: Collection[str] = ()
    """The profiles that scripts start."""


def resources(project: Project, hints: Hints) -> Iterator[Resource]:
    """All resources of a project, but for what surely isn't made: volumes that nothing mounts."""
    services = entries(get(project.model, "services"))
    exists = {name: _exists(node, project) for name, node in services.items()}
    runs = {
        name: container_of(node, project.environments[name], project.given.in_container(node))
        for name, node in services.items()
    }
    told = {
        name: sent_by_labels(name, node, project.model, hints)
        for name, node in services.items()
    }
    links = _links(
        services, runs, {name: both[1] for name, both in told.items()}, project, hints
    )
    only = None if project.only is None else joined_to(project.only, links)
    for name, node in services.items():
        if (only is None or ("services", name) in only) and name not in project.extended:
            found = _resource("services", name, node, exists[name], project)
            found = replace(found, starts=tuple(_starts(name, node, project)))
            sends = (
                *_sent_by_service(runs[name], name, node, project, hints),
                *told[name][0],
            )
            yield _service(found, node, links[name], sends, project.model)
    yield from _used_by(services, exists, only, project, hints)


def _sent_by_service(
    run: Container, name: str, node: Node, project: Project, hints: Hints
) -> Sequence[Sent]:
    """What a service sends by its settings, its build, and what is written into it."""
    return shown_before_named(
        (
            *sent_by_settings(run, project.model, hints),
            *sent_by_build(node, project.model, hints),
            *sent_by_inline(
                node, project.model, project.environments[name], project.given.scripts, hints
            ),
        )
    )


def _used_by(
    services: Mapping[str, Node],
    exists: Mapping[str, Fact[bool]],
    only: Collection[tuple[str, str]] | None,
    project: Project,
    hints: Hints,
) -> Iterator[Resource]:
    """What services use: volumes, secrets, configs and models. Each exists where one that uses it does."""
    users = _users(services)
    for section in KINDS:
        for name, node in entries(get(project.model, section)).items():
            if only is not None and (section, name) not in only:
                continue
            by = [
                exists[user]
                for user in users.get((section, name), ())
                if user not in project.extended
            ]
            made = _any(by or ([_OPEN] if section == "volumes" and None in users else []))
            if made is not None:
                found = _resource(section, name, node, made, project)
                if section == "configs":
                    sends = sent_by_content(name, node, project.model, hints)
                    found = replace(found, sends=sends)
                yield found


def _starts(name: str, service: Node, project: Project) -> Iterator[Started]:
    """The Dockerfile that a service is built of; what its environment sets isn't the image's."""
    path = project.given.built_of(service)
    build = get(service, "build")
    if path is not None and build is not None:
        yield Started(path, build.where, frozenset(project.environments[name]))


def _links(
    services: Mapping[str, Node],
    runs: Mapping[str, Container],
    told: Mapping[str, Sequence[Link]],
    project: Project,
    hints: Hints,
) -> Mapping[str, tuple[Link, ...]]:
    """The links of each service; ``told``: those that labels tell."""
    fronts = in_front(project.model, runs, project.given, hints)
    found = {}
    for name, node in services.items():
        behind = fronts.behind.get(name, ())
        own = links_of(name, node, project.model, project.environments[name], behind)
        found[name] = unique((*own, *fronts.links.get(name, ()), *told[name]))
    return found


_OPEN: Final[Fact[bool]] = Unknown(Reason.FROM_ENVIRONMENT, "volumes")


def _users(services: Mapping[str, Node]) -> Mapping[tuple[str, str] | None, list[str]]:
    """The services that use each thing; under ``None`` those that mount what isn't known."""
    found: dict[tuple[str, str] | None, list[str]] = {}
    for service, node in services.items():
        for section, name, _ in used(node):
            found.setdefault((section, name), []).append(service)
        for mount in items(get(node, "volumes")):
            if (
                isinstance(scalar(get(mount, "source")), Unknown)
                and known(get(mount, "type")) != "bind"
            ):
                found.setdefault(None, []).append(service)
    return found


def _any(facts: Sequence[Fact[bool]]) -> Fact[bool] | None:
    """Whether one of several exists; ``None`` where there is none."""
    doubt: Fact[bool] | None = None
    for fact in facts:
        if isinstance(fact, Known):
            return TRUE
        doubt = fact
    return doubt


def _exists(service: Node, project: Project) -> Fact[bool]:
    """A service of a profile exists where that profile is on: known only where a file says which are. One that is off
    may be switched on by whoever starts the project."""
    own = items(get(service, "profiles"))
    if not own:
        return TRUE
    names = [known(each) for each in own]
    on = {*project.started}
    if isinstance(project.profiles, Known):
        on.update(each.strip() for each in str(project.profiles.value).split(","))
    if on & {*names, _ALL}:
        return TRUE
    shown = ", ".join(name or "?" for name in names)
    where = own[0].where
    note = Note("compose.profile", {"name": shown})
    return Unknown(Reason.FROM_ENVIRONMENT, f"profile {shown}", Step(where, note), note=note)


def _service(
    made: Resource, node: Node, links: tuple[Link, ...], sends: tuple[Sent, ...], model: Node
) -> Resource:
    image = scalar(get(node, "image"))
    return replace(
        made,
        images=() if image is None else (image,),
        links=links,
        sends=(*sent_logs(node, model), *sends),
    )


def _resource(
    section: str, name: str, node: Node, exists: Fact[bool], project: Project
) -> Resource:
    kind = KINDS.get(section)
    container, image = (
        known(get(node, "container_name")),
        short_image(known(get(node, "image"))),
    )
    names = (name, container, image, known(get(project.model, "name")))
    return Resource(
        address=f"compose:{name}" if kind is None else f"compose:{kind}/{name}",
        type=kind or "service",
        front_end=FRONT_END,
        root=project.root,
        variant=project.variant,
        library=False,
        exists=exists,
        where=_where(section, name, node, project),
        attributes=TreeAttributes(node),
        binding=Binding(FRONT_END),
        named=project.named,
        labels=_labels(node),
        names=tuple(dict.fromkeys(filter(None, names))),
    )


def _where(section: str, name: str, node: Node, project: Project) -> Span:
    """Where a thing is declared: in the file of the variant, where that mentions it."""
    key = project.own.get((section, name), node.where)
    return project.wholes.get(key, key)


def _labels(node: Node) -> tuple[Labels, ...]:
    """Labels of a service come before those of its deployment, and each before what it was laid over. Our own key and
    those of the configuration declare together."""
    found: list[Labels] = []
    for labels in (
        get(node, "labels"),
        get(node, "deploy", "labels"),
        get(node, "annotations"),
    ):
        if labels is None or not entries(labels):
            continue
        there = entries(labels)
        now = {key: item for key, item in there.items() if not key.endswith(BEFORE)}
        before = {
            key.removesuffix(BEFORE): item
            for key, item in there.items()
            if key.endswith(BEFORE)
        }
        for each in (now, before):
            written = Known({key: value_of(item) for key, item in each.items()})
            own = each.get(KEY)
            where = own.where if own else labels.where
            found.append(Labels(f"{FRONT_END}.own", written, where, (KEY,)))
            found.append(Labels(FRONT_END, written, labels.where, None))
    return tuple(found)

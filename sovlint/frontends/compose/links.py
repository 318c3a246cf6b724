"""What a service's data goes to within its project, and where its logs are sent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from sovlint.documents.tree import Node, entries, get, is_list, items
from sovlint.frontends.addresses import hosts_in, names_a_host, plain
from sovlint.frontends.compose.sections import KINDS, used
from sovlint.frontends.compose.tree import known, listed, scalar
from sovlint.frontends.host_aliases import aliases_of
from sovlint.frontends.images import short_image
from sovlint.frontends.shell.containers import Container
from sovlint.frontends.shell.files import Argument, ContainerFiles
from sovlint.frontends.shell.lines import split
from sovlint.model.resources.sent import Link, Sent
from sovlint.model.value import Reason, Unknown, Value
from sovlint.rules.destination import Setting
from sovlint.rules.hints import Hints
from sovlint.rules.repeats import shown_before_named

_STORES: Final = re.compile(
    r"(?:jdbc:)?(?:postgres|mysql|mariadb|mongodb|redis|valkey|amqp|couchdb|sqlserver|oracle|clickhouse|ldap)",
    re.I,
)
"""Schemes of addresses that data is read from as well as written to."""

_STORE_KEY: Final = re.compile(
    r"(?:^|_)(?:DB|DATABASE|POSTGRES|PG|MYSQL|MARIADB|MONGO|REDIS|SQL|JDBC|DATASOURCE)", re.I
)
"""Words in the names of variables that are about such a store."""

_LOG_ADDRESS: Final = re.compile(r".*-(?:address|url)\Z")
"""Options of Docker's logging drivers that say where logs go: ``gelf-address``, ``splunk-url``, ``loki-url``."""


def links_of(
    name: str,
    service: Node,
    model: Node,
    environment: Mapping[str, Setting],
    behind: Collection[str] = (),
) -> tuple[Link, ...]:
    """The links of a service: volumes, secrets and configs that it mounts, and services that its settings name, but
    those that it stands in front of (``behind``)."""
    found = list(_links_to_used(service, model))
    hosts = hosts_of(model)
    arguments = (Setting("", each.value, each.where) for each in _arguments(service))
    for setting in (*environment.values(), *arguments):
        for other, store in _named(setting, hosts):
            if other != name and other not in behind:
                found.append(
                    Link(
                        "database" if store else "call",
                        f"compose:{other}",
                        setting.where,
                        back=store,
                    )
                )
    return unique(found)


def unique(links: Sequence[Link]) -> tuple[Link, ...]:
    """Each link once, the first of its like."""
    found = {(link.kind, link.address, link.back): link for link in reversed(links)}
    return tuple(reversed(found.values()))


def joined_to(
    start: Collection[tuple[str, str]], links: Mapping[str, Sequence[Link]]
) -> Collection[tuple[str, str]]:
    """What is in ``start``, and all that links join to it, whichever way: (section, name). What a service holds may
    come from one that a file doesn't mention."""
    ends: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for name, own in links.items():
        for link in own:
            here, there = ("services", name), _parted(link.address)
            ends.setdefault(here, set()).add(there)
            ends.setdefault(there, set()).add(here)
    found: set[tuple[str, str]] = set()
    waiting = list(start)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(ends.get(each, ()))
    return found


def sent_logs(service: Node, model: Node) -> tuple[Sent, ...]:
    """Where a logging driver is told to send logs; not to a service of the same project."""
    hosts = hosts_of(model)
    found = []
    for key, node in entries(get(service, "logging", "options")).items():
        value = scalar(node)
        if (
            value is not None
            and _LOG_ADDRESS.match(key)
            and not any(_named(Setting(key, value, node.where), hosts))
        ):
            found.append(Sent(value, node.where, "logs", f"logging {key}"))
    return tuple(found)


def container_of(
    service: Node, environment: Mapping[str, Setting], files: ContainerFiles
) -> Container:
    """What a service runs, with the ``files`` that it is given. Most files of variables aren't in a repository, so that
    with one there may be settings that aren't known."""
    doubts = [
        Unknown(Reason.FROM_ENVIRONMENT, "env_file") for _ in items(get(service, "env_file"))
    ]
    image = (
        ""
        if any(_words(get(service, "entrypoint")))
        else short_image(known(get(service, "image")))
    )
    made = Container(dict(environment), list(_arguments(service)), image, files, doubts)
    for key in ("post_start", "pre_stop"):
        made.hooks += [
            list(_words(get(each, "command"))) for each in items(get(service, key))
        ]
    made.follow(aliases_of(_extra_hosts(service)))
    return made


def sent_by_settings(container: Container, model: Node, hints: Hints) -> tuple[Sent, ...]:
    """Where environment and command line send data to, as the catalogue knows; not to a service of the same project.
    A store that the project runs itself may be meant where no address says which."""
    hosts = hosts_of(model)
    beside = {
        short_image(known(get(each, "image")))
        for each in entries(get(model, "services")).values()
    }
    return shown_before_named(
        signal.sent
        for signal in container.signals(hints, beside)
        if not _leads_to(signal.sent.value, hosts)
    )


def _extra_hosts(service: Node) -> Iterator[tuple[str, str]]:
    """Names to which a service is told an address: a mapping, or ``name=address`` and ``name:address``."""
    written = get(service, "extra_hosts")
    yield from ((name, known(node)) for name, node in entries(written).items())
    for each in items(written):
        name, address = re.split("[=:]", f"{known(each)}=", maxsplit=1)
        yield name, address.rstrip("=").strip("[]")


def sent_by_build(service: Node, model: Node, hints: Hints) -> tuple[Sent, ...]:
    """Where the arguments of its build send data to, as far as an address is written."""
    arguments = entries(get(service, "build", "args"))
    if not arguments:
        return ()
    from sovlint.frontends.shell.built import built_signals

    settings = [
        Setting(name, value, node.where)
        for name, node in arguments.items()
        if (value := scalar(node)) is not None
    ]
    return tuple(
        signal.sent
        for signal in built_signals(settings, hints)
        if not leads_inside(signal.sent.value, model)
    )


def leads_inside(address: Value, model: Node) -> bool:
    """Whether an address leads to a service of the project."""
    return _leads_to(address, hosts_of(model))


def _leads_to(address: Value, hosts: Mapping[str, str]) -> bool:
    return any(
        host in hosts for text in texts_of(address) for host in hosts_in(text, bare=True)
    )


def _parted(address: str) -> tuple[str, str]:
    kind, sign, name = address.removeprefix("compose:").partition("/")
    return (f"{kind}s", name) if sign else ("services", kind)


_LINKS: Final = {"volumes": ("mount", True), "secrets": ("config", False), "configs": ("config", False),
                 "models": ("call", True)}  # fmt: skip
"""By section: the kind of the link to what is used of it, and whether data comes back."""


def _links_to_used(service: Node, model: Node) -> Iterator[Link]:
    for section, name, node in used(service):
        if name in entries(get(model, section)):
            kind, back = _LINKS[section]
            yield Link(kind, f"compose:{KINDS[section]}/{name}", node.where, back=back)


def hosts_of(model: Node) -> Mapping[str, str]:
    """Services by every name that they answer to in their networks."""
    services = entries(get(model, "services"))
    found: dict[str, str] = {}
    for name, node in services.items():
        found[known(get(node, "container_name"))] = name
        found[known(get(node, "hostname"))] = name
        for network in entries(get(node, "networks")).values():
            for alias in items(get(network, "aliases")):
                found[known(alias)] = name
    found.update({name: name for name in services})
    found.pop("", None)
    return {name.lower(): service for name, service in found.items()}


def _named(setting: Setting, hosts: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """The services that a setting names, and whether data is read from there too."""
    for text in texts_of(setting.value):
        store = (
            _STORES.match(text.lstrip()) is not None
            or _STORE_KEY.search(setting.name) is not None
        )
        for host in hosts_in(text, bare=names_a_host(setting.name)):
            if host in hosts:
                yield hosts[host], store


def texts_of(value: Value) -> Iterator[str]:
    """What is known of a text: all of it, each that it may be, or its literals with a sign for the holes."""
    for each in value.among if isinstance(value, Unknown) and value.among else (value,):
        text = plain(each)
        if text:
            yield text


def _arguments(service: Node) -> Iterator[Argument]:
    """The words of a container's command line. A text is split into words as a shell would, but run by none."""
    return (
        each
        for section in ("entrypoint", "command")
        for each in _words(get(service, section))
    )


def _words(node: Node | None) -> Iterator[Argument]:
    for each in listed(node):
        value = scalar(each)
        if value is not None:
            words = [value] if is_list(node) else split(value)
            yield from (Argument(word, word, each.where) for word in words)

"""What stands in front of services of a project, a tunnel or a proxy: whatever is sent to them goes through its hands.

It is told by its words, by files of the repository that it is given, and by labels and variables of what is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import dirname, join
from typing import Final

from msgspec import Struct, field

from sovlint.documents.tree import Node, entries, get, items
from sovlint.frontends.addresses import hosts_in
from sovlint.frontends.compose.files import ComposeFiles, ReadingLog, beside
from sovlint.frontends.compose.labels import labels_of
from sovlint.frontends.compose.links import hosts_of, texts_of
from sovlint.frontends.compose.tree import known, scalar
from sovlint.frontends.images import short_image
from sovlint.frontends.shell.containers import Container
from sovlint.frontends.shell.files import Argument, ContainerFiles
from sovlint.frontends.shell.repository import MountedFiles, RepositoryScripts
from sovlint.model.decoding import pattern
from sovlint.model.resources.sent import Link
from sovlint.model.source import Located, SourceFile
from sovlint.rules.cluster.proxies import Proxy
from sovlint.rules.hints import Hints

_MAX_FILES: Final = 50
"""Of a folder that is mounted, no further files are read."""
_MAX_TEXT: Final = 200_000
"""Longer files tell no proxy what to do."""
DOCKERFILE: Final = "Dockerfile"
_OWN: Final = ("localhost", "127.0.0.1")
_WITH: Final = "service:"
"""What `network_mode` begins with where a container has the network of another one."""


class InFront(Struct):
    """By service: links to what stands in front of it, and the services that it stands in front of itself."""

    links: dict[str, list[Link]] = field(default_factory=dict)
    behind: dict[str, set[str]] = field(default_factory=dict)

    def add(self, name: str, behind: Iterable[str], where: Located) -> None:
        """Something stands in front of services."""
        for each in behind:
            if each != name:
                self.links.setdefault(each, []).append(Link("call", f"compose:{name}", where))
                self.behind.setdefault(name, set()).add(each)


class GivenFiles:
    """The texts of a project's files that its services are given, and which were read."""

    def __init__(self, files: ComposeFiles, root: str, model: Node) -> None:
        self._files = files
        self._root = root
        self._sections = {key: entries(get(model, key)) for key in ("configs", "secrets")}
        self.read: set[str] = set()
        self.scripts = RepositoryScripts(files.reader)

    def of(self, service: Node) -> Iterator[str]:
        """What its configs and the files and folders that it mounts say, as far as the repository has them."""
        for each in items(get(service, "configs")):
            config = self._sections["configs"].get(known(get(each, "source")))
            content = scalar(get(config, "content")) if config is not None else None
            if content is not None:
                yield from texts_of(content)
            elif config is not None:
                yield from self._below(get(config, "file"))
        for mount in items(get(service, "volumes")):
            if known(get(mount, "type")) == "bind":
                yield from self._below(get(mount, "source"))

    def in_container(self, service: Node) -> ContainerFiles:
        """The files and folders of the repository that a service finds, at the paths at which it does; and what its
        configs hold."""
        at: dict[str, str] = {}
        texts: dict[str, Argument] = {}
        for mount in items(get(service, "volumes")):
            if known(get(mount, "type")) == "bind":
                at[known(get(mount, "target"))] = self._paths(get(mount, "source"))[0]
        for section, folder in (("configs", "/"), ("secrets", "/run/secrets")):
            for each in items(get(service, section)):
                held = self._sections[section].get(known(get(each, "source")))
                target = join(folder, known(get(each, "target") or get(each, "source")))
                content = scalar(get(held, "content"))
                if content is not None and held is not None:
                    texts[target] = Argument(content, content, held.where)
                at[target] = self._paths(get(held, "file"))[0]
        return MountedFiles(self.scripts, at.items(), texts).files_in(
            known(get(service, "working_dir"))
        )

    def built_of(self, service: Node) -> str | None:
        """The Dockerfile of the repository that a service is built of."""
        build = get(service, "build")
        context = get(build, "context")
        if build is None or get(build, "dockerfile_inline") is not None:
            return None
        named = known(get(build, "dockerfile")) or DOCKERFILE
        at = build.where if context is None else context.where
        for folder in dict.fromkeys((self._root, dirname(at.path))):
            path = beside(beside(folder, known(context) or "."), named)
            if path in self._files:
                return path
        return None

    def _below(self, source: Node | None) -> Iterator[str]:
        for each in self._paths(source)[1][:_MAX_FILES]:
            yield from self._text(each)

    def _paths(self, source: Node | None) -> tuple[str, Sequence[str]]:
        """A path that a service is given, and the files of the repository at it or below."""
        written = known(source)
        if source is not None and written and not written.startswith(("/", "~")):
            for folder in dict.fromkeys((self._root, dirname(source.where.path))):
                path = beside(folder, written)
                paths = [path] if path in self._files else self._files.reader.listing(path)
                if paths and path not in ("", ".") and not path.startswith(".."):
                    return path, paths
        return "", ()

    def _text(self, path: str) -> Iterator[str]:
        file = self._files.source(path, ReadingLog())
        self.read.add(path)
        if isinstance(file, SourceFile) and len(file.data) <= _MAX_TEXT:
            yield file.data.decode(errors="replace")


def in_front(
    model: Node, containers: Mapping[str, Container], files: GivenFiles, hints: Hints
) -> InFront:
    """All that stands in front of something in a project."""
    found = InFront()
    services = entries(get(model, "services"))
    hosts = hosts_of(model)
    for name, node in services.items():
        for front in containers[name].fronts(hints):
            named = [text for each in front.named for text in texts_of(each.value)]
            named += _routed(files.of(node), front.routes) if front.routes else []
            behind = _behind(named, node, hosts) if named else _joined_to(name, services)
            found.add(name, behind, front.where)
    for proxy in hints.proxies:
        _proxies(proxy, services, containers, hosts, files, found)
    return found


def _proxies(
    proxy: Proxy,
    services: Mapping[str, Node],
    containers: Mapping[str, Container],
    hosts: Mapping[str, str],
    files: GivenFiles,
    found: InFront,
) -> None:
    names = [
        name
        for name, node in services.items()
        if proxy.is_image(short_image(known(get(node, "image"))))
    ]
    told = [
        name
        for name, node in services.items()
        if names and proxy.is_told(_labels(node), containers[name].settings)
    ]
    for name in names:
        node = services[name]
        routed = _routed(files.of(node), proxy.routes) if proxy.routes else ()
        found.add(name, (*told, *_behind(routed, node, hosts)), node.where)


def _labels(service: Node) -> Mapping[str, str]:
    return {each.name: "".join(texts_of(each.value)) for each in labels_of(service)}


def _routed(texts: Iterable[str], routes: str) -> list[str]:
    """What is behind by files; of what a proxy hands on, the hosts alone count."""
    find = pattern(routes, re.MULTILINE)
    return [met["host"] for text in texts for met in find.finditer(text)]


def _behind(texts: Iterable[str], front: Node, hosts: Mapping[str, str]) -> Iterator[str]:
    """The services that texts name."""
    mode = known(get(front, "network_mode"))
    for text in texts:
        for host in hosts_in(text, bare=True):
            if host in hosts:
                yield hosts[host]
            elif host in _OWN and mode.startswith(_WITH):
                yield mode.removeprefix(_WITH)


def _joined_to(name: str, services: Mapping[str, Node]) -> Iterator[str]:
    """The services that one may reach: where nobody says which of them it stands in front of, it may be any."""
    own = _networks(services[name])
    for other, node in services.items():
        if own & _networks(node):
            yield other


def _networks(service: Node) -> set[str]:
    mode = known(get(service, "network_mode"))
    return {mode} if mode else set(entries(get(service, "networks"))) or {"default"}

"""Labels of containers that are settings of a proxy beside them: where it sends what is meant for the container."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.documents.tree import Node, entries, get
from sovlint.frontends.addresses import hosts_in
from sovlint.frontends.compose.links import hosts_of, texts_of
from sovlint.frontends.compose.tree import scalar
from sovlint.model.resources.sent import Link, Sent, SentBy
from sovlint.rules.destination import Setting
from sovlint.rules.hints import Hints


def labels_of(service: Node) -> Iterator[Setting]:
    """The labels of a container and of its deployment."""
    for labels in (get(service, "labels"), get(service, "deploy", "labels")):
        for key, node in entries(labels).items() if labels is not None else ():
            value = scalar(node)
            if value is not None:
                yield Setting(key, value, node.where)


def sent_by_labels(
    name: str, service: Node, model: Node, hints: Hints
) -> tuple[list[Sent], list[Link]]:
    """Where labels have a proxy send what a service gets: outside, and to other services. Of what isn't the name of such
    a label, nothing counts: most of them say what is served."""
    told = [
        each
        for each in labels_of(service)
        if any(proxy.reads(each.name) for proxy in hints.proxies)
    ]
    hosts = hosts_of(model) if told else {}
    sent: list[Sent] = []
    links: list[Link] = []
    for signal in hints.signatures.signals(told) if told else ():
        if signal.sent.by is not SentBy.RULE:
            continue
        texts = [] if signal.sent.value is None else texts_of(signal.sent.value)
        named = [
            host for text in texts for host in hosts_in(text, bare=True) if host in hosts
        ]
        links += [
            Link(signal.link, f"compose:{hosts[host]}", signal.sent.where)
            for host in named
            if hosts[host] != name
        ]
        if not named:
            sent.append(signal.sent)
    return sent, links

"""Values of charts that say by themselves where data goes, whatever their keys: addresses of stores and brokers, and of
hosts that take data. What templates do with other addresses nobody can tell by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from sovlint.documents import Path
from sovlint.documents.tree import Node
from sovlint.frontends.cluster.calls import is_name_in_cluster
from sovlint.frontends.cluster.charts.settings import has_outlets, is_own, own_hosts
from sovlint.frontends.cluster.charts.values import ValueAt, value_of, walk, with_release
from sovlint.model.resources.sent import Sent, SentBy
from sovlint.model.value import Known, Unknown, Value
from sovlint.rules.destination import Setting
from sovlint.rules.hints import Hints
from sovlint.rules.values.value_hosts import hosts_apart, is_named_by_address

_NO_ADDRESSES: Final = frozenset(
    {"apiGroup", "apiVersion", "driver", "fieldPath", "provisioner"}
)
"""Keys of Kubernetes whose values look like hosts."""
_TELLING: Final = frozenset(
    {SentBy.VALUE, SentBy.CLIENT, SentBy.URL, SentBy.HOST, SentBy.SHOWN}
)

_ASKED: Final = frozenset({SentBy.URL, SentBy.SHOWN})
"""What counts of these only where it leads away."""
_BY_KEY: Final = {SentBy.ADDRESS: SentBy.URL, SentBy.RULE: SentBy.HOST}
"""What shows something where only a key does: templates may only show an address, or give it to anything."""


def sends_by_value(
    values: Node, hints: Hints, is_known: Callable[[ValueAt], bool]
) -> Iterator[Sent]:
    """Where values lead that are no variables' of a container. What a rule knows by its keys is left out
    (``is_known``): that says where it leads, if it is in use."""
    told: list[Path] = []
    own = own_hosts(values)
    for here in walk(values):
        if has_outlets(here):  # which of its addresses are in use, these know
            told.append(here.path)
        is_text = bool(here.path) and isinstance(here.node.value, str)
        if not is_text or here.path[-1] in _NO_ADDRESSES or is_known(here):
            continue
        if any(here.path[: len(path)] == path for path in told):
            continue
        key = ".".join(map(str, here.path))
        setting = Setting(key, value_of(here.node), here.node.where)
        yield from _untold(here, hints) if here.off is None else ()
        for signal in hints.signatures.by_value(setting):
            sent = signal.sent
            if _is_written(sent):
                sent = replace(sent, by=SentBy.URL)
            elif sent.by in _BY_KEY:
                sent = replace(sent, by=_BY_KEY[sent.by])
            if sent.by in _ASKED and not _leads_away(sent.value, own):
                continue
            if sent.by in _TELLING or is_named_by_address(sent):
                yield replace(sent, off=here.off)


def _untold(here: ValueAt, hints: Hints) -> Iterator[Sent]:
    """What is asked of a value that nobody knows, by its last key."""
    keys = [each for each in here.path if isinstance(each, str)]
    value = value_of(with_release(here.node))
    if not keys or not isinstance(value, Unknown):
        return
    asked = Setting(keys[-1], value, here.node.where)
    for signal in hints.signatures.untold_value(keys, asked):
        yield replace(signal.sent, key=".".join(map(str, here.path)))


def _is_written(sent: Sent) -> bool:
    """Whether keys make a name that a rule knows, and an address stands there."""
    return sent.by is SentBy.RULE and isinstance(sent.value, Known) and bool(sent.value.value)


def _leads_away(value: Value, own: frozenset[tuple[str, str]]) -> bool:
    """Whether an address is written, and is neither one of the cluster nor one at which the chart's own thing answers."""
    is_elsewhere = any(hosts_apart(value)) and not is_own(value, own)
    return isinstance(value, Known) and is_elsewhere and not is_name_in_cluster(value)

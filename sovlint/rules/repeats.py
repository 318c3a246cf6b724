"""What is said twice, and is told once. There are as many functions as there are meanings of "twice"."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Final, TypeVar

from sovlint.model.resources.sent import SHOWN_BY, Sent, SentBy
from sovlint.model.source import Located
from sovlint.model.value import Value, known_of, unroll
from sovlint.rules.values.address_names import spelt

T = TypeVar("T")

_OF_RULES: Final = frozenset({SentBy.RULE, SentBy.STEP})
_BY_ADDRESS: Final = frozenset(
    {
        SentBy.ADDRESS,
        SentBy.URL,
        SentBy.HOST,
        SentBy.CALLBACK,
        SentBy.UNTOLD,
        *SHOWN_BY,
    }
)
"""What tells of an address no more than that it is there."""


def first_of_each(found: Iterable[T], told: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Of several that tell the same, the first."""
    met: dict[Hashable, T] = {}
    for each in found:
        met.setdefault(told(each), each)
    return tuple(met.values())


def shown_before_named(sends: Iterable[Sent]) -> tuple[Sent, ...]:
    """What one thing sends, each address once, whatever the settings and command lines are called that say it. What
    shows that something is sent counts before what only names the address, and that before what may only show it to
    people."""
    listed = sorted(sends, key=lambda sent: sent.may_be_shown)
    shown = {known_of(sent.value) for sent in listed if sent.by not in _BY_ADDRESS}

    def is_told(sent: Sent) -> bool:
        value = known_of(sent.value)
        return sent.by in _BY_ADDRESS and value is not None and value in shown

    kept = (sent for sent in listed if not is_told(sent))
    return first_of_each(kept, lambda sent: sent.told)


def rules_before_values(
    found: Iterable[T], sent_of: Callable[[T], Sent], by_place: bool = False
) -> list[T]:
    """What is sent, without what only a value shows where a rule tells the same address, or another one of its host.

    ``by_place``: what a rule tells of a setting is all that the setting says.
    """
    from sovlint.rules.values.value_hosts import hosts_apart  # many runs meet no address

    listed = list(found)
    rules = [sent_of(each) for each in listed if sent_of(each).by in _OF_RULES]
    hosts = {host for sent in rules for host in hosts_apart(sent.value)}
    told: dict[int, list[Sent]] = {}
    for sent in rules if by_place else ():
        told.setdefault(id(sent.where), []).append(sent)

    def is_new(sent: Sent) -> bool:
        is_told = any(_is_same_setting(sent, rule) for rule in told.get(id(sent.where), ()))
        return not is_told and hosts.isdisjoint(hosts_apart(sent.value))

    return [each for each in listed if sent_of(each).by in _OF_RULES or is_new(sent_of(each))]


def _is_same_setting(sent: Sent, rule: Sent) -> bool:
    """Whether a rule tells the setting itself, and not another one of its line: formats call one by several names, of
    which one ends with the other. Each setting has one host. What runs there itself is told without a name."""
    from sovlint.rules.values.value_hosts import marked_hosts

    shorter, longer = sorted((spelt(sent.key), spelt(rule.key)), key=len)
    is_called_so = bool(shorter) and longer[len(longer) - len(shorter) :] == shorter
    hosts, of_rule = set(marked_hosts(sent.value)), set(marked_hosts(rule.value))
    return is_called_so and not (hosts and of_rule)


# --- by the lines of files

FileLine = tuple[str, int]


def line_of(where: Located) -> FileLine:
    """The file and the line of a place."""
    span = where.span()
    return span.path, span.line


def lines_behind(value: Value) -> Iterator[FileLine]:
    """The lines that a value comes from."""
    for step in unroll(value.because):
        if step.where is not None:
            yield line_of(step.where)

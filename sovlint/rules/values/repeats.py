"""What a rule and a value say of the same setting is told once, as the rule has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from sovlint.model.resource import Sent, SentBy
from sovlint.rules.values.address_names import spelt
from sovlint.rules.values.value_hosts import hosts_apart, marked_hosts

T = TypeVar("T")

_OF_RULES: Final = (SentBy.RULE, SentBy.STEP)


def without_repeats(
    found: Iterable[T], sent_of: Callable[[T], Sent], by_place: bool = False
) -> list[T]:
    """What is sent, without what only a value shows where a rule tells the same address, or another one of its host.

    ``by_place``: what a rule tells of a setting is all that the setting says.
    """
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
    shorter, longer = sorted((spelt(sent.key), spelt(rule.key)), key=len)
    is_called_so = bool(shorter) and longer[len(longer) - len(shorter) :] == shorter
    hosts, of_rule = set(marked_hosts(sent.value)), set(marked_hosts(rule.value))
    return is_called_so and not (hosts and of_rule)

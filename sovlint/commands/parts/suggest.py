"""What a shell may complete beyond commands and options: names of what ships (policies, providers, ...).

Asked at every press of a key, so it reads the indexes alone, no configuration; and silent whatever goes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import click

from sovlint.commands.parts.output import language
from sovlint.model.text import Bilingual

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], list["CompletionItem"]]
"""What click asks for: the words that a value may be, given how it begins."""


def _named(
    known: Callable[[], Iterator[tuple[str, Bilingual]]], *, or_file: bool = False
) -> Completer:
    """The names that ``known`` gives, each with its title; where none fits, files if a value may be one."""

    def complete(
        _: click.Context, __: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            spoken = language(None)
            items = [
                CompletionItem(name, help=title[spoken])
                for name, title in known()
                if name.startswith(incomplete)
            ]
        except (
            Exception
        ):  # a broken installation is told by the command itself, not in the midst of a line
            items = []
        return items or ([CompletionItem(incomplete, type="file")] if or_file else [])

    return complete


def _policies() -> Iterator[tuple[str, Bilingual]]:
    from sovlint.policy.load import known_policies

    return ((name, policy.title) for name, policy in known_policies().items())


def _sets() -> Iterator[tuple[str, Bilingual]]:
    from sovlint.policy.load import known_sets

    return ((name, each.title) for name, each in known_sets().items())


def _classes() -> Iterator[tuple[str, Bilingual]]:
    from sovlint.catalog.load import load

    return ((name, each.name) for name, each in load().classes.items())


def _providers() -> Iterator[tuple[str, Bilingual]]:
    from sovlint.catalog.load import load

    return ((name, Bilingual(each, each)) for name, each in sorted(load().titles.items()))


def _providers_or_new() -> Iterator[tuple[str, Bilingual]]:
    yield "new", Bilingual("describe another", "en décrire un autre")
    yield from _providers()


providers: Completer = _named(_providers)
providers_or_new: Completer = _named(_providers_or_new)
policies: Completer = _named(_policies)
policies_and_sets: Completer = _named(lambda: chain(_policies(), _sets()), or_file=True)
policy_sets: Completer = _named(_sets, or_file=True)
data_classes: Completer = _named(_classes)

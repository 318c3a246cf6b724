"""Templates that see each other, rendered: what each writes, once for every way in which what isn't known decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.execution import (
    Assumption,
    Change,
    TemplateRun,
    assembled_in,
    restored,
)
from sovlint.expressions.templates.granted import USUAL, Granted, Situation
from sovlint.expressions.templates.limits import MAX_WORLDS
from sovlint.expressions.templates.output import without_no_value
from sovlint.expressions.templates.running import (
    TemplateError,
    TemplateFunction,
    TooCostlyError,
)
from sovlint.expressions.templates.store import KeptTemplates, TemplateStore
from sovlint.expressions.templates.syntax.positions import TemplateSource
from sovlint.expressions.templates.text import PlacedText, TemplateHoles


class RenderedTemplate(Struct, frozen=True, eq=False):
    """What one execution of a template made.

    ``text`` is all that it wrote, empty where it failed; characters for what isn't known are those of ``holes``.
    ``assumed`` is what it decided of things that aren't known, in order. ``error``: why it failed; Helm would refuse the
    chart where that is assumed. ``beyond``: there are more ways to decide than were tried, and this one is the last of its
    situation.
    """

    text: PlacedText
    holes: TemplateHoles
    assumed: tuple[Assumption, ...]
    error: TemplateError | None = None
    beyond: bool = False
    situation: Situation = USUAL


class TemplateSet:
    """Templates that may call each other.

    ``sources`` come in the order in which they are read: of two templates of one name the later one counts.
    ``failures`` has those that can't be read, by name, each with why. All that is rendered has the same ``holes``, since
    what one template changes of the values is there for the next. ``forgiving``: a pipeline that fails for want of a
    value gives one that isn't known. ``kept``: templates that were compiled before, which may be those of other sets.
    ``granted``: what ``data`` takes for granted. ``most``: so many executions of a template are tried in a situation.
    """

    def __init__(
        self,
        sources: Iterable[TemplateSource],
        functions: Mapping[str, TemplateFunction],
        forgiving: bool = False,
        kept: KeptTemplates | None = None,
        granted: Granted | None = None,
        most: int = MAX_WORLDS,
    ) -> None:
        self.failures: dict[str, TemplateError] = {}
        self._forgiving = forgiving
        self._most = most
        self._granted = Granted() if granted is None else granted
        self._store = TemplateStore(functions, kept={} if kept is None else kept)
        self._holes = TemplateHoles()
        for source in sources:
            try:
                self._store.add(source)
            except TemplateError as error:
                self.failures[source.name] = error

    def render(
        self, name: str, data: Any, purse: Purse, further: Purse | None = None
    ) -> Iterator[RenderedTemplate]:
        """Execute a template once for every way in which what isn't known may decide, those first that differ least from
        all of it being true; and so in each situation that bears on what it asks. What it changes of ``data`` stays
        changed as the first execution left it. ``further`` pays for further situations."""
        granted = self._granted
        granted.begin()
        first: list[Change] = []
        yield from self._worlds(name, data, purse, first)
        for situation in granted.further():
            granted.situation = situation
            after = restored(first)
            yield from self._worlds(name, data, further or purse, [])
            restored(after)
        granted.begin()

    def _worlds(
        self, name: str, data: Any, purse: Purse, first: list[Change]
    ) -> Iterator[RenderedTemplate]:
        """The same in one situation. ``first`` gets what the first execution changed, and what that was before."""
        situation = self._granted.situation
        pending: deque[tuple[bool, ...]] = deque([()])
        left_as: list[Change] | None = None
        tried = 0
        more = False
        while pending:
            fixed = pending.popleft()
            run = TemplateRun(
                self._store, self._holes, purse, fixed, self._forgiving, situation
            )
            text, error = self._execute(run, name, data)
            sides = tuple(side for _, side in run.trail)
            tried += 1
            others = range(len(fixed), len(sides))
            left = self._most - tried - len(pending)
            pending.extend((*sides[:number], not sides[number]) for number in others[:left])
            more = more or len(others) > left
            costly = isinstance(error, TooCostlyError)
            ends = costly or tried >= self._most
            beyond = costly or (ends and (more or bool(pending)))
            made = RenderedTemplate(
                text, run.holes, tuple(run.trail), error, beyond, situation
            )
            if left_as is None:
                first.extend(run.journal)
                if not pending:
                    yield made
                    return
            after = restored(run.journal)
            left_as = after if left_as is None else left_as
            yield made
            if ends:
                break
        restored(left_as or [])

    def _execute(
        self, run: TemplateRun, name: str, data: Any
    ) -> tuple[PlacedText, TemplateError | None]:
        try:
            return without_no_value(assembled_in(run, name, data)), None
        except TemplateError as error:
            return PlacedText(), error
        except RecursionError:
            return PlacedText(), TooCostlyError(f'"{name}" has too much within each other')

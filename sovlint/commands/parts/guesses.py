"""``sovlint label --inferred``: what only names suggest, one question for each block; without a terminal, a list."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from sovlint.commands.parts import output
from sovlint.commands.parts.editing import MOST, at, explained, save, show
from sovlint.commands.parts.exit_code import CLEAN
from sovlint.commands.parts.labelling import (
    Key,
    SharedError,
    declared,
    edited_at,
    keyed,
    without_instance,
)
from sovlint.commands.parts.output import Voice
from sovlint.edit.quoting import few
from sovlint.edit.splice import EditError
from sovlint.model.placement import ClassClaim, How, Placed
from sovlint.model.text import Note
from sovlint.model.value import StepKind
from sovlint.report.messages import counted, phrase
from sovlint.resolve.classes.labelled import ANONYMOUS

if TYPE_CHECKING:
    from sovlint.commands.parts.labelling import Labeller, Outcome

"""Why a class is on a resource whose names suggest it."""
KEYS: Final = {"en": ("y", "o", "a", "s", "q"), "fr": ("o", "c", "a", "p", "q")}
"""The keys for yes, another class, anonymous, skip and quit, in the words of ``edit.ask``."""


class Guess(Struct, frozen=True):
    """Resources of one block for which names suggest classes that nobody declares."""

    placed: tuple[Placed, ...]
    claims: tuple[ClassClaim, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes suggested."""
        return tuple(dict.fromkeys(claim.data_class for claim in self.claims))

    @property
    def first(self) -> Placed:
        """The resource that stands for them."""
        return self.placed[0]


class _Asking:
    """A session at a terminal: questions on stderr, diffs on stdout."""

    def __init__(self, labeller: Labeller, shared: bool, write: bool, language: str) -> None:
        self.labeller = labeller
        self.shared = shared
        self.write = write
        self.voice = Voice(language)
        self.before: dict[Path, bytes] = {}

    def ask(self, guess: Guess) -> bool:
        """One question, and what its answer asks for; whether to go on."""
        self.voice.say("edit.guess", **told(guess))
        others = [each.resource.address for each in guess.placed[1:]]
        if others:
            self.voice.say("edit.instances", addresses=few(others, MOST))
        self.voice.say("edit.ask")
        yes, other, anonymous, skip, leave = KEYS[self.voice.language]
        while (key := click.getchar().lower()) not in (yes, other, anonymous, skip, leave):
            pass
        if key == yes:
            self._label(guess, guess.classes)
        elif key == anonymous:
            self._label(guess, (ANONYMOUS,))
        elif key == other and (classes := self._others()):
            self._label(guess, classes)
        return key != leave

    def finish(self) -> None:
        """Write what was agreed to, unless it was written at once."""
        if self.write or not self.before:
            return
        output.say(counted("edit.write-all", len(self.before), self.voice.language))
        if click.getchar().lower() == KEYS[self.voice.language][0]:
            for file, before in self.before.items():
                save(file, before, self.labeller.edited[str(file)])
                self.voice.say(
                    "edit.written", path=file.relative_to(self.labeller.root).as_posix()
                )

    def _others(self) -> tuple[str, ...]:
        known = self.labeller.catalog.classes
        while True:
            prompt = phrase("edit.which-class", self.voice.language, classes=tuple(known))
            words = (
                click.prompt(prompt, default="", show_default=False, err=True)
                .replace(",", " ")
                .split()
            )
            if all(word in known for word in words):
                return tuple(words)

    def _label(self, guess: Guess, classes: Sequence[str]) -> None:
        """Declare classes, besides those that are declared already: an answer to a guess takes nothing away."""
        whole = tuple(dict.fromkeys((*sorted(declared(guess.first)), *classes)))
        try:
            outcome = self.labeller.label(guess.placed, whole, self.shared)
        except EditError as refused:
            for sentence in explained(refused.note, guess.first, whole, self.voice.language):
                output.say(sentence)
            return
        except SharedError as found:
            self.voice.say(
                "edit.shared",
                address=guess.first.resource.address,
                others=few(found.others, MOST),
            )
            self.voice.say("edit.shared-hint")
            return
        show(outcome, self.voice)
        self._keep(outcome)

    def _keep(self, outcome: Outcome) -> None:
        if self.write:
            save(outcome.file, outcome.before, outcome.after)
        self.before.setdefault(outcome.file, outcome.before)
        self.labeller.keep(outcome)


def go_through(
    labeller: Labeller, within: Sequence[Placed], shared: bool, write: bool, voice: Voice
) -> int:
    """Ask for, or list, what is only inferred. Gives the exit code."""
    found = list(guesses(within))
    if not found:
        voice.say("edit.no-guesses")
        return CLEAN
    if not at_terminal():
        works = labeller.work([(each.placed, _whole(each)) for each in found])
        output.emit(
            "\n".join(
                _listed(each, within, voice.language, does)
                for each, does in zip(found, works, strict=True)
            )
        )
        return CLEAN
    asking = _Asking(labeller, shared, write, voice.language)
    key_of = {
        each.resource.number: key for key, each in keyed(labeller.report.placed).items()
    }
    for keys in [{key_of[each.resource.number] for each in guess.placed} for guess in found]:
        guess = _now(labeller, keys)
        if guess is not None and not asking.ask(guess):
            break
    asking.finish()
    return CLEAN


def guesses(placed: Sequence[Placed]) -> Iterator[Guess]:
    """What is only inferred, by block, in the order of the sources."""
    blocks: dict[tuple[str, int], list[Placed]] = {}
    for each in placed:
        if _inferred(each):
            span = edited_at(each.resource)
            blocks.setdefault((span.path, span.line), []).append(each)
    for _, found in sorted(blocks.items()):
        yield Guess(tuple(found), tuple(claim for each in found for claim in _inferred(each)))


def at_terminal() -> bool:
    """Whether somebody sits there to answer."""
    return (
        sys.stdin is not None
        and sys.stdin.isatty()
        and sys.stderr is not None
        and sys.stderr.isatty()
    )


def told(guess: Guess) -> dict[str, object]:
    """What is said of a guess: the resource, where it is, the classes and the names that suggest them."""
    names = [
        claim.because.note.params.get("name", "")
        for claim in guess.claims
        if claim.because is not None
    ]
    return {
        "address": guess.first.resource.address,
        "place": at(guess.first),
        "classes": guess.classes,
        "names": tuple(dict.fromkeys(str(name) for name in names if name)),
    }


def _inferred(placed: Placed) -> list[ClassClaim]:
    """What its own names suggest; what flows in is asked where it comes from."""
    found = (claim for claim in placed.classes.claims if claim.how is How.INFERRED)
    return [
        claim
        for claim in found
        if claim.because is not None and claim.because.kind is StepKind.SUGGESTED
    ]


def _now(labeller: Labeller, keys: set[Key]) -> Guess | None:
    """A guess as things stand after the answers so far; ``None`` where one of these has settled it."""
    left = [each for key, each in keyed(labeller.report.placed).items() if key in keys]
    return next(guesses(left), None)


def _whole(guess: Guess) -> tuple[str, ...]:
    """The classes to declare: those that are declared already, too."""
    return tuple(dict.fromkeys((*sorted(declared(guess.first)), *guess.classes)))


def _listed(guess: Guess, within: Sequence[Placed], language: str, works: bool) -> str:
    """A guess, and the command that makes a declaration of it, if there is one that ``works``; else what does."""
    resource = guess.first.resource
    classes = _whole(guess)
    words = ["sovlint", "label", resource.address, *classes]
    same = [each.resource for each in within if each.resource.address == resource.address]
    if len({each.root for each in same}) > 1:
        words += ["--root", resource.root or "."]
    if len({(each.root, each.span.path) for each in same}) > len(
        {each.root for each in same}
    ):
        words += ["--path", resource.span.path]
    if len({without_instance(each.resource.address) for each in guess.placed}) > 1:
        words.append("--shared")
    lines = [phrase("edit.guess", language, **told(guess))]
    others = [each.resource.address for each in guess.placed[1:]]
    if others:
        lines.append("  " + phrase("edit.instances", language, addresses=few(others, MOST)))
    command = " ".join(map(shlex.quote, [*words, "--write"]))
    told_how = phrase("edit.command", language, command=command)
    if not works:
        _, told_how = explained(Note("edit.not-declared"), guess.first, classes, language)
    lines.append(f"  {told_how}")
    return "\n".join(lines) + "\n"

"""What commands that draft registers share: what they are drafted from, and writing them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sovlint.commands.parts import output, settled
from sovlint.commands.parts.output import Voice
from sovlint.errors import SovlintError
from sovlint.model.request import Request

if TYPE_CHECKING:
    from sovlint.lint import Linted
    from sovlint.registers.answers import GivenAnswers
    from sovlint.registers.drafting.material import Material
    from sovlint.registers.register import Register


class WantedRegister(Struct, frozen=True):
    """Where a register goes, in which format, and what becomes of its blanks."""

    form: str
    output_file: Path
    answers: tuple[Path, ...] = ()
    questions_file: Path | None = None
    previous: Path | None = None
    require_complete: bool = False


def material(request: Request, answers: Iterable[Path] = ()) -> Material:
    """The report of a run, with what is known of the companies in it and the answers of files.

    Raises ``SovlintError`` for bad configuration, and for a file of answers that can't be read.
    """
    from sovlint.lint import linted
    from sovlint.registers.answers import read_answers

    given = read_answers(answers)
    run = replace(settled.run(request), provenance=True)
    return material_of(linted(run), given)


def material_of(found: Linted, given: GivenAnswers) -> Material:
    """The same of a run that was made, with what was answered."""
    from sovlint.registers.of_run import material

    return material(found.report, found.rulebook, found.read_files(), given)


def compared(register: Register, previous: Path) -> Register:
    """A register with what changed since the one of a file. Raises ``SovlintError`` where that is no such register."""
    from sovlint.registers.previous import changes, read_previous

    before = read_previous(previous, register.form.id)
    return replace(register, changes=tuple(changes(before, register)))


def check(wanted: WantedRegister) -> None:
    """Look, before anything is read, whether a register can be written as it is wanted. Raises ``SovlintError`` where
    its format needs a library that isn't there, where a file can't be written, or would be lost by that."""
    check_place(wanted.form, wanted.output_file)
    output.refuse_inputs(
        wanted.output_file, {os.path.realpath(each) for each in wanted.answers}
    )
    file = wanted.questions_file
    if file is None or file == Path("-"):
        return
    _refuse_present(file)
    output.refuse_unwritable(file)
    if os.path.realpath(file) == os.path.realpath(wanted.output_file):
        raise SovlintError(
            f"{file} can't hold both the register and its questions.", "Name another file."
        )


def check_place(form: str, place: Path) -> None:
    """Look, before anything is read, whether a format can be written, and there. Raises ``SovlintError`` if not."""
    from sovlint.registers.writing.formats import FORMATS

    chosen = FORMATS.get(form)
    is_folder = chosen is not None and chosen.folder
    if is_folder and place == Path("-"):
        raise _no_folder(form)
    if chosen is not None:
        chosen.check()
    output.refuse_unwritable(None if place == Path("-") else place, is_folder)


def _no_folder(form: str) -> SovlintError:
    return SovlintError(
        f"The format {form} makes several files: stdout can't have them.",
        "Name a folder with -o.",
    )


def _refuse_present(file: Path) -> None:
    if file != Path("-") and os.path.lexists(file):
        raise SovlintError(
            f"{file} is there already, and is left as it is.", "Name another file."
        )


def write(
    register: Register, form: str, place: Path, language: str, read: Collection[str]
) -> None:
    """Write a register in one of its formats: to a file (``-``: stdout), or into a folder, which is made. ``read`` are the
    files that it was drafted from, which are left as they are.

    Raises ``SovlintError`` where that can't be written, or a library isn't there; nothing is written then.
    """
    from sovlint.registers.writing.formats import FORMATS

    output.refuse_inputs(place, read)
    chosen = FORMATS[form]
    if chosen.folder:
        if place == Path("-"):
            raise _no_folder(form)
        output.emit_folder(chosen.files(register, language), place)
        return
    written = chosen.files(register, language)[""]
    output.emit_bytes(written, None if place == Path("-") else place)


def write_questions(register: Register, file: Path, language: str) -> None:
    """Write what would fill the blanks as a file of answers to be: each question, and `???` to replace.

    Raises ``SovlintError`` where the file is there already: there may be answers in it.
    """
    _refuse_present(file)
    from sovlint.registers.writing.answers_draft import render

    output.emit(render(register, language), None if file == Path("-") else file, exact=True)


def deliver(
    register: Register,
    wanted: WantedRegister,
    answers: GivenAnswers,
    read: Collection[str],
    voice: Voice,
) -> bool:
    """Compare a register, say what is left of it, and write it and its questions; whether it is as it was asked to be:
    complete, and not to be refused. Raises ``SovlintError`` where something can't be read or written."""
    from sovlint.registers.writing.formats import FILED

    if wanted.previous is not None:
        register = compared(register, wanted.previous)
    say_what_is_left(register, answers, voice)
    if wanted.questions_file is not None:
        write_questions(register, wanted.questions_file, voice.language)
    write(register, wanted.form, wanted.output_file, voice.language, read)
    refused = wanted.form == FILED and would_be_refused(register, voice)
    return not refused and (register.is_complete() or not wanted.require_complete)


def would_be_refused(register: Register, voice: Voice) -> bool:
    """Whether supervisors would refuse the register as it is, which is said: a key must not be blank."""
    from sovlint.registers.checks import blank_keys

    count = blank_keys(register)
    if count:
        voice.say("registers.keys-blank", count=count)
    return count > 0


def say_what_is_left(register: Register, answers: GivenAnswers, voice: Voice) -> None:
    """Say on stderr what was drafted, what is wrong with what it was drafted from, and which answers fill nothing."""
    from sovlint.registers.cells import CellOrigin
    from sovlint.report.messages import phrase, say

    voice.say(
        "registers.written",
        title=register.form.title,
        facts=register.count(CellOrigin.FACT),
        attested=register.count(CellOrigin.ATTESTED),
        blanks=register.count(CellOrigin.BLANK),
        questions=len(register.questions()),
    )
    for problem in register.problems:
        output.say(say(problem, voice.language))
    for id, where in answers.unused(register.asked()):
        output.say(
            phrase("registers.answer-unused", voice.language, id=id, place=where.position)
        )

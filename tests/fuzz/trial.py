"""One repository through the command line: every format's writer, and what must hold of all that comes out."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.report import FACTS_REPORTS, MAP_REPORTS, REPORTS
from tests.fuzz import valid
from tests.fuzz.seeds import Files
from tests.fuzz.watch import TooLongError, Watch, in_time

DAY = "2026-11-24"
OUTSIDE = "outsidecanary"
"""Stands in files beside the repository, which nothing may read."""
OUTER: Files = {
    "outside/secret.tf": f'resource "aws_s3_bucket" "{OUTSIDE}" {{}}\n'.encode(),
    "outside/secret.yaml": f"region: {OUTSIDE}\n".encode(),
    "secret.tf": f'resource "aws_s3_bucket" "{OUTSIDE}" {{}}\n'.encode(),
    "sovlint.yaml": f"policy_set: {OUTSIDE}\n".encode(),
}


class Fault(NamedTuple):
    """What shouldn't have been; faults with one ``sign`` are one fault."""

    sign: str
    detail: str


class Options(NamedTuple):
    """How a repository is scanned."""

    arguments: tuple[str, ...] = ()
    language: str = "en"
    facts: str = "json"
    map: str = "json"
    page: bool = False
    drafts: bool = False
    """Whether what sovlint would write into the repository is tried too."""


def options(dice: random.Random) -> Options:
    """Some way to scan."""
    arguments: list[str] = []
    for chance, more in (
        (0.5, ("--assume", "health")),
        (0.6, ("--show", "compliant")),
        (0.3, ("--full",)),
        (0.3, ("--allow-failures",)),
        (0.1, ("--exclude-local",)),
        (0.1, ("--no-inline-ignores",)),
        (0.1, ("--inferred", "error")),
        (0.1, ("--hds-scope", "care-only")),
        (0.2, ("--policy-set", "strict")),
    ):
        if dice.random() < chance:
            arguments.extend(more)
    return Options(
        tuple(arguments), dice.choice(("en", "fr")), dice.choice(sorted(FACTS_REPORTS)), dice.choice(sorted(MAP_REPORTS)),
        dice.random() < 0.3, dice.random() < 0.3,
    )  # fmt: skip


def lay(place: Path, files: Files) -> Path:
    """A repository with these files in a folder of its own, with others beside it; names that no system takes are
    left out."""
    shutil.rmtree(place, ignore_errors=True)
    root = place / "r"
    (root / ".git").mkdir(parents=True)
    for name, raw in OUTER.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(raw)
    for name, raw in files.items():
        try:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(raw)
        except (OSError, ValueError):
            continue
    return root


def faults(
    place: Path,
    files: Files,
    how: Options,
    watch: Watch | None = None,
    aside: Sequence[str] = (),
) -> Iterator[Fault]:
    """All that is wrong with what is said of a repository; texts in ``aside`` mustn't be."""
    root = lay(place, files)
    for line, outputs in _commands(place, root, files, how):
        command = line[0]
        try:
            with _Watched(watch, place), in_time():
                result = CliRunner(env={"SOVLINT_DEBUG": "1"}).invoke(main, line)
        except TooLongError as error:
            yield Fault(
                f"too long: {_frame(traceback.format_exception(error))}",
                "".join(traceback.format_exception(error)),
            )
            continue
        if watch is not None:
            for each in sorted(watch.seen):
                yield Fault(f"outside: {_relative(each, place)}", each)
            watch.seen.clear()
        yield from _wrong(command, result)
        for kind, file in outputs.items():
            text = _read(file) if file else result.stdout
            if text is not None and not (file is None and not text):
                yield from _output(kind, text)
                yield from _leaked(kind, text, files, aside)
        yield from _leaked(f"stderr of {command}", result.stderr, files, aside)


class _Watched:
    """Within, the process is watched."""

    def __init__(self, watch: Watch | None, place: Path) -> None:
        self.watch, self.place = watch, place

    def __enter__(self) -> None:
        if self.watch is not None:
            self.watch.seen.clear()
            self.watch.folder = os.path.realpath(self.place)

    def __exit__(self, *_: object) -> None:
        if self.watch is not None:
            self.watch.folder = None


def _commands(
    place: Path, root: Path, files: Files, how: Options
) -> Iterator[tuple[list[str], dict[str, Path | None]]]:
    """Command lines, and where each output is then; None is stdout."""
    at = [str(root), "--as-of", DAY, "--lang", how.language]
    written = {f"scan {each}": place / f"out.{each}" for each in REPORTS if each != "github"}
    formats = [
        part
        for kind, file in written.items()
        for part in ("-f", kind.partition(" ")[2], "-o", str(file))
    ]
    outputs: dict[str, Path | None] = {**written, "scan github": None}
    yield ["scan", *at, *formats, "-f", "github", *how.arguments], outputs
    reading = [
        each for each in how.arguments if each in ("--allow-failures", "--exclude-local")
    ]
    if "--assume" in how.arguments:
        reading += ["--assume", "health"]
    yield ["facts", *at, "-f", how.facts, *reading], {f"facts {how.facts}": None}
    yield ["map", *at, "-f", how.map, *reading], {f"map {how.map}": None}
    if how.page:
        page = place / "out.html"
        yield ["report", *at, "-o", str(page), *reading], {"report page": page}
    if how.drafts:
        yield from _drafts(root, files, ["--lang", how.language])


def _drafts(
    root: Path, files: Files, language: list[str]
) -> Iterator[tuple[list[str], dict[str, Path | None]]]:
    """Commands that look at what a house writes, and that draft what it might write."""
    yield ["check", "--config", str(root / "sovlint.yaml"), *language], {"check text": None}
    (root / "sovlint.yaml").unlink(missing_ok=True)
    yield ["init", "--print", str(root), *language], {"init text": None}
    report = CliRunner().invoke(main, ["facts", str(root), "-f", "json", "--allow-failures"])
    found = json.loads(report.stdout)["resources"] if report.stdout.startswith("{") else []
    for each in found[:: len(found) // 3 + 1]:
        address = each["address"]
        if not address.startswith("-"):
            line = ["label", address, "health", "--path", str(root / each["path"]), *language]
            yield line, {"label diff": None}


def _read(file: Path) -> str | None:
    try:
        return file.read_bytes().decode()
    except FileNotFoundError:
        return None
    finally:
        file.unlink(missing_ok=True)


def _wrong(command: str, result: Result) -> Iterator[Fault]:
    said = result.stderr
    if "internal error" in said or "Traceback" in said:
        yield Fault(f"crash: {_frame(said.splitlines())}", said[-4000:])
    elif result.exception is not None and not isinstance(result.exception, SystemExit):
        lines = traceback.format_exception(result.exception)
        yield Fault(f"crash: {_frame(lines)}", "".join(lines))
    elif result.exit_code not in (0, 1, 2, 3):
        yield Fault(f"exit {result.exit_code} of {command}", said[-2000:])
    elif result.exit_code == 2 and not said.strip() and not result.stdout.strip():
        yield Fault(f"exit 2 of {command} without a word", "")
    if valid.raw(said):
        yield Fault(f"control characters on stderr of {command}", ascii(said[-2000:]))
    if OUTSIDE in said + result.stdout:
        yield Fault(f"outside: a file's contents in {command}", said[-2000:])


def _output(kind: str, text: str) -> Iterator[Fault]:
    if OUTSIDE in text:
        yield Fault(f"outside: a file's contents in {kind}", "")
    for problem in valid.problems(kind, text):
        yield Fault(f"{kind}: {problem}", text[:3000])


def _leaked(kind: str, text: str, files: Files, aside: Sequence[str]) -> Iterator[Fault]:
    """Secrets that came out, told by the line in which they stood."""
    for secret in aside:
        if secret in text:
            lines = (
                line
                for raw in files.values()
                for line in raw.decode("utf-8", "replace").split("\n")
            )
            written = next((line.strip() for line in lines if secret in line), "")
            shown = next(line for line in text.split("\n") if secret in line)
            form = re.sub(r"\d+", "n", written.replace(secret, "SECRET"))
            yield Fault(f"leak: {form[:80]}", f"{kind}\n{written}\n{shown[:2000]}")


FRAME = re.compile(r'File "[^"]*?(sovlint/[^"]+)", line \d+, in (\S+)')


def _frame(lines: list[str]) -> str:
    """The last place of sovlint's own in a trace, and what was raised."""
    found = FRAME.findall("\n".join(lines))
    raised = [
        line.strip()
        for line in lines
        if re.match(r"\s*[A-Za-z_.]*(Error|Exception|Interrupt)\b", line)
    ]
    where = " ".join(found[-1]) if found else "?"
    return f"{where} {raised[-1].partition(':')[0] if raised else ''}".strip()


def _relative(text: str, place: Path) -> str:
    return text.replace(os.path.realpath(place), "PLACE")


def judged(place: Path, files: Files, *arguments: str) -> dict[str, Any] | None:
    """The report of a scan as data; nothing where the run couldn't do its work at all."""
    root = lay(place, files)
    usual = [
        "--format",
        "json",
        "--show",
        "compliant",
        "--allow-failures",
        "--lang",
        "en",
        "--as-of",
    ]
    with in_time():
        result = CliRunner().invoke(main, ["scan", str(root), *usual, DAY, *arguments])
    if not result.stdout.startswith("{"):
        return None
    data: dict[str, Any] = json.loads(result.stdout)
    return data

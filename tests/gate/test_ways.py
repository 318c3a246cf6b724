"""No way round makes a verdict better without a line that says so, in every format that people and servers read."""

from __future__ import annotations

import html
import json
import os
import re
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest
from click.testing import CliRunner
from msgspec import Struct

from sovlint.cli import main
from tests.gate.table import Outcome, Way, honest_files, ways
from tests.git_house import git

FORMATS = (
    "text",
    "json",
    "sarif",
    "github",
    "markdown",
    "junit",
    "gitlab-codequality",
    "gitlab-sast",
)
COUNTED = ("json", "text")
"""What is read of a way of which no format has to say anything."""
PAGES = sorted((Path(__file__).parents[2] / "docs").glob("*.md"))
WAYS = ways()
LANGUAGES = ("en", "fr")
AS_OF = "2026-11-28"
ROOM = 600
"""Characters of a passage, before and behind a word."""
SEVERITIES = ("note", "warning", "error")
Findings = frozenset[tuple[str, str, str, str]]


class Ran(Struct, frozen=True):
    """What a run left: its exit code, what it said beside the reports, and the reports by format."""

    code: int
    errors: str
    reports: dict[str, str]


def digest(of: object) -> str:
    return sha256(repr(of).encode()).hexdigest()[:16]


def write(root: Path, files: dict[str, str | None]) -> None:
    for name, text in files.items():
        path = root / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def scanned(
    root: Path, way: Way, language: str = "en", formats: tuple[str, ...] = FORMATS
) -> Ran:
    """The repository, scanned once for all these formats."""
    out = root.parent / f"out-{language}"
    out.mkdir(exist_ok=True)
    arguments = ["scan", "--as-of", AS_OF, "--lang", language]
    for name in formats:
        arguments += ["-f", name, "-o", str(out / name)]
    paths = [str(root / path) for path in way.paths or ["."]]
    variables = {name: text.format(root=root) for name, text in way.environment.items()}
    arguments += [option.format(root=root) for option in way.options]
    done = CliRunner().invoke(main, [*arguments, "--", *paths], env=variables)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    reports = {
        name: (out / name).read_text(encoding="utf-8")
        for name in formats
        if (out / name).exists()
    }
    return Ran(done.exit_code, done.stderr, reports)


def counting(ran: Ran) -> Findings:
    """The findings that count, by policy, address, role and severity."""
    return frozenset(
        (found["policy"], found["address"], found["role"], found["severity"])
        for found in json.loads(ran.reports["json"])["findings"]
        if found["suppressed"] is None and found["verdict"] != "compliant"
    )


def moved(address: str, way: Way) -> str:
    """The address that a finding has by the way."""
    for before, after in way.moved.items():
        address = address.replace(before, after)
    return address


def better(before: Findings, after: Findings, way: Way) -> list[str]:
    """Findings that are gone, excused, or milder than they were."""
    worst: dict[tuple[str, str, str], int] = {}
    for policy, address, role, severity in after:
        key = policy, address, role
        worst[key] = max(worst.get(key, -1), SEVERITIES.index(severity))
    return sorted(
        f"{policy}: {address} ({role})"
        for policy, address, role, severity in before
        if worst.get((policy, moved(address, way), role), -1) < SEVERITIES.index(severity)
    )


def plain(text: str) -> str:
    """What a reader sees of a report, without what its format needs to write it, and without its lines."""
    shown = (
        html.unescape(text).replace("\\u2060", "").replace("\u2060", "").replace("%3A", ":")
    )
    shown = (
        shown.replace("%0A", "\n").replace("%2C", ",").replace("%25", "%").replace("\\n", " ")
    )
    return re.sub(r"\s+", " ", shown.replace("\\", ""))


def passage(text: str, words: list[str]) -> bool:
    """Whether all the words stand in one passage of a report that is plain; ``in English|en français``."""
    first, *others = (word.split("|") for word in words)
    for found in re.finditer("|".join(map(re.escape, first)), text):
        around = text[max(0, found.start() - ROOM) : found.end() + ROOM]
        if all(any(one in around for one in word) for word in others):
            return True
    return False


@cache
def honest_run(
    files: tuple[tuple[str, str], ...], paths: tuple[str, ...], language: str, folder: Path
) -> tuple[Findings, dict[str, str]]:
    """What counts in the honest repository, and its reports as readers see them."""
    root = folder / "root"
    root.mkdir(parents=True)
    (root / ".git").mkdir()
    write(root, dict(files))
    ran = scanned(root, Way("honest", "", paths=list(paths), stays=True), language)
    assert ran.code == 1, ran.errors
    return counting(ran), {name: plain(report) for name, report in ran.reports.items()}


@pytest.fixture(scope="session")
def honest_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("honest")


def made(root: Path, way: Way, honest: dict[str, str]) -> None:
    """The repository as the way leaves it."""
    root.mkdir()
    write(root, dict(honest))
    if way.git:
        git(root, "init", "-q")
        git(root, "add", "-A", "--force")
        git(root, "commit", "-qm", "honest")
    else:
        (root / ".git").mkdir()
    if way.baseline:
        arguments = ["scan", str(root), "--as-of", AS_OF]
        CliRunner().invoke(
            main, [*arguments, "--write-baseline", str(root / "baseline.json")]
        )
    write(root, way.files)
    for name, size in way.grown.items():
        (root / name).write_text(f"{(root / name).read_text()}\n# {'x' * size}\n")
    for name, encoding in way.encoded.items():
        (root / name).write_bytes((root / name).read_text().encode(encoding))
    for name, target in way.links.items():
        (root / name).symlink_to(target)
    if way.git:
        git(root, "add", "-A", "--force")
    for command in way.git_then:
        git(root, *command.split())
    for name in way.unreadable:
        (root / name).chmod(0)


def check_refused(way: Way, ran: Ran) -> None:
    assert ran.code == 2, ran.reports.get("text", "")[-2000:]
    text = plain(ran.errors + ran.reports.get("text", ""))
    assert [word for word in way.refused if word not in text] == [], text


def check_said(way: Way, ran: Ran, before: dict[str, str]) -> None:
    assert set(ran.reports) == set(FORMATS)
    silent = [
        name for name, report in ran.reports.items() if not passage(plain(report), way.says)
    ]
    assert silent == []
    idle = [name for name, report in before.items() if passage(report, way.says)]
    assert idle == [], "words that the honest report has too say nothing"


@pytest.mark.parametrize("way", WAYS, ids=[way.id for way in WAYS])
def test_a_way_round(way: Way, tmp_path: Path, honest_folder: Path) -> None:
    if way.unreadable and os.geteuid() == 0:
        pytest.skip("root may read everything")
    language = LANGUAGES[crc32(way.id.encode()) % 2]
    files = {**honest_files(), **way.honest}
    honest = {name: text for name, text in files.items() if text is not None}
    key = digest((tuple(honest.items()), tuple(way.paths), language))
    known = honest_run(tuple(honest.items()), tuple(way.paths), language, honest_folder / key)
    before, reports = known
    root = tmp_path / "root"
    made(root, way, honest)
    formats = FORMATS if way.outcome is Outcome.SAID else COUNTED
    ran = scanned(root, way, language, formats)
    if way.outcome is Outcome.REFUSED:
        check_refused(way, ran)
        return
    lost = better(before, counting(ran), way)
    if way.outcome is Outcome.STAYS:
        assert ran.code in {1, 2}, ran.errors
        assert lost == []
        return
    assert (ran.code == 0) if way.softens else lost, (
        "it makes nothing better: the row is wrong"
    )
    if way.outcome is Outcome.KNOWN:
        assert any(
            way.known in " ".join(page.read_text(encoding="utf-8").split()) for page in PAGES
        )
        return
    check_said(way, ran, reports)


def test_the_table_is_whole() -> None:
    assert len(WAYS) >= 81
    assert [
        name for name, count in Counter(way.id for way in WAYS).items() if count > 1
    ] == []
    assert sum(way.outcome is Outcome.KNOWN for way in WAYS) <= 12

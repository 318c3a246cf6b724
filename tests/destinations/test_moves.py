"""Into whichever holder a setting is moved, and behind whatever it is put: where it leads never becomes nothing."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner
from msgspec import Struct

from sovlint.cli import main
from tests.destinations.test_matrix import CONFIGURATION

POLICIES = """\
id: eea
title: {en: the EEA, fr: l'EEE}
policies: [{id: health-data-in-eea}, {id: health-data-under-eu-control}, {id: data-class-judged}]
"""

HOLDERS: Final[dict[str, dict[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "moves.yaml").read_text(encoding="utf-8")
)
NO_VALUE: Final = "without a value"
"""So holders end where nobody knows the value: only the name of an address tells something then."""
_NAME: Final = re.compile(r"`([^`]+)`")


class Moved(Struct, frozen=True):
    """A setting that is moved: the number stands in its value too; ``host`` is where that leads."""

    name: str
    value: str
    host: str
    number: str

    def put(self, line: str) -> str:
        """The line of a holder with it."""
        words = {
            "NAME": self.name, "name": self.name.lower().replace("_", "-"), "VALUE": self.value,
            "HTTP": f"https://{self.host}", "HOST": self.host, "N": self.number,
        }  # fmt: skip
        for word, text in words.items():
            line = line.replace(f"@{word}@", text)
        return line


_DATABASE: Final = "c10.x.us-east-1.rds.amazonaws.com"
_BUCKET: Final = "acme-11.s3.us-east-1.amazonaws.com"
MOVED: Final = (
    Moved("TARGET", f"postgres://u@{_DATABASE}/claims", _DATABASE, "10"),
    Moved("CLAIMS_OUT", f"https://{_BUCKET}", _BUCKET, "11"),
    Moved("LAKE", "gs://acme-claims-12/x", "acme-claims-12.storage.googleapis.com", "12"),
)


def filled(text: str) -> Iterator[tuple[str, Moved | None]]:
    """The lines of a file; one that is about a setting stands once for each, with the setting."""
    for line in text.splitlines():
        if "@NAME@" in line or Moved("", "", "", "").put(line) != line:
            yield from ((each.put(line), each) for each in MOVED)
        else:
            yield line, None


def written(files: dict[str, str], folder: Path) -> dict[tuple[str, int], Moved]:
    """Writes a holder; the setting that each line is about."""
    about: dict[tuple[str, int], Moved] = {}
    for path, text in {
        **files,
        "sovlint.yaml": CONFIGURATION,
        "sets/eea.yaml": POLICIES,
    }.items():
        lines = list(filled(text))
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(
            "".join(f"{line}\n" for line, _ in lines), encoding="utf-8"
        )
        for number, (_, moved) in enumerate(lines, 1):
            if moved is not None:
                about[path, number] = moved
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return about


def said(
    folder: Path, about: dict[tuple[str, int], Moved]
) -> tuple[dict[str, set[str]], dict[str, Any]]:
    """The verdicts on each setting, told by lines of findings or by the names in them, and the report."""
    options = ["--format", "json", "--show", "compliant", "--as-of", "2026-11-28"]
    configuration = ["--config", str(folder / "sovlint.yaml")]
    result = CliRunner().invoke(main, ["scan", str(folder), *options, *configuration])
    report: dict[str, Any] = json.loads(result.stdout)
    found: dict[str, set[str]] = {each.name: set() for each in MOVED}
    for finding in report["findings"]:
        for at in (finding, *finding["because"]):
            moved = about.get((at["path"] or "", at["line"]))
            if moved is not None:
                found[moved.name].add(finding["verdict"])
        named = _NAME.search(finding["message"])
        key = named[1].lower().replace("-", "_") if named else ""
        for each in MOVED:
            if key.endswith(each.name.lower()):
                found[each.name].add(finding["verdict"])
    return found, report


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_setting_that_is_moved_is_still_told(holder: str, tmp_path: Path) -> None:
    about = written(HOLDERS[holder], tmp_path)
    verdicts, report = said(tmp_path, about)
    assert report["failures"] == []
    if holder.endswith(NO_VALUE):
        verdicts = {"TARGET": verdicts["TARGET"]}
    silent = [name for name, told in verdicts.items() if not told & {"violation", "unproven"}]
    assert silent == []

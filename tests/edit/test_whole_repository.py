"""Everything in the insurer's repository labelled, one after the other: scanned again, all of it is declared."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import hcl2
import pytest

from sovlint.catalog.load import load
from sovlint.commands.parts import settled
from sovlint.commands.parts.editing import save
from sovlint.commands.parts.labelling import Labeller, SharedError, declared
from sovlint.edit.splice import EditError
from sovlint.edit.yaml_syntax import plain
from sovlint.frontends.terraform.syntax import hcl
from sovlint.lint import lint
from sovlint.model.placement import Placed
from sovlint.model.request import Request
from sovlint.model.source import SourceFile
from sovlint.stages.run import Run
from tests.scratch import ROOT

NEW = re.compile(
    r"""\s*(
        (tags|labels|user_labels|resource_labels)\s*[=:].* | \}
        | "?(data[-_]class(ification)?|sovlint-data)"?\s*[=:]\s*"health",?
        | sovlint\.dev/data:\ "?health"? | data:\ \[health\]
        | tags\ \{ | key\s+=\ "data_class" | value\s+=\ "health"
        | .*merge\(.*data_class.*
    )\Z""",
    re.VERBOSE,
)
"""What a line may look like that an edit adds."""
OLD = re.compile(
    r"\s*(tags|labels|data|sovlint\.dev/data|\"?(data[-_]class(ification)?|sovlint-data)\"?)\s*[=:].*\Z"
)
"""What a line may look like that an edit takes away: tags or a class on one line, written there anew."""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "mutuelle"
    shutil.copytree(ROOT / "fixtures/mutuelle", root)
    for command in (
        ["init"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-m", "."],
    ):
        subprocess.run(["git", "-C", str(root), *command], check=True, capture_output=True)
    return root


def place(placed: Placed) -> tuple[str, int, str]:
    span = placed.resource.where.span()
    return span.path, span.line, placed.resource.type


def labelled(run: Run, root: Path) -> tuple[set[str], dict[str, str]]:
    """Label everything; the addresses that are, and why others aren't."""
    labeller = Labeller(run, root, load(), lint)
    done: set[str] = set()
    refused: dict[str, str] = {}
    for address in sorted({each.resource.address for each in labeller.report.placed}):
        targets = [
            each for each in labeller.report.placed if each.resource.address == address
        ]
        if len({place(each) for each in targets}) > 1 or all(
            "health" in declared(each) for each in targets
        ):
            continue
        try:
            outcome = labeller.label(targets, ("health",), shared=False)
        except EditError as error:
            refused[address] = error.note.key
        except SharedError:
            refused[address] = "shared"
        else:
            save(outcome.file, outcome.before, outcome.after)
            labeller.keep(outcome)
            done.add(address)
    return done, refused


@pytest.mark.slow
def test_every_label_is_found_again_and_nothing_else_changed(repository: Path) -> None:
    run = settled.run(Request(paths=(repository,), facts_only=True))
    before = {each.resource.address: each for each in lint(run).placed}
    done, refused = labelled(run, repository)
    assert len(done) > 10
    assert set(refused.values()) <= {
        "edit.takes-no-tags",
        "edit.tag-not-literal",
        "shared",
        "edit.not-declared",
    }
    after = lint(run)
    assert after.failures == ()
    found = {each.resource.address: each for each in after.placed}
    assert found.keys() == before.keys()
    assert {address for address in done if "health" not in declared(found[address])} == set()
    assert {
        address
        for address in refused
        if declared(found[address]) != declared(before[address])
    } == set()
    shown = subprocess.run(
        ["git", "diff", "-U0"], cwd=repository, check=True, capture_output=True, text=True
    ).stdout
    lines = [
        line
        for line in shown.splitlines()
        if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))
    ]
    assert [line for line in lines if line[0] == "+" and not NEW.match(line[1:])] == []
    assert [line for line in lines if line[0] == "-" and not OLD.match(line[1:])] == []
    for path in subprocess.run(
        ["git", "diff", "--name-only"],
        cwd=repository,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines():
        data = (repository / path).read_bytes()
        if path.endswith(".tf"):
            assert hcl2.loads(data.decode())
            assert hcl.parse(SourceFile(path, data))[1] == []
        else:
            assert plain(data.decode())

"""Three greens: what complies by proof, by somebody's word, and by a weak fact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sovlint.cli import main
from sovlint.model.findings.rests import WordFinder
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Step, StepKind, unroll

FIXTURES = Path(__file__).parents[1] / "fixtures"
SCALEWAY = 'provider "scaleway" {\n  region = "fr-par"\n}\nresource "scaleway_object_bucket" "b" {\n  %s}\n'
LABEL = 'tags = { data_class = "health" }\n'
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {sovlint.dev/data: health}}\nspec: {}\n"
CLUSTER = 'clusters:\n  - paths: ["**"]\n    provider: scaleway\n    region: fr-par\n'
ATTESTED = """attestations:
  - claim: {qualification: hds}
    subject: {provider: scaleway, region: fr-par, services: [object-storage]}
    evidence: contract 12
    owner: DPO
    approver: CISO
    issued: 2026-10-01
    expires: 2027-09-01
"""
EEA, HDS = "health-data-in-eea", "health-data-on-certified-host"


def scan(folder: Path, files: dict[str, str], *options: str) -> dict[str, Any]:
    (folder / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    asked = [
        "scan",
        str(folder),
        "-f",
        "json",
        "--show",
        "compliant",
        "--as-of",
        "2026-12-01",
    ]
    found: dict[str, Any] = json.loads(CliRunner().invoke(main, [*asked, *options]).stdout)
    return found


def rests(found: dict[str, Any]) -> dict[str, str | None]:
    return {each["policy"]: each["rests"] for each in found["findings"]}


@pytest.mark.parametrize(
    ("files", "policy", "on"),
    [
        ({"main.tf": SCALEWAY % LABEL}, EEA, "proof"),
        ({"main.tf": SCALEWAY % LABEL}, HDS, None),
        ({"main.tf": SCALEWAY % LABEL, "sovlint.yaml": ATTESTED}, HDS, "word"),
        ({"main.tf": SCALEWAY % LABEL, "sovlint.yaml": ATTESTED}, EEA, "proof"),
        ({"main.tf": SCALEWAY % "", "sovlint.yaml": 'data:\n  paths: {"**": [health]}\n'}, EEA, "word"),
        ({"pod.yaml": POD, "sovlint.yaml": CLUSTER}, EEA, "word"),
    ],
)  # fmt: skip
def test_what_a_compliant_finding_rests_on(
    tmp_path: Path, files: dict[str, str], policy: str, on: str | None
) -> None:
    assert rests(scan(tmp_path, files))[policy] == on


@pytest.mark.parametrize("folder", ["mutuelle", "compose", "fleet"])
def test_the_three_are_all_that_complies(folder: str) -> None:
    """And none of what doesn't comply rests on any; a verdict with a word anywhere in its chain is never proof."""
    asked = ["scan", str(FIXTURES / folder), "-f", "json", "--show", "compliant"]
    found = json.loads(CliRunner().invoke(main, asked).stdout)
    summary = found["summary"]
    kinds = [summary[f"compliant_on_{each}"] for each in ("proof", "word", "weak")]
    assert sum(kinds) == summary["compliant"]
    for each in found["findings"]:
        assert (each["rests"] is None) is (each["verdict"] != "compliant")
        said = [step["note"] for step in each["because"]]
        if each["rests"] == "proof":
            assert not any(note.startswith("attested by") for note in said)
            assert not any(step["path"].endswith("sovlint.yaml") for step in each["because"])


steps = st.recursive(
    st.booleans(), lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=12
)


@given(steps)
def test_a_word_anywhere_in_a_chain_is_found(tree: Any) -> None:
    """A tree of steps, of which the leaves are words or not: against a walk of the whole chain."""
    code = Span("main.tf", 1, 1, 1, 2)

    def made(each: Any) -> Step:
        if isinstance(each, bool):
            kind = StepKind.VOUCHED if each else StepKind.SEEN
            return Step(code, Note("test.said"), kind=kind)
        return Step(code, Note("test.said"), tuple(map(made, each)))

    chain = made(tree)
    words = WordFinder({"sovlint.yaml"})
    walked = any(step.kind is StepKind.VOUCHED for step in unroll(chain))
    assert words.is_in((chain,)) is walked
    assert words.is_in((chain, None)) is walked, "asked again, the answer is kept"


def test_proof_alone_may_be_asked_for(tmp_path: Path) -> None:
    files = {
        "main.tf": SCALEWAY % LABEL,
        "sovlint.yaml": f"policy_set: statutory\n{ATTESTED}",
    }
    scan(tmp_path, files)
    asked = ["scan", str(tmp_path), "--as-of", "2026-12-01", "--lang", "en"]
    plain = CliRunner().invoke(main, asked)
    assert (plain.exit_code, "on somebody's word" in plain.stdout) == (0, True)
    strict = CliRunner().invoke(main, [*asked, "--require", "proof"])
    assert (strict.exit_code, "--require proof" in strict.stderr) == (1, True)
    assert (
        CliRunner().invoke(main, [*asked, "--require", "proof", "--exit-zero"]).exit_code == 0
    )

"""What a change edits of what governs a run: gravest first, all of the configuration, of a pipeline what starts sovlint."""

from __future__ import annotations

import json
from typing import Any

from sovlint.stages.edits import edits


def told(name: str, before: Any, after: Any, starting: bool = False) -> tuple[list[str], int]:
    """The keys that are told, and how much isn't."""
    states = (
        json.dumps(each).encode() if each is not None else None for each in (before, after)
    )
    found = edits(name, *states, (lambda text: "sovlint" in text) if starting else None)
    assert found is not None
    return [each.name for each in found.told], found.more


def test_what_asks_less_comes_first() -> None:
    keys = [
        "attestations",
        "catalog",
        "data",
        "exclude",
        "policies",
        "policy_set",
        "saas",
        "waivers",
        "baseline",
        "zeta",
    ]
    first = [
        "policy_set",
        "policies",
        "exclude",
        "waivers",
        "baseline",
        "catalog",
        "data",
        "attestations",
        "saas",
        "zeta",
    ]
    assert told("sovlint.yaml", None, dict.fromkeys(keys, "a")) == (first, 0)


def test_labels_of_the_configuration_are_no_names_of_secrets() -> None:
    states = [{"data": {"values": {"secret": [each]}}} for each in ("health", "anonymous")]
    found = edits("sovlint.yaml", *(json.dumps(each).encode() for each in states))
    assert found is not None
    assert [(each.before, each.after) for each in found.told] == [("health", "anonymous")]


def job(*script: str, **more: Any) -> dict[str, Any]:
    return {"script": list(script), **more}


def test_of_a_pipeline_only_the_job_that_starts_it_is_told() -> None:
    before = {
        "lint": job("sovlint scan", allow_failure=False),
        "build": job("make"),
        "stages": ["a"],
    }
    after = {
        "lint": job("sovlint scan", allow_failure=True), "build": job("make all", "x"), "new": job("y"),
        "stages": ["a", "b"],
    }  # fmt: skip
    assert told(".gitlab-ci.yml", before, after, starting=True) == (
        ["lint.allow_failure", "stages"],
        4,
    )


def test_of_a_list_of_steps_only_the_one_that_starts_it_is_told() -> None:
    before = {"jobs": {"a": {"steps": [{"uses": "x@1"}, {"run": "sovlint scan"}]}}}
    after = {"jobs": {"a": {"steps": [{"uses": "x@2"}, {"run": "true"}]}}}
    assert told("ci.yml", before, after, starting=True) == (["jobs.a.steps.run"], 3)


def test_of_a_program_only_lines_that_name_it_are_told() -> None:
    found = edits(
        "run.sh",
        b"a\nsovlint scan\n",
        b"b\nsovlint scan || true\n",
        lambda text: "sovlint" in text,
    )
    assert found is not None
    assert [(each.before, each.after) for each in found.told] == [
        ("sovlint scan", ""), ("", "sovlint scan || true"),
    ]  # fmt: skip
    assert found.more == 2

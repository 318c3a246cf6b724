"""Where less is known of a value, nothing gets better: what violates or is unproven never becomes compliant or nothing."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.cli import main
from sovlint.model.partial.holes import HOLE, marked_parts
from sovlint.model.source import Span
from sovlint.model.value import Reason, Unknown
from sovlint.rules.destination import Setting
from tests.destinations.matrix import ABROAD, INSIDE_THE_EEA
from tests.destinations.scanning import CONFIGURATION, POLICIES
from tests.rules.values.test_by_value import signatures

VALUES = tuple(each.replace("{n}", "10") for each in ABROAD)
NAMES = (
    "TARGET",
    "CLAIMS_URL",
    "EXPORT_ENDPOINT",
    "DATABASE_URL",
    "PARTNER_API",
    "UPSTREAM_HOST",
    "SINK_DSN",
)
"""Names of addresses. Under another name a text that has no scheme, no host and no sign of an address before or behind
what isn't known says something else: ``${X}-claims``."""
NAMES_THAT_SAY_NOTHING = ("LAKE", "X", "ENTREPOT")

TERRAFORM = """\
terraform {{
  backend "s3" {{ region = "eu-west-3" }}
}}
variable "v" {{}}
"""
FUNCTION = """\
resource "scaleway_function" "f{number}" {{
  region = "fr-par"
  environment_variables = {{ {name} = "{value}" }}
}}
"""
POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: f{number}}}
spec:
  containers:
  - name: a
    image: acme/a
    env:
    - {{name: SOME_LEVEL, valueFrom: {{secretKeyRef: {{name: s, key: v}}}}}}
    - {{name: {name}, value: {value}}}
---
"""


def is_bucket(value: str) -> bool:
    """Whether only the scheme shows that a name is no host of the network."""
    return value.startswith("gs://")


def first_end(value: str, start: int) -> int:
    """Where a hole that begins there may end: with the scheme, the beginning of a bucket's name isn't known either."""
    return max(start, value.find("://") + 4) if is_bucket(value) and start == 0 else start


def starts(value: str) -> list[int]:
    """Where a hole may begin: not among the signs behind a scheme, where nobody puts one, nor in a password. Without
    the host behind that, ``u:`` and a hole are a host inside and its port."""
    sign, user = value.find("://"), value.find("u:p@")
    no = {sign + 1, sign + 2} if sign >= 0 else set[int]()
    no |= set(range(1, sign + 1)) if is_bucket(value) else set()
    no |= {user + 2, user + 3} if user >= 0 else set[int]()
    return [at for at in range(len(value) + 1) if at not in no]


def keeps_an_address(before: str, behind: str) -> bool:
    """Whether what is left still looks like an address, or nothing is left."""
    return "://" in before or not before + behind


@st.composite
def cuts(draw: st.DrawFn, values: Sequence[str] = VALUES) -> tuple[str, str, str]:
    """A name, and what is left of a value before and behind a hole."""
    value = draw(st.sampled_from(values))
    start = draw(st.sampled_from(starts(value)))
    end = draw(st.integers(first_end(value, start), len(value)))
    before, behind = value[:start], value[end:]
    others = NAMES_THAT_SAY_NOTHING if keeps_an_address(before, behind) else ()
    return draw(st.sampled_from((*NAMES, *others))), before, behind


@given(cuts((*VALUES, *(each.replace("{n}", "10") for each in INSIDE_THE_EEA))))
@settings(max_examples=400, deadline=None)
def test_an_address_with_a_hole_still_leads_somewhere(cut: tuple[str, str, str]) -> None:
    name, before, behind = cut
    value = Unknown(Reason.FROM_ENVIRONMENT, "$V", parts=marked_parts(before + HOLE + behind))
    setting, found = Setting(name, value, Span("a.tf", 1, 1, 1, 1)), signatures()
    assert [*found.by_value(setting), *found.untold([setting])]


def terraform(found: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Functions, each with one variable; a variable without a value is put into it."""
    functions = (
        FUNCTION.format(number=number, name=name, value=f"{before}${{var.v}}{behind}")
        for number, (name, before, behind) in enumerate(found)
    )
    return {"main.tf": TERRAFORM.format() + "".join(functions)}


def pods(found: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Pods, each with one variable; another one, whose secret isn't here, is put into it."""
    return {
        "pods.yaml": "".join(
            POD.format(
                number=number, name=name, value=json.dumps(f"{before}$(SOME_LEVEL){behind}")
            )
            for number, (name, before, behind) in enumerate(found)
        )
    }


def told(files: dict[str, str], folder: Path) -> set[int]:
    """The numbers of the holders of which a scan has something to say."""
    files = {**files, "sovlint.yaml": CONFIGURATION, "sets/eea.yaml": POLICIES}
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    options = [
        "--format",
        "json",
        "--config",
        f"{folder}/sovlint.yaml",
        "--as-of",
        "2026-11-28",
    ]
    report = json.loads(CliRunner().invoke(main, ["scan", str(folder), *options]).stdout)
    assert report["failures"] == []
    return {
        int(each["address"].rpartition("f")[2])
        for each in report["findings"]
        if each["verdict"] in ("violation", "unproven") and "backend" not in each["address"]
    }


@pytest.mark.parametrize("holder", [terraform, pods])
def test_a_hole_makes_no_verdict_better(
    holder: Callable[[Sequence[tuple[str, str, str]]], dict[str, str]], tmp_path: Path
) -> None:
    """150 cuts by a seed: a scan takes too long for each."""
    chosen = random.Random(18)
    found = []
    for _ in range(150):
        value = chosen.choice(VALUES)
        start = chosen.choice(starts(value))
        end = chosen.randint(first_end(value, start), len(value))
        before, behind = value[:start], value[end:]
        others = NAMES_THAT_SAY_NOTHING if keeps_an_address(before, behind) else ()
        found.append((chosen.choice((*NAMES, *others)), before, behind))
    numbers = told(holder(found), tmp_path)
    assert [cut for number, cut in enumerate(found) if number not in numbers] == []


def test_what_stays_here_is_no_worse_with_a_hole(tmp_path: Path) -> None:
    staying = (
        ("UPSTREAM", "redis:", ""), ("API_URL", "", "://claims:8080"), ("TARGET", "arn:aws:iam::", ":role/a"),
        ("TARGET", "/data/", ""), ("CLAIMS_ADDRESS", "", "@acme.fr"), ("TARGET", "Hello ", ""),
        ("API_URL", "http://claims:", "/a"),
    )  # fmt: skip
    assert told(pods(staying), tmp_path) == set()

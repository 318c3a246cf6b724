"""CONTRIBUTING's recipes for code are followed, step by step, in a copy of the package: what they make works there.

``docs/examples`` has the files of two of them, in the folders where they belong.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scratch import ROOT, environment, write

pytestmark = pytest.mark.slow

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "docs/examples"
DAY = "2026-11-24"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package and its policies, as a contributor has them; below it a folder ``tried``. What is compiled of
    it already comes along, but for what others are writing just now."""
    for name in ("sovlint", "policies"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.pyc.*")
        )
    (tmp_path / "tried/.git").mkdir(parents=True)
    return tmp_path


def shown(heading: str, kind: str) -> list[str]:
    """The blocks of a recipe."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(rf"^```{kind}\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)


def insert(path: Path, before: str, text: str) -> None:
    """Text before the one place of the file that says ``before``."""
    written = path.read_text(encoding="utf-8")
    assert written.count(before) == 1, (
        f"{path.name} says {before!r} {written.count(before)} times"
    )
    path.write_text(written.replace(before, text + before), encoding="utf-8")


def change(path: Path, pattern: str, by: str) -> None:
    """What the one place of the file that a pattern meets is replaced by."""
    changed, count = re.subn(pattern, by, path.read_text(encoding="utf-8"))
    assert count == 1, f"{path.name} has {pattern!r} {count} times"
    path.write_text(changed, encoding="utf-8")


def run(house: Path, *arguments: str, exits: tuple[int, ...] = (0,)) -> str:
    """What Python says in the copy."""
    env = environment(house, PYTHONPATH=str(house))
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=house / "tried", env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode in exits, done.stdout + done.stderr
    return done.stdout


def answers_described(house: Path) -> None:
    """The schemas of answers, made of the contract of the copy."""
    (house / "docs").mkdir()
    shutil.copy(ROOT / "docs/schemas.py", house / "docs/schemas.py")
    run(
        house,
        "-c",
        "from docs import schemas; "
        "[file.write_text(text) for file, text in schemas.files().items()]",
    )


def sovlint(house: Path, command: str, *options: str) -> str:
    """What sovlint, as it is in the copy, says of the folder ``tried``."""
    return run(house, "-m", "sovlint", command, ".", "--as-of", DAY, *options, exits=(0, 1))


CASA = """id: acme/casa
local_name: casa
prefixes: [casa]
provider: {candidates: [scaleway], default: scaleway}
region: {resource: [region]}
tags: [tags]
checked: 2026-11-24
sources:
  docs: {url: null, date: "2026-11-24", supports: types, basis: background}
source: docs
"""


def test_a_catalogue_key(house: Path) -> None:
    (field,) = shown("Add a catalogue key", "text")
    insert(house / "sovlint/catalog/entries/plugins.py", "    zone_in_region: bool", field)
    write(
        house,
        {
            "own/plugins/casa.yaml": f"{CASA}motto: a house for data\ntypes: {{casa_store: {{role: at-rest}}}}\n",
            "own/plugins/beta.yaml": CASA.replace(
                "acme/casa", "acme/beta\nsame_types_as: acme/casa"
            ).replace("local_name: casa\n", ""),
            "wrong/plugins/casa.yaml": f"{CASA}motto: 3\n",
        },
    )
    code = (
        "from pathlib import Path; from sovlint.catalog.load import load; "
        f"own = load([Path({str(house / 'own')!r})]); "
        "print(own.plugin('acme/casa').motto, own.plugin('acme/beta').motto, sep=', ')"
    )
    assert run(house, "-c", code) == "a house for data, a house for data\n"
    told = run(
        house,
        "-m",
        "sovlint",
        "catalog",
        "check",
        "--no-config",
        "--catalog",
        str(house / "wrong"),
        exits=(2,),
    )
    assert "`motto` must be of type string, not 3" in told
    run(
        house,
        "-c",
        "from sovlint.catalog import schema; "
        "schema.FILE.write_text(schema.written(schema.described()))",
    )
    schema = json.loads(run(house, "-m", "sovlint", "schema", "catalog"))
    told_of = schema["$defs"]["plugin"]["properties"]["motto"]
    assert told_of["description"] == "What the plug-in's makers say of it."


def test_a_role(house: Path) -> None:
    sentence, cell = shown("Add a role", "text")
    package = house / "sovlint"
    change(package / "model/placement.py", r"CONFIG_ROLE,\n\)", r'"archive", \g<0>')
    change(package / "contract/places.py", r'"config",\n', r'"archive", \g<0>')
    answers_described(house)
    change(package / "policy/schema.json", r'("enum": \["at-rest"[^]]*)\]', r'\1, "archive"]')
    insert(
        package / "report/messages/policy/headlines.json", '  "policy.role.config"', sentence
    )
    insert(package / "report/messages/report/words.json", '  "report.role-config"', cell)
    change(house / "policies/health-data-in-eea.yaml", r"\nroles: \[[^]]*", r"\g<0>, archive")

    (house / "own/plugins").mkdir(parents=True)
    write(
        house, {"own/plugins/casa.yaml": f"{CASA}types: {{casa_store: {{role: archive}}}}\n"}
    )
    source = 'resource "casa_store" "claims" {\n  region = "fr-par"\n  tags = { data_class = "health" }\n}\n'
    needs = (
        'terraform {\n  required_providers {\n    casa = { source = "acme/casa" }\n  }\n}\n'
    )
    write(house / "tried", {"main.tf": needs + source})
    report = json.loads(
        sovlint(
            house,
            "scan",
            "--format",
            "json",
            "--show",
            "compliant",
            "--catalog",
            str(house / "own"),
        )
    )
    found = {(each["policy"], each["verdict"], each["role"]) for each in report["findings"]}
    assert found == {("health-data-in-eea", "compliant", "archive")}
    text = sovlint(
        house, "scan", "--show", "compliant", "--lang", "fr", "--catalog", str(house / "own")
    )
    assert "dans une archive" in " ".join(text.split())


def test_a_way_to_declare_a_class(house: Path) -> None:
    field, parsed, key, applied = shown("Add a way to declare a class", "text")
    package = house / "sovlint"
    insert(package / "model/classrules.py", "    assume: str | None = None\n", field)
    insert(package / "configuration/class_rules.py", "            assume=assume,\n", parsed)
    insert(
        package / "schemas/config.json",
        '"addresses": {\n          "description": "Globs of addresses (* crosses',
        key,
    )
    insert(
        package / "resolve/classes/data_classes.py",
        "(self._rules.addresses, resource.named_by)",
        applied,
    )
    source = 'resource "aws_s3_bucket" "claims" {}\nresource "aws_sqs_queue" "jobs" {}\n'
    write(
        house / "tried",
        {"main.tf": source, "sovlint.yaml": "data:\n  types:\n    aws_s3_bucket: [health]\n"},
    )
    facts = json.loads(sovlint(house, "facts", "--format", "json"))
    said = {
        each["address"]: [(one["class"], one["how"]) for one in each["data"]]
        for each in facts["resources"]
    }
    assert said == {
        "aws_s3_bucket.claims": [("health", "declared")],
        "aws_sqs_queue.jobs": [],
    }
    (claim,) = facts["resources"][0]["data"]
    assert [(step["path"], step["line"]) for step in claim["because"]] == [
        ("sovlint.yaml", 3)
    ]


def test_a_register(house: Path) -> None:
    shutil.copytree(EXAMPLES / "register", house, dirs_exist_ok=True)
    registers = house / "sovlint/registers"
    insert(
        registers / "drafting/__init__.py", '    "report": ', '    "hosts": _late("hosts"),\n'
    )
    services = "services:\n- {id: desk, vendor: Zendesk, data: [claims]}\n"
    (house / "tried/saas.yaml").write_text(services, encoding="utf-8")
    told = run(
        house, "-m", "sovlint", "register", "hosts", ".", "-f", "json", "-o", "-", "--as-of", DAY,
    )  # fmt: skip
    register = json.loads(told)
    (row,) = register["sheets"][0]["rows"]
    assert row["cells"]["company"]["content"] == ["Zendesk (saas:desk)"]
    (question,) = register["questions"]
    assert question["id"] == "hosts.desk.since"


def test_a_front_end(house: Path) -> None:
    package = house / "sovlint"
    shutil.copytree(EXAMPLES / "front-end", house, dirs_exist_ok=True)
    registry = package / "frontends/registry.py"
    insert(
        registry, "from sovlint.frontends.base import", "from sovlint.frontends import acme\n"
    )
    insert(registry, '    "configuration": configuration.read,', '    "acme": acme.read,\n')
    change(registry, r"may_be\(path\)\s+or", r"acme.claims.is_stores(path) or \g<0>")
    insert(package / "contract/facts.py", '"terraform", "kubernetes",', '"acme", ')
    answers_described(house)
    write(
        house / "tried",
        {
            "data.stores": "claims ovhcloud GRA health logs\n# sovlint: ignore[health-data-in-eea] "
            'reason="tests" until=2026-12-01\nlogs aws us-east-1 health\n\f\n  nonsense\n',
            "b/more.stores": "more aws us-east-1 health\n",
        },
    )

    assert run(house, "-m", "sovlint", "catalog", "check", "--no-config").count("acme") == 0
    facts = json.loads(
        run(
            house,
            "-m",
            "sovlint",
            "facts",
            ".",
            "--format",
            "json",
            "--as-of",
            DAY,
            "--allow-failures",
        )
    )
    placed = {
        (each["address"], place["provider"], place["country"], each["data"][0]["class"])
        for each in facts["resources"]
        for place in each["placements"]
    }
    assert placed == {
        ("acme:data.stores#claims", "ovhcloud", "FR", "health"),
        ("acme:data.stores#logs", "aws", "US", "health"),
        ("acme:b/more.stores#more", "aws", "US", "health"),
    }
    assert [
        (flow["kind"], flow["from"]["address"], flow["to"]["address"])
        for flow in facts["flows"]
    ] == [("backup", "acme:data.stores#claims", "acme:data.stores#logs")]
    report = json.loads(sovlint(house, "scan", "--format", "json", "--allow-failures"))
    assert {
        (each["address"], each["suppressed"] is None)
        for each in report["findings"]
        if (each["policy"], each["verdict"]) == ("health-data-in-eea", "violation")
    } == {("acme:data.stores#logs", False), ("acme:b/more.stores#more", True)}
    (failure,) = report["failures"]
    assert (failure["path"], failure["line"], failure["column"]) == ("data.stores", 5, 3)
    assert "a line is a store's name" in json.dumps(failure)
    arguments = ("scan", "--affected", "b/more.stores", "--format", "json", "--as-of", DAY)
    affected = json.loads(run(house, "-m", "sovlint", *arguments, exits=(1,)))
    assert {each["address"] for each in affected["findings"]} == {"acme:b/more.stores#more"}
    assert affected["failures"] == []

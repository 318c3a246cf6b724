"""`sovlint evidence` and `sovlint verify`: what is stated, who signed it, and what differs where something does."""

from __future__ import annotations

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from sovlint.cli import main
from sovlint.evidence.statement import PREDICATE
from tests.git_house import git
from tests.scratch import write

AS_OF = "2026-11-24"
MAIN = """\
variable "region" {
  default = "eu-west-3"
}
provider "aws" {
  region = var.region
}
resource "aws_s3_bucket" "files" {
  bucket = "files"
  tags   = { data-classification = "health" }
}
"""
CONFIG = "policy_set: health-data-warehouse\n"
OVERLAY = "classes: {dental: {en: Dental records, fr: Dossiers dentaires, labels: []}}\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        main, [*map(str, arguments), "--lang", "en"], prog_name="sovlint"
    )


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        assert run("catalog", "keygen", "-o", folder / name).exit_code == 0
    return folder


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A repository of one commit."""
    root = tmp_path / "house"
    write(root, {"main.tf": MAIN})
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
    return root


def stated(house: Path, *options: str | Path, key: Path | None = None) -> Path:
    out = house.parent / "evidence.json"
    signing = ["--sign", key] if key else []
    result = run("evidence", house, "-o", out, "--as-of", AS_OF, *signing, *options)
    assert result.exit_code == 0, result.output
    return out


def opened(path: Path) -> dict[str, Any]:
    statement: dict[str, Any] = json.loads(
        b64decode(json.loads(path.read_bytes())["payload"])
    )
    return statement


def verified(path: Path, house: Path, *options: str | Path) -> tuple[int, str]:
    result = run("verify", path, house, *options)
    return result.exit_code, " ".join(result.output.split())


# --- what is stated


def test_a_statement_says_what_it_is_about(house: Path) -> None:
    found = opened(stated(house))
    assert found["predicateType"] == PREDICATE
    listing = f"{sha256(MAIN.encode()).hexdigest()}  main.tf\n"
    assert found["subject"] == [
        {"name": "files", "digest": {"sha256": sha256(listing.encode()).hexdigest()}},
        {"name": "commit", "digest": {"gitCommit": git(house, "rev-parse", "HEAD")}},
    ]
    told = found["predicate"]
    assert told["asOf"] == AS_OF
    (bucket,) = told["facts"]["resources"]
    assert bucket["placements"][0]["country"] == "FR"
    verdicts = {each["policy"]: each["verdict"] for each in told["result"]["findings"]}
    assert verdicts["health-data-in-eea"] == "compliant"
    assert verdicts["health-data-under-eu-control"] == "violation"


def test_a_change_that_is_not_committed_is_not_the_commit(house: Path) -> None:
    write(house, {"main.tf": MAIN.replace("eu-west-3", "eu-west-1")})
    assert [each["name"] for each in opened(stated(house))["subject"]] == ["files"]


def test_the_predicate_is_as_its_schema_has_it(house: Path) -> None:
    schema = json.loads(run("schema", "evidence").output)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    found = opened(stated(house, "--assume", "health"))
    assert [each.message for each in validator.iter_errors(found)] == []
    del found["predicate"]["code"]["files"]
    assert [each.message for each in validator.iter_errors(found)] != []


def test_the_same_bytes_again(house: Path, keys: Path) -> None:
    once = stated(house, key=keys / "ours").read_bytes()
    assert stated(house, key=keys / "ours").read_bytes() == once


def test_values_of_variables_are_not_written_down(house: Path) -> None:
    text = json.dumps(opened(stated(house, "--env", "TOKEN=hunter2"))["predicate"]["rules"])
    assert "TOKEN" in text
    assert "hunter2" not in text


# --- whether it holds


def test_it_holds_on_a_clone(house: Path, keys: Path, tmp_path: Path) -> None:
    evidence = stated(house, key=keys / "ours")
    git(tmp_path, "clone", "-q", str(house), "clone")
    code, said = verified(evidence, tmp_path / "clone", "--key", keys / "ours.pub")
    assert code == 0
    assert "is trusted" in said
    assert "All of it was found again" in said
    assert git(house, "rev-parse", "HEAD") in said


def test_without_a_key_nobody_is_trusted(house: Path, keys: Path) -> None:
    code, said = verified(stated(house, key=keys / "ours"), house)
    assert code == 0
    assert "Nobody checked it" in said
    code, said = verified(stated(house), house)
    assert code == 0
    assert "It is unsigned" in said


def test_changed_code_is_named_with_what_follows(house: Path) -> None:
    evidence = stated(house)
    write(house, {"main.tf": MAIN.replace("eu-west-3", "us-east-1"), "more.tf": ""})
    code, said = verified(evidence, house)
    assert code == 1
    assert "something differs: code, facts, result." in said
    assert "Files that changed (1): main.tf." in said
    assert "Resources of which other facts hold (1): aws_s3_bucket.files." in said
    assert "health-data-in-eea aws_s3_bucket.files" in said


def test_a_comment_changes_the_code_alone(house: Path) -> None:
    evidence = stated(house)
    write(house, {"main.tf": f"{MAIN}# said\n"})
    code, said = verified(evidence, house)
    assert code == 1
    assert "something differs: code." in said


def test_other_rules_are_named(house: Path) -> None:
    evidence = stated(house)
    write(house, {"sovlint.yaml": CONFIG})
    code, said = verified(evidence, house)
    assert code == 1
    assert "something differs: rules" in said
    assert "sovereign-health -> health-data-warehouse" in said
    assert "code" not in said.partition("something differs:")[2].partition(".")[0]
    assert "The files are the same" in said


def test_another_catalogue_is_named(house: Path, tmp_path: Path) -> None:
    evidence = stated(house)
    write(tmp_path / "overlay", {"classes.yaml": OVERLAY})
    result = run("check", "--catalog", tmp_path / "overlay")
    assert result.exit_code == 0, result.output
    code, said = verified(evidence, house, "--catalog", tmp_path / "overlay")
    assert code == 1
    assert "something differs: catalogue, rules." in said


def test_another_version_of_the_tool_is_named(house: Path) -> None:
    evidence = stated(house)
    changed = opened(evidence)
    changed["predicate"]["tool"]["version"] = "0.0.1"
    code, said = verified(resealed(evidence, changed), house)
    assert code == 1
    assert "sovlint: 0.0.1 -> " in said


def test_facts_that_somebody_wrote_otherwise_are_named(house: Path) -> None:
    evidence = stated(house)
    changed = opened(evidence)
    changed["predicate"]["facts"]["resources"][0]["placements"][0]["country"] = "DE"
    code, said = verified(resealed(evidence, changed), house)
    assert code == 1
    assert "something differs: facts." in said


def test_the_options_of_the_statement_are_taken_again(house: Path) -> None:
    evidence = stated(
        house, "--assume", "claims", "--hds-scope", "care-only", "--require-sources"
    )
    assert verified(evidence, house)[0] == 0


def test_values_that_are_not_written_down_are_asked_for(house: Path) -> None:
    evidence = stated(house, "--var", "region=us-east-1")
    code, said = verified(evidence, house)
    assert code == 2
    assert "values for region" in said
    assert "--var NAME=VALUE" in said
    assert verified(evidence, house, "--var", "region=us-east-1")[0] == 0
    assert verified(evidence, house, "--var", "region=eu-west-1")[0] == 1


# --- registers


def test_a_register_is_covered_by_the_digest_of_its_file(house: Path) -> None:
    evidence = stated(house, "--register", "dora", "--register", "report")
    for name in ("dora", "report"):
        out = house.parent / f"{name}.json"
        result = run("register", name, house, "-f", "json", "-o", out, "--as-of", AS_OF)
        assert result.exit_code == 0, result.output
        covered = opened(evidence)["predicate"]["registers"][name]
        assert covered == {"sha256": sha256(out.read_bytes()).hexdigest()}
    code, said = verified(evidence, house)
    assert code == 0
    assert "The register dora, as JSON: sha256" in said
    schema = json.loads(run("schema", "evidence").output)
    assert Draft202012Validator(schema).is_valid(opened(evidence))


def test_answers_of_a_register_are_asked_for_again(house: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.yaml"
    drafted = ("register", "dora", house, "-f", "json", "-o", tmp_path / "d.json", "--questions", asked)  # fmt: skip
    assert run(*drafted).exit_code == 0
    answers = tmp_path / "answers.yaml"
    first = next(each for each in asked.read_text().splitlines() if each.endswith("???"))
    answers.write_text(first.replace("???", "A house"))
    evidence = stated(house, "--register", "dora", "--answers", answers)
    code, said = verified(evidence, house)
    assert code == 2
    assert "Give it again: --answers FILE." in said
    assert verified(evidence, house, "--answers", answers)[0] == 0
    answers.write_text(first.replace("???", "Another house"))
    code, said = verified(evidence, house, "--answers", answers)
    assert code == 1
    assert "something differs: registers." in said
    assert "Registers that are otherwise now (1): dora." in said


def test_answers_without_a_register(house: Path) -> None:
    result = run(
        "evidence", house, "-o", house.parent / "e.json", "--answers", house / "main.tf"
    )
    assert result.exit_code == 2


# --- broken statements


def resealed(path: Path, statement: dict[str, Any]) -> Path:
    """The same file with other content, signatures as they were."""
    envelope = json.loads(path.read_bytes())
    envelope["payload"] = b64encode(json.dumps(statement).encode()).decode()
    path.write_text(json.dumps(envelope))
    return path


def test_one_changed_byte_is_found_anywhere(house: Path, keys: Path) -> None:
    """A byte of each part of the file: some make it no statement, all others break its signature."""
    evidence = stated(house, key=keys / "ours")
    data = evidence.read_bytes()
    step = max(len(data) // 60, 1)
    for place in range(0, len(data) - 1, step):
        other = b"A" if data[place : place + 1] != b"A" else b"B"
        evidence.write_bytes(data[:place] + other + data[place + 1 :])
        code, said = verified(evidence, house, "--key", keys / "ours.pub")
        assert code == 2, place
        assert "isn't whole" in said or "is wrong" in said or "another key" in said or "unsigned" in said  # fmt: skip


def test_another_key_is_not_trusted(house: Path, keys: Path) -> None:
    evidence = stated(house, key=keys / "theirs")
    code, said = verified(evidence, house, "--key", keys / "ours.pub")
    assert code == 2
    assert "signed by another key than those given" in said


def test_a_key_and_no_signature(house: Path, keys: Path) -> None:
    code, said = verified(stated(house), house, "--key", keys / "ours.pub")
    assert code == 2
    assert "unsigned, and a key is given" in said


def test_a_key_that_is_none(house: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("nothing\n")
    result = run("evidence", house, "-o", tmp_path / "e.json", "--sign", tmp_path / "key")
    assert result.exit_code == 2
    assert "no Ed25519 key" in result.output
    assert not (tmp_path / "e.json").exists()


def test_a_statement_of_another_version(house: Path) -> None:
    evidence = stated(house)
    changed = {**opened(evidence), "predicateType": PREDICATE.replace("v1", "v9")}
    code, said = verified(resealed(evidence, changed), house)
    assert code == 2
    assert "is of another version (https://sovlint.dev/evidence/v9)" in said


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "{", '{"payload": 1}', '{"payloadType": "x", "payload": ""}', "\0"],
)
def test_what_is_no_statement(house: Path, text: str) -> None:
    (house.parent / "e.json").write_text(text)
    code, said = verified(house.parent / "e.json", house)
    assert code == 2
    assert "is no statement of evidence, or isn't whole" in said


def test_a_file_that_is_not_there(house: Path) -> None:
    code, said = verified(house.parent / "none.json", house)
    assert code == 2
    assert "can't be read" in said


def test_where_it_can_not_be_written(house: Path) -> None:
    result = run("evidence", house, "-o", house / "none" / "e.json")
    assert result.exit_code == 2
    assert "can't be written" in result.output


def test_a_statement_of_a_tree_that_was_changed_says_so(house: Path) -> None:
    write(house, {"main.tf": f"{MAIN}# more\n"})
    code, said = verified(stated(house), house)
    assert code == 0
    assert "made with changes that weren't committed" in said


def test_a_bare_clone_is_no_checkout(house: Path, tmp_path: Path) -> None:
    evidence = stated(house)
    git(tmp_path, "clone", "-q", "--bare", str(house), "bare.git")
    code, said = verified(evidence, tmp_path / "bare.git")
    assert code == 2
    assert "None of the files that the statement is about is below" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("paths", ["/etc"]),
        ("paths", [".."]),
        ("catalog", ["../overlay/x"]),
        ("inferred", "nothing"),
        ("min_seal", 3),
    ],
)
def test_options_that_somebody_wrote_lead_nowhere(house: Path, name: str, value: Any) -> None:
    evidence = stated(house)
    changed = opened(evidence)
    changed["predicate"]["rules"]["asked"][name] = value
    code, said = verified(resealed(evidence, changed), house)
    assert code == 2
    assert "lies outside of the checkout" in said or "aren't options of sovlint" in said


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("code", []),
        ("code", {"files": []}),
        ("facts", {"resources": {}}),
        ("facts", {"resources": [1]}),
        ("result", {"findings": []}),
        ("registers", ["dora"]),
        ("asOf", "2026"),
    ],
)
def test_parts_that_somebody_wrote_otherwise(house: Path, part: str, value: Any) -> None:
    evidence = stated(house)
    changed = opened(evidence)
    changed["predicate"][part] = value
    code, said = verified(resealed(evidence, changed), house)
    assert code == 2
    assert "is no statement of evidence, or isn't whole" in said


# --- another program


@pytest.mark.program
@pytest.mark.oracle
@pytest.mark.skipif(shutil.which("cosign") is None, reason="cosign isn't installed")
def test_cosign_finds_it_signed(house: Path, keys: Path, tmp_path: Path) -> None:
    evidence = stated(house, key=keys / "ours")
    files = opened(evidence)["predicate"]["code"]["files"]
    listing = tmp_path / "files.sha256"
    listing.write_text(
        "".join(f"{digest}  {path}\n" for path, digest in sorted(files.items()))
    )

    def asked() -> int:
        return subprocess.run(
            ["cosign", "verify-blob-attestation", "--key", keys / "ours.pub", "--signature", evidence,
             "--type", PREDICATE, "--insecure-ignore-tlog=true", listing],
            capture_output=True, check=False,
        ).returncode  # fmt: skip

    assert asked() == 0
    listing.write_text(f"{listing.read_text()}x")
    assert asked() != 0

"""Plans and states: what they list reads as its source does, at its place, and what they don't tell stays unknown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.exceptions.house import AS_OF, repository, run, scan
from tests.frontends.terraform.plan_house import SOURCE, listed, plan, shown, state

Json = dict[str, Any]
BUCKETS = {'aws_s3_bucket.files["a"]', 'aws_s3_bucket.files["b"]'}
ALL = {
    *BUCKETS,
    "aws_s3_bucket_object.form",
    "aws_dynamodb_table.claims",
    "module.store.aws_db_instance.main",
}


def facts(*arguments: str | Path) -> Json:
    """What ``sovlint facts`` prints of these paths."""
    done = CliRunner().invoke(
        main,
        ["facts", "--format", "json", "--as-of", AS_OF, *map(str, arguments)],
        catch_exceptions=False,
    )
    found: Json = json.loads(done.stdout)
    return {**found, "code": done.exit_code}


def repo(folder: Path, files: dict[str, Any]) -> Path:
    """A repository; what isn't text is written as JSON."""
    texts = {
        path: text if isinstance(text, str) else json.dumps(text)
        for path, text in files.items()
    }
    return repository(folder, texts)


def places(found: Json) -> dict[str, list[tuple[str, str | None]]]:
    """Role and region of every placement, by address."""
    return {
        each["address"]: [(at["role"], at["region"]) for at in each["placements"]]
        for each in found["resources"]
    }


def regions(found: Json) -> dict[str, list[str | None]]:
    return {address: [region for _, region in at] for address, at in places(found).items()}


def essence(found: Json) -> dict[str, Json]:
    """What is said of each resource, without how it was found."""
    return {
        each["address"]: {
            "at": (each["root"], each["path"], each["line"], each["end_line"]),
            "data": [(one["class"], one["how"]) for one in each["data"] or ()],
            "placements": [
                {key: one[key] for key in one if key != "because"}
                for one in each["placements"]
            ],
        }
        for each in found["resources"]
    }


# --- the same as from source


def test_a_plan_reads_as_its_source_does_with_the_same_values(tmp_path: Path) -> None:
    folder = repo(tmp_path, {**SOURCE, "infra/plan.json": plan()})
    source = facts(folder / "infra/main.tf", folder / "modules", "--var", "region=eu-west-3")
    assert {each["variant"] for each in source["resources"]} == {None}
    planned = facts(folder / "infra/plan.json")
    assert essence(planned) == {
        address: each for address, each in essence(source).items() if address in ALL
    }
    assert {each["address"] for each in planned["resources"]} == ALL, (
        "what is deleted is gone, what is replaced isn't"
    )
    assert places(planned)["aws_dynamodb_table.claims"] == [
        ("at-rest", "eu-west-3"),
        ("replica", "eu-north-1"),
    ]
    assert regions(planned)["module.store.aws_db_instance.main"] == ["eu-central-1"]
    assert all(
        each["exists"] is True and each["library"] is False for each in planned["resources"]
    )


def test_verdicts_and_fingerprints_are_those_of_the_source(tmp_path: Path) -> None:
    folder = repo(tmp_path, {**SOURCE, "infra/plan.json": plan()})

    def told(report: Json) -> dict[str, tuple[str, ...]]:
        keys = ("policy", "verdict", "address", "path", "line")
        return {
            each["fingerprint"]: tuple(each[key] for key in keys)
            for each in report["findings"]
        }

    planned = told(scan(folder / "infra/plan.json"))
    source = told(scan(folder / "infra/main.tf", "--var", "region=eu-west-3"))
    assert planned == source
    assert len(planned) > len(ALL)


def test_values_of_the_plan_win_over_defaults_of_the_source(tmp_path: Path) -> None:
    folder = repo(tmp_path, {**SOURCE, "infra/plan.json": plan("us-west-2")})
    for address in BUCKETS:
        assert regions(facts(folder / "infra/plan.json"))[address] == ["us-west-2"]


def test_a_setting_that_the_source_changed_since_is_that_of_the_plan(tmp_path: Path) -> None:
    newer = SOURCE["infra/main.tf"].replace('"eu-central-1"', '"eu-west-1"')
    folder = repo(tmp_path, {**SOURCE, "infra/main.tf": newer, "infra/plan.json": plan()})
    assert regions(facts(folder / "infra/plan.json"))[
        "module.store.aws_db_instance.main"
    ] == ["eu-central-1"]


# --- alone


def test_without_source_what_a_plan_does_not_tell_is_unknown(tmp_path: Path) -> None:
    """``references`` are the same for ``var.region`` and for ``var.region == "eu-west-3" ? "us-east-1" : "..."``."""
    found = facts(repo(tmp_path, {"plan.json": plan()}) / "plan.json")
    assert regions(found) == {
        **{address: [None] for address in BUCKETS},
        "aws_s3_bucket_object.form": [None],
        "aws_dynamodb_table.claims": [None, "eu-north-1"],
        "module.store.aws_db_instance.main": ["eu-central-1"],
    }
    unknown = found["resources"][1]["placements"][0]["unknown"]["region"]
    assert unknown.startswith("unsupported-expression")
    assert {each["path"] for each in found["resources"]} == {"plan.json"}


def test_positions_are_those_of_the_json_where_there_is_no_source(tmp_path: Path) -> None:
    text = json.dumps(plan(), indent=2)
    found = facts(repo(tmp_path, {"plan.json": text}) / "plan.json")
    for each in found["resources"]:
        lines = text.splitlines()[each["line"] - 1 : each["end_line"]]
        assert json.dumps(each["address"]) in lines[1]
        assert lines[-1].strip() in ("}", "},")


def test_a_resource_of_a_module_that_is_not_here_stands_at_its_call(tmp_path: Path) -> None:
    remote = SOURCE["infra/main.tf"].replace("../modules/store", "acme/store/aws")
    folder = repo(tmp_path, {"infra/main.tf": remote, "infra/plan.json": plan()})
    found = {each["address"]: each for each in facts(folder / "infra/plan.json")["resources"]}
    database = found["module.store.aws_db_instance.main"]
    assert (database["path"], database["line"]) == (
        "infra/main.tf",
        remote[: remote.index("module")].count("\n") + 1,
    )
    assert database["placements"][0]["region"] == "eu-central-1"


def test_the_plan_of_another_folder_is_of_the_root_that_declares_just_that(
    tmp_path: Path,
) -> None:
    folder = repo(
        tmp_path,
        {
            **SOURCE,
            "out/plan.json": plan(),
            "other/main.tf": 'resource "aws_s3_bucket" "x" {}\n',
        },
    )
    found = facts(folder / "out/plan.json")
    assert {(each["root"], each["variant"]) for each in found["resources"]} == {
        ("infra", None)
    }
    assert regions(found)['aws_s3_bucket.files["a"]'] == ["eu-west-3"]


# --- beside the source


def test_in_a_scan_of_everything_a_plan_is_a_variant_of_its_root(tmp_path: Path) -> None:
    folder = repo(tmp_path, {**SOURCE, "infra/plan.json": plan()})
    found = facts(folder)
    variants = {(each["root"], each["variant"]) for each in found["resources"]}
    assert variants == {("infra", None), ("infra", "plan.json")}
    assert len(found["resources"]) == 2 * len(ALL)
    assert "variant `plan.json` of the root `infra`" in " ".join(run(folder).output.split())


def test_several_plans_of_a_root_are_told_apart(tmp_path: Path) -> None:
    folder = repo(
        tmp_path,
        {**SOURCE, "infra/a-plan.json": plan(), "infra/b-plan.json": plan("us-west-2")},
    )
    found = facts(folder / "infra/a-plan.json", folder / "infra/b-plan.json")
    assert {each["variant"] for each in found["resources"]} == {"a-plan.json", "b-plan.json"}
    assert len(
        {(each["variant"], each["address"]) for each in found["resources"]}
    ) == 2 * len(ALL)


def test_a_plan_reports_what_stands_in_other_files_and_these_do_not_report_the_plan(
    tmp_path: Path,
) -> None:
    folder = repo(tmp_path, {**SOURCE, "infra/plan.json": plan()})
    assert {each["path"] for each in facts(folder / "infra/plan.json")["resources"]} == {
        "infra/main.tf", "modules/store/main.tf",
    }  # fmt: skip
    module = facts(folder / "modules")["resources"]
    assert [(each["address"], each["variant"]) for each in module] == [
        ("module.store.aws_db_instance.main", None)
    ]


def test_ignore_comments_in_the_source_cover_what_the_plan_lists(tmp_path: Path) -> None:
    comment = '  # sovlint: ignore[health-data-under-eu-control] reason="accepted"\n'
    head = 'resource "aws_s3_bucket" "files" {\n'
    source = SOURCE["infra/main.tf"].replace(head, head.replace("{\n", "{" + comment))
    folder = repo(tmp_path, {**SOURCE, "infra/main.tf": source, "infra/plan.json": plan()})
    report = scan(folder / "infra/plan.json")
    covered = {each["address"] for each in report["findings"] if each["suppressed"]}
    assert covered == BUCKETS


def test_a_change_of_the_plan_affects_it_and_one_of_its_source_too(tmp_path: Path) -> None:
    folder = repo(
        tmp_path,
        {
            **SOURCE,
            "infra/plan.json": plan(),
            "other/main.tf": 'resource "aws_s3_bucket" "x" {}\n',
        },
    )

    def affected(path: str) -> set[tuple[str, str | None]]:
        found = scan(folder / path, "--affected")
        return {(each["root"], each["variant"]) for each in found["findings"]}

    assert affected("infra/plan.json") == {("infra", "plan.json")}
    assert affected("modules/store/main.tf") == {("infra", None), ("infra", "plan.json")}


# --- states


@pytest.mark.parametrize("form", ["file", "shown"])
def test_a_state_tells_what_its_attributes_show_and_no_more(
    tmp_path: Path, form: str
) -> None:
    data = state() if form == "file" else shown(state())
    found = facts(
        repo(tmp_path, {**SOURCE, "infra/terraform.tfstate": data})
        / "infra/terraform.tfstate"
    )
    assert regions(found) == {
        **{address: [None] for address in BUCKETS},
        "aws_dynamodb_table.claims": ["eu-west-3"],
        "module.store.aws_db_instance.main": ["eu-central-1"],
    }
    bucket = found["resources"][1]
    assert bucket["placements"][0]["unknown"]["region"].startswith("from-environment")
    assert [each["class"] for each in bucket["data"]] == ["health"], (
        "tags_all has the default tags"
    )
    assert (bucket["path"], bucket["root"], bucket["variant"]) == (
        "infra/main.tf",
        "infra",
        None,
    )


def test_the_state_of_a_service_elsewhere_is_not_that_of_the_plug_ins_company(
    tmp_path: Path,
) -> None:
    """An S3 plug-in that talks to somebody else's S3: the state says nothing of it, its source does."""
    source = SOURCE["infra/main.tf"].replace(
        "  region = var.region\n",
        '  region = var.region\n  endpoints {\n    s3 = "https://s3.fr-par.scw.cloud"\n  }\n',
    )
    folder = repo(
        tmp_path, {**SOURCE, "infra/main.tf": source, "infra/terraform.tfstate": state()}
    )
    found = facts(folder / "infra/terraform.tfstate")
    bucket = next(each for each in found["resources"] if each["address"] in BUCKETS)
    assert bucket["placements"][0]["provider"] is None


def test_what_a_known_text_names_is_found_among_what_the_resource_rests_on(
    tmp_path: Path,
) -> None:
    data = state()
    buckets = [each["attributes"] for each in data["resources"][1]["instances"]]
    buckets[0].update(region="eu-south-1", arn="arn:aws:s3:::files-a")
    buckets[1].update(region="eu-west-3", arn="arn:aws:s3:::files-b")
    rule = [{"destination": [{"bucket": "arn:aws:s3:::files-a"}]}]
    data["resources"].append({
        "mode": "managed", "type": "aws_s3_bucket_replication_configuration", "name": "copy",
        "provider": 'provider["registry.opentofu.org/hashicorp/aws"]',
        "instances": [{"attributes": {"bucket": "files-b", "rule": rule}, "dependencies": ["aws_s3_bucket.files"]}],
    })  # fmt: skip
    folder = repo(tmp_path, {"terraform.tfstate": data})
    found = facts(folder / "terraform.tfstate")
    assert places(found)["aws_s3_bucket_replication_configuration.copy"] == [
        ("replica", "eu-south-1")
    ]
    sources = {
        each["from"]["address"] for each in found["flows"] if each["kind"] == "replication"
    }
    assert sources == {'aws_s3_bucket.files["b"]'}
    data["resources"][-1]["instances"][0]["dependencies"] = []
    found = facts(repo(tmp_path, {"terraform.tfstate": data}) / "terraform.tfstate")
    # By its ARN alone: the bucket of that name is here.
    assert places(found)["aws_s3_bucket_replication_configuration.copy"] == [
        ("replica", "eu-south-1")
    ]


# --- what is claimed


def test_other_json_is_no_plan_whatever_it_is_called(tmp_path: Path) -> None:
    files = {
        "plan.json": {"goal": "run"},
        "state.json": [1],
        "package.json": {"version": "1"},
        "a.tfstate": "",
    }
    found = facts(repo(tmp_path, {**SOURCE, **files, "tfplan.json": {"tfplan": plan()}}))
    assert not found["failures"]
    assert {each["variant"] for each in found["resources"]} == {None}


def test_any_file_named_on_the_command_line_may_be_one(tmp_path: Path) -> None:
    folder = repo(tmp_path, {**SOURCE, "infra/out.json": plan()})
    assert len(facts(folder / "infra/out.json")["resources"]) == len(ALL)
    assert len(facts(folder)["resources"]) == len(ALL), "no name of a plan: not looked into"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            '{"format_version": "1.0", "terraform_version": "1",\n "values": {]}',
            2,
            "isn't valid JSON",
        ),
        (
            '{"format_version": "2.0",\n "terraform_version": "1", "values": {}}',
            1,
            "format 2.0",
        ),
        ('{"version": 3, "serial": 1, "modules": []}', 1, "version 3"),
        ('{"encrypted_data": "x", "encryption_version": "v0"}', 1, "encrypted"),
        (
            '{"format_version": "1.2", "terraform_version": "1", "planned_values": {}, "errored": true}',
            1,
            "failed",
        ),
        (
            '{"format_version": "1.0", "terraform_version": "1", "values": ' + "[" * 200_000,
            1,
            "isn't valid JSON",
        ),
        (
            '{"format_version": "1.0", "terraform_version": "1", "values": '
            + "9" * 5_000
            + "}",
            1,
            "isn't valid JSON",
        ),
    ],
)
def test_what_cannot_be_read_is_a_failure_with_its_place(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    found = facts(repo(tmp_path, {"plan.json": text}))
    assert found["code"] == 2
    [failure] = found["failures"]
    assert (failure["path"], failure["line"]) == ("plan.json", line)
    assert failure["column"]
    assert said in failure["message"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (json.dumps(plan()).encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00\x00 saved plan", "terraform show -json"),
    ],
)
def test_a_plan_that_is_not_text_says_what_to_do(
    tmp_path: Path, data: bytes, said: str
) -> None:
    folder = repo(tmp_path, SOURCE)
    (folder / "infra/tfplan").write_bytes(data)
    [failure] = facts(folder / "infra/tfplan")["failures"]
    assert said in failure["message"]


@pytest.mark.parametrize(
    "key", ["planned_values", "resource_changes", "configuration", "variables"]
)
@pytest.mark.parametrize(
    "value",
    [None, 1, "x", [], [1, None, {"address": 1}], {"root_module": [1]}, {"a": {"b": []}}],
)
def test_a_plan_of_another_shape_never_raises(
    tmp_path: Path, key: str, value: object
) -> None:
    folder = repo(tmp_path, {**SOURCE, "infra/plan.json": {**plan(), key: value}})
    assert facts(folder / "infra/plan.json")["code"] in (0, 2, 3)


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        [],
        [None],
        [{"mode": "managed", "type": "a_b", "name": "c", "instances": [1]}],
    ],
)
def test_a_state_of_another_shape_never_raises(tmp_path: Path, value: object) -> None:
    folder = repo(tmp_path, {"terraform.tfstate": {**state(), "resources": value}})
    assert facts(folder / "terraform.tfstate")["code"] in (0, 3)


# --- secrets


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown"])
def test_no_line_of_a_plan_is_ever_shown(tmp_path: Path, form: str) -> None:
    """A plan is one line that holds every secret of its root."""
    folder = repo(tmp_path, {"plan.json": plan(), "terraform.tfstate": state()})
    for name in ("plan.json", "terraform.tfstate"):
        shown_of = run(folder / name, "--format", form).output
        assert "aws_s3_bucket.files" in shown_of
        assert "swordfish" not in shown_of


def test_a_sensitive_region_is_judged_and_not_shown(tmp_path: Path) -> None:
    secret = plan()
    secret["planned_values"]["root_module"]["resources"] = [
        listed("aws_s3_bucket.x", {"region": "xx-secret-1"}, {"region": True})
    ]
    output = run(
        repo(tmp_path, {"plan.json": secret}) / "plan.json", "--assume", "health"
    ).output
    assert "aws_s3_bucket.x" in output
    assert "xx-secret-1" not in output


def test_a_part_of_a_plan_does_not_hide_the_source_that_is_scanned_with_it(
    tmp_path: Path,
) -> None:
    made = plan()
    part = {
        **made,
        "complete": False,
        "planned_values": {"root_module": {}},
        "resource_changes": [],
    }
    folder = repo(tmp_path, {**SOURCE, "infra/plan.json": part})
    both = facts(folder, folder / "infra/plan.json")
    assert {each["address"] for each in both["resources"] if each["variant"] is None} >= ALL
    assert facts(folder / "infra/plan.json")["resources"] == []


# --- too large

LARGE = {
    "terraform.tfstate": "",
    "plan.json": '{"format_version": "1.2", "terraform_version": "1.9.0", "variables": {',
    "state.json": '{"version": 4, "serial": 3, "lineage": "a", "outputs": {',
    "tfplan.json": '{"other": 1',
    "pod.json": '{"apiVersion": "v1", "kind": "Pod", ',
    "noted.json": '{"a": ',
    "oddly": '{"apiVersion": "v1", "kind": "Pod", ',
}
FAILED = ["oddly", "plan.json", "pod.json", "state.json", "terraform.tfstate"]


def test_what_is_too_large_to_be_read_is_told_once_and_counted(tmp_path: Path) -> None:
    folder = repo(tmp_path, dict(LARGE))
    for name in LARGE:
        with (folder / name).open("r+b") as stream:
            stream.truncate(40_000_000)
    found = scan(folder)
    assert [each["path"] for each in found["failures"]] == FAILED
    assert [each["path"] for each in found["remarks"]] == ["noted.json", "tfplan.json"]
    coverage = found["coverage"]
    assert (coverage["failed"], coverage["skipped"]) == (5, 2)
    for name in ("terraform.tfstate", "noted.json"):
        done = run(folder / name)
        assert (done.exit_code, "larger than 32 MiB" in done.stdout) == (2, True), name
        assert "Nothing to scan" not in done.stderr, name

"""The baseline, from the repository to its report: what it excuses, what it never does, what pruning leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sovlint.exceptions.baseline_file import CONTRACT
from tests.exceptions.house import (
    CONTROL,
    EEA,
    PROVIDER,
    QUALIFIED,
    bucket,
    counting,
    policies,
    repository,
    run,
    scan,
    states,
    suppressed,
)


def recorded(folder: Path, *arguments: str) -> Path:
    """The baseline of a repository as it is now."""
    file = folder / "baseline.json"
    result = run(folder, "--write-baseline", file, "--no-config", *arguments)
    assert result.exit_code == 0, result.output
    return file


def entries(file: Path) -> list[dict[str, object]]:
    """What a baseline holds."""
    data = json.loads(file.read_text("utf-8"))
    assert data["schema"] == CONTRACT
    found: list[dict[str, object]] = data["entries"]
    return found


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A repository with two findings."""
    return repository(tmp_path, {"main.tf": PROVIDER + bucket("a")})


def test_it_is_keyed_by_the_parts_of_the_fingerprint(old: Path) -> None:
    file = recorded(old)
    assert entries(file) == [
        {
            "policy": policy, "root": "", "variant": None, "address": "aws_s3_bucket.a", "role": "at-rest",
            "provider": "aws", "region": "eu-west-3", "verdict": "violation", "severity": "error", "data": ["health"],
            "unknown": [], "path": "main.tf", "count": 1,
        }
        for policy in (QUALIFIED, CONTROL)
    ]  # fmt: skip
    assert file.read_text("utf-8").count("\n") == 7


def test_writing_it_says_what_it_excuses(old: Path) -> None:
    text = run(old, "--write-baseline", old / "b.json").stdout
    assert "0 violations, 0 unproven, 1 compliant, 2 suppressed." in text
    assert "Entries of the baseline: 2 in use; 2 findings are excused." in text


def test_lines_and_files_do_not_matter_and_what_is_new_counts(old: Path) -> None:
    file = recorded(old)
    (old / "main.tf").write_text(PROVIDER + "\n\n")
    (old / "other.tf").write_text(
        "\n# moved\n" + bucket("a").replace("  ", "      ") + bucket("new")
    )
    report = scan(old, "--baseline", file)
    assert suppressed(report) == {
        ("baseline", policy, "aws_s3_bucket.a") for policy in (CONTROL, QUALIFIED)
    }
    assert counting(report) == {
        (CONTROL, "aws_s3_bucket.new"),
        (QUALIFIED, "aws_s3_bucket.new"),
    }
    assert report["code"] == 1


def test_each_entry_shows_what_it_absorbed(old: Path) -> None:
    report = scan(old, "--baseline", recorded(old))
    assert [(each["state"], each["path"], each["line"]) for each in report["exceptions"]] == [
        ("used", "baseline.json", 4), ("used", "baseline.json", 5),
    ]  # fmt: skip
    assert [
        (one["policy"], one["address"], one["path"], one["line"])
        for each in report["exceptions"]
        for one in each["absorbed"]
    ] == [
        (QUALIFIED, "aws_s3_bucket.a", "main.tf", 4),
        (CONTROL, "aws_s3_bucket.a", "main.tf", 4),
    ]
    assert {
        one["fingerprint"] for each in report["exceptions"] for one in each["absorbed"]
    } == {each["fingerprint"] for each in report["findings"]}


def test_another_region_is_another_finding(old: Path) -> None:
    file = recorded(old)
    (old / "main.tf").write_text(PROVIDER.replace("eu-west-3", "eu-west-1") + bucket("a"))
    report = scan(old, "--baseline", file)
    assert (suppressed(report), policies(report)) == (set(), {CONTROL, QUALIFIED})


def test_another_region_of_an_endpoint_that_nobody_can_read_was_not_recorded(
    tmp_path: Path,
) -> None:
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {sovlint.dev/data: health}}\n"
        "spec: {containers: [{name: a, image: a, env: [{name: S3_REGION, value: fr-par},\n"
        "  {name: S3_ENDPOINT, valueFrom: {secretKeyRef: {name: s3, key: e}}}]}]}\n"
    )
    file = recorded(repository(tmp_path, {"a.yaml": pod}))
    assert policies(scan(tmp_path, "--baseline", file)) == set()
    (tmp_path / "a.yaml").write_text(pod.replace("fr-par", "us-east-1"))
    assert policies(scan(tmp_path, "--baseline", file)) == {EEA, CONTROL, QUALIFIED}


def test_what_was_unproven_does_not_excuse_a_violation(tmp_path: Path) -> None:
    unset = (
        'variable "region" { type = string }\nprovider "aws" {\n  region = var.region\n}\n'
    )
    folder = repository(tmp_path, {"main.tf": unset + bucket("a")})
    file = recorded(folder)
    assert EEA in {each["policy"] for each in entries(file) if each["verdict"] == "unproven"}
    data = json.loads(file.read_text("utf-8"))
    for entry in data["entries"]:
        entry["region"] = "us-east-1"
    file.write_text(json.dumps(data))
    (folder / "main.tf").write_text(PROVIDER.replace("eu-west-3", "us-east-1") + bucket("a"))
    assert EEA in policies(scan(folder, "--baseline", file))


def test_a_warning_does_not_excuse_an_error(old: Path) -> None:
    file = recorded(old)
    file.write_text(file.read_text("utf-8").replace('"error"', '"warning"'))
    assert policies(scan(old, "--baseline", file)) == {CONTROL, QUALIFIED}


def test_another_class_is_not_what_was_recorded(old: Path) -> None:
    (old / "main.tf").write_text(
        PROVIDER + bucket("a").replace('"health"', '"health-pseudonymised"')
    )
    file = recorded(old)
    assert policies(scan(old, "--baseline", file)) == set()
    (old / "main.tf").write_text(PROVIDER + bucket("a"))
    assert policies(scan(old, "--baseline", file)) == {CONTROL, QUALIFIED}


def test_another_unknown_host_is_not_what_was_recorded(old: Path) -> None:
    endpoint = (
        'provider "aws" {\n  region = "eu-west-3"\n  endpoints { s3 = "https://s3.%s" }\n}\n'
    )
    (old / "main.tf").write_text(endpoint % "unknown.example" + bucket("a"))
    file = recorded(old)
    assert counting(scan(old, "--baseline", file)) == set()
    (old / "main.tf").write_text(endpoint % "other-unknown.cn" + bucket("a"))
    assert CONTROL in policies(scan(old, "--baseline", file))


def test_without_a_root_another_file_is_another_thing(tmp_path: Path) -> None:
    manifest = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a, labels: {sovlint.dev/data: health}}\n"
    cluster = "clusters: [{paths: ['**'], provider: aws, region: eu-west-3}]\n"
    folder = repository(tmp_path, {"sovlint.yaml": cluster, "dev/a.yaml": manifest})
    run(folder, "--write-baseline", folder / "b.json")
    (folder / "dev/a.yaml").unlink()
    report = scan(
        repository(folder, {"prod/a.yaml": manifest}), "--baseline", folder / "b.json"
    )
    assert suppressed(report) == set()


def test_a_name_that_is_no_text_can_be_read_back(old: Path) -> None:
    (old / "main.tf").write_text(PROVIDER)
    with open(bytes(old) + b"/\xff.tf", "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write(bucket("a"))
    assert policies(scan(old, "--baseline", recorded(old))) == set()


def test_two_of_the_same_identity_need_two(tmp_path: Path) -> None:
    manifest = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a, labels: {sovlint.dev/data: health}}\n"
    cluster = "clusters: [{paths: ['**'], provider: aws, region: eu-west-3}]\n"
    folder = repository(tmp_path, {"sovlint.yaml": cluster, "x/a.yaml": manifest})
    file = folder / "baseline.json"
    run(folder, "--write-baseline", file)
    repository(folder, {"b/a.yaml": manifest})
    report = scan(folder, "--baseline", file)
    by_path = {(each["path"], each["suppressed"] is not None) for each in report["findings"]}
    assert by_path == {("x/a.yaml", True), ("b/a.yaml", False)}


def test_a_merge_that_leaves_an_entry_twice_excuses_no_more(old: Path) -> None:
    file = recorded(old)
    data = json.loads(file.read_text("utf-8"))
    data["entries"] *= 2
    file.write_text(json.dumps(data))
    assert len(scan(old, "--baseline", file)["exceptions"]) == 2


class TestWrittenOverOne:
    """A baseline that is written over one that has entries."""

    def test_what_is_mended_is_counted(self, old: Path) -> None:
        file = recorded(old)
        (old / "main.tf").write_text(PROVIDER + bucket("a").replace("health", "anonymous"))
        done = run(old, "--write-baseline", file)
        assert "Warning: 2 of the 2 entries that it had are gone" in done.stderr
        assert "wasn't asked about" not in done.stderr
        assert entries(file) == []

    def test_what_lies_outside_of_what_was_scanned_stays(self, old: Path) -> None:
        repository(old, {"sub/main.tf": PROVIDER + bucket("b")})
        file = recorded(old)
        whole = file.read_bytes()
        done = run(old / "sub", "--write-baseline", file)
        assert "gone" not in done.stderr
        assert "2 entries" in done.stderr
        assert "2 of the 4 entries that it had stay" in done.stderr
        assert file.read_bytes() == whole

    def test_and_what_is_mended_in_that_goes(self, old: Path) -> None:
        repository(old, {"sub/main.tf": PROVIDER + bucket("b") + bucket("c")})
        file = recorded(old)
        (old / "sub/main.tf").write_text(PROVIDER + bucket("c"))
        done = run(old / "sub", "--write-baseline", file)
        assert "Warning: 2 of the 6 entries that it had are gone" in done.stderr
        assert [each["address"] for each in entries(file)] == [
            f"aws_s3_bucket.{name}" for name in "acac"
        ]

    def test_of_a_broken_one_a_part_is_not_written(self, old: Path) -> None:
        repository(old, {"sub/main.tf": PROVIDER + bucket("b")})
        file = recorded(old)
        broken = file.read_text("utf-8") + "<<<<<<< HEAD\n"
        file.write_text(broken)
        assert run(old / "sub", "--write-baseline", file).exit_code == 2
        assert file.read_text("utf-8") == broken
        assert run(old, "--write-baseline", file).exit_code == 0

    def test_a_file_that_is_not_there_any_more_is_no_other_part(self, old: Path) -> None:
        repository(old, {"sub/main.tf": PROVIDER + bucket("b")})
        file = recorded(old)
        (old / "sub/main.tf").unlink()
        assert (
            "2 of the 4 entries that it had are gone"
            in run(old, "--write-baseline", file).stderr
        )

    def test_where_nothing_is_there_to_scan_it_stays_and_none_is_begun(
        self, old: Path
    ) -> None:
        (old / "empty").mkdir()
        for file in (recorded(old), old / "new.json"):
            before = file.exists() and file.read_bytes()
            done = run(old / "empty", "--write-baseline", file)
            assert done.exit_code == 3
            assert "isn't written: nothing was there to scan" in done.stderr
            assert "is written to" not in done.stderr
            assert (file.exists() and file.read_bytes()) == before

    def test_an_empty_one_may_be_asked_for(self, old: Path) -> None:
        (old / "empty").mkdir()
        done = run(old / "empty", "--write-baseline", old / "new.json", "--allow-empty")
        assert (done.exit_code, entries(old / "new.json")) == (0, [])

    def test_nothing_is_said_where_none_is_lost(self, old: Path) -> None:
        assert "gone" not in run(old, "--write-baseline", recorded(old)).stderr

    def test_not_where_nothing_was_judged(self, old: Path) -> None:
        file = recorded(old)
        before = file.read_bytes()
        (old / "main.tf").write_text(PROVIDER + 'resource "aws_s3_bucket" "a" {}\n')
        done = run(old, "--write-baseline", file)
        assert done.exit_code == 2
        assert "nothing was judged, and all that" in done.stderr
        assert file.read_bytes() == before


class TestPruning:
    def test_what_matches_no_more_is_reported_and_taken_out_on_request(
        self, old: Path
    ) -> None:
        (old / "main.tf").write_text(PROVIDER + bucket("a") + bucket("b"))
        file = recorded(old)
        (old / "main.tf").write_text(PROVIDER + bucket("b"))
        report = scan(old, "--baseline", file)
        assert [
            each["note"] for each in report["exceptions"] if each["state"] == "unused"
        ] == ["nothing matches it any more"] * 2
        assert (len(entries(file)), report["code"]) == (4, 0)
        assert scan(old, "--baseline", file, "--prune-baseline")["code"] == 0
        assert {each["address"] for each in entries(file)} == {"aws_s3_bucket.b"}

    def test_counts_shrink(self, old: Path) -> None:
        file = recorded(old)
        file.write_text(file.read_text("utf-8").replace('"count": 1', '"count": 3'))
        scan(old, "--baseline", file, "--prune-baseline")
        assert [each["count"] for each in entries(file)] == [1, 1]

    def test_what_was_not_judged_stays(self, old: Path) -> None:
        file = recorded(old)
        scan(old, "--baseline", file, "--prune-baseline", "--policy-set", "statutory")
        assert len(entries(file)) == 2

    def test_what_stands_elsewhere_stays(self, old: Path) -> None:
        repository(old, {"other/main.tf": PROVIDER + bucket("c")})
        file = recorded(old)
        scan(old / "other", "--baseline", file, "--prune-baseline")
        assert len(entries(file)) == 4

    def test_not_where_something_could_not_be_read(self, old: Path) -> None:
        file = recorded(old)
        (old / "main.tf").write_text("resource {")
        result = run(old, "--baseline", file, "--prune-baseline")
        assert (result.exit_code, "isn't pruned" in result.stderr) == (2, True)
        assert len(entries(file)) == 2

    def test_there_must_be_one(self, old: Path) -> None:
        result = run(old, "--prune-baseline")
        assert (result.exit_code, "no baseline to prune" in result.stderr) == (2, True)


def test_the_configuration_names_it(old: Path) -> None:
    recorded(old)
    repository(old, {"sovlint.yaml": "baseline: baseline.json\n"})
    assert scan(old)["code"] == 0


def test_a_configuration_may_name_one_that_is_yet_to_be_written(old: Path) -> None:
    repository(old, {"sovlint.yaml": "baseline: sub.json\n"})
    assert run(old).exit_code == 2
    assert run(old, "--write-baseline", old / "sub.json").exit_code == 0
    assert scan(old)["code"] == 0


def test_a_policy_that_cannot_be_waived_is_neither_recorded_nor_excused(old: Path) -> None:
    firm = old / "set.yaml"
    firm.write_text(
        f"id: firm\ntitle: F\npolicies: [{{id: {CONTROL}, waivable: false}}, {QUALIFIED}]\n"
    )
    file = old / "b.json"
    result = run(old, "--write-baseline", file, "--policy-set", firm)
    assert (result.exit_code, [each["policy"] for each in entries(file)]) == (1, [QUALIFIED])
    report = scan(old, "--baseline", recorded(old), "--policy-set", firm)
    assert (policies(report), states(report)) == (
        {CONTROL}, [("baseline", "used", QUALIFIED), ("baseline", "invalid", CONTROL)],
    )  # fmt: skip


def test_what_is_excused_otherwise_is_not_recorded(old: Path) -> None:
    (old / "main.tf").write_text(
        PROVIDER + f'# sovlint: ignore[{CONTROL}] reason="moves"\n' + bucket("a")
    )
    assert [each["policy"] for each in entries(recorded(old))] == [QUALIFIED]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a baseline"),
        ("{}", f'1:1: not a baseline: it lacks `"schema": "{CONTRACT}"`.'),
        ("[]", "1:1: not a baseline"),
        ('{"schema": "sovlint-baseline/1"', "1:"),
        ('{"schema": "sovlint-baseline/1"}', "lacks the key `entries`"),
        ('{"schema": "sovlint-baseline/1", "entries": null}', "`entries`"),
        (
            '{"schema": "sovlint-baseline/1", "entries": [{"policy": "x"}]}',
            "`entries.0` lacks the key `root`",
        ),
        (
            '{"schema": "sovlint-baseline/1",\n"entries": [],\n"entires": []}',
            "3:1: not a baseline: unknown key `entires`",
        ),
        ('<<<<<<< HEAD\n{"schema": "sovlint-baseline/1", "entries": []}', "not a baseline"),
    ],
)
def test_a_broken_one_is_one_message_and_never_an_empty_one(
    old: Path, text: str, says: str
) -> None:
    file = old / "b.json"
    file.write_text(text)
    result = run(old, "--baseline", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert (says in result.stderr, result.stderr.count("error:")) == (True, 1)


@pytest.mark.parametrize(
    "value", ['"count": 0', '"count": true', '"count": "1"', '"count": 1, "more": 1']
)
def test_an_entry_that_is_not_whole(old: Path, value: str) -> None:
    file = recorded(old)
    file.write_text(file.read_text("utf-8").replace('"count": 1', value, 1))
    result = run(old, "--baseline", file)
    assert (result.exit_code, "baseline.json:4" in result.stderr) == (2, True)


def test_one_that_is_not_there(old: Path) -> None:
    result = run(old, "--baseline", old / "absent.json")
    assert (result.exit_code, "There is no baseline" in result.stderr) == (2, True)


def test_an_empty_one_excuses_nothing(old: Path) -> None:
    file = old / "b.json"
    file.write_text(json.dumps({"schema": CONTRACT, "entries": []}))
    assert policies(scan(old, "--baseline", file)) == {CONTROL, QUALIFIED}


@pytest.mark.parametrize("other", ["--affected", "--prune-baseline", "--diff-base=HEAD"])
def test_writing_one_needs_all_findings(old: Path, other: str) -> None:
    result = run(old, "--write-baseline", old / "b.json", other)
    assert (result.exit_code, (old / "b.json").exists()) == (2, False)


def test_one_that_cannot_be_written(old: Path) -> None:
    result = run(old, "--write-baseline", old / "no" / "b.json")
    assert (result.exit_code, "can't be written" in result.stderr) == (2, True)


def test_secrets_of_addresses_stay_out(tmp_path: Path) -> None:
    text = 'module "m" {\n  source   = "./m"\n  for_each = toset(["https://u:hunter2@h.example/x"])\n}\n'
    folder = repository(tmp_path, {"main.tf": PROVIDER + text, "m/main.tf": bucket("a")})
    assert "hunter2" not in recorded(folder).read_text("utf-8")


def test_only_a_baseline_is_written_over(old: Path) -> None:
    before = (old / "main.tf").read_text()
    result = run(old, "--write-baseline", old / "main.tf")
    assert (result.exit_code, "is something else than a baseline" in result.stderr) == (
        2,
        True,
    )
    assert (old / "main.tf").read_text() == before
    assert "2 violations" in result.stdout
    assert run(old, "--write-baseline", recorded(old)).exit_code == 0


def test_an_incomplete_one_is_not_written_and_the_report_is(old: Path) -> None:
    (old / "broken.tf").write_text("resource {")
    result = run(old, "--write-baseline", old / "b.json")
    assert (
        result.exit_code,
        "isn't written" in result.stderr,
        (old / "b.json").exists(),
    ) == (
        2,
        True,
        False,
    )
    assert "2 violations" in result.stdout


@pytest.mark.parametrize(
    "arguments", [["--write-baseline", "-"], ["--write-baseline", "x", "-o", "./x"]]
)
def test_places_that_it_cannot_go_to(
    old: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(old)
    assert run(".", *arguments).exit_code == 2
    assert not (old / "x").exists()


def test_a_long_one_is_read_fast_enough_to_be_read_at_all(old: Path) -> None:
    file = recorded(old)
    data = json.loads(file.read_text("utf-8"))
    entry = data["entries"][0]
    data["entries"] += [{**entry, "address": f"x.{number}"} for number in range(40_000)]
    file.write_text(json.dumps(data))
    assert scan(old, "--baseline", file)["code"] == 0


class TestTheNextScan:
    """A baseline that was written is used by the next scan, or the message gives the line that makes it so."""

    @pytest.mark.parametrize(
        ("file", "before", "line"),
        [
            ("sovlint.yaml", "", "baseline: base.json"),
            ("sovlint.yaml", "hds_scope: strict\n", "baseline: base.json"),
            ("pyproject.toml", "[tool.sovlint]\n", 'baseline = "base.json"'),
        ],
    )
    def test_by_the_line_that_is_told(
        self, tmp_path: Path, file: str, before: str, line: str
    ) -> None:
        folder = repository(tmp_path, {"main.tf": PROVIDER + bucket("old")})
        if before:
            (folder / file).write_text(before)
        done = run(folder, "--write-baseline", folder / "base.json")
        assert f"once this line is in {file}" in done.stderr
        assert done.stderr.endswith(f": {line}\n")
        assert run(folder).exit_code == 1
        (folder / file).write_text(f"{before}{line}\n")
        assert run(folder).exit_code == 0

    def test_from_the_folder_of_the_configuration(self, tmp_path: Path) -> None:
        files = {
            "a/main.tf": PROVIDER + bucket("old"),
            "a/sovlint.yaml": "hds_scope: strict\n",
        }
        folder = repository(tmp_path, files)
        done = run(folder / "a", "--write-baseline", folder / "b#: 1.json")
        assert done.stderr.endswith('a/sovlint.yaml: baseline: "../b#: 1.json"\n')

    def test_where_the_configuration_names_it(self, tmp_path: Path) -> None:
        files = {"main.tf": PROVIDER + bucket("old"), "sovlint.yaml": "baseline: base.json\n"}
        folder = repository(tmp_path, files)
        done = run(folder, "--write-baseline", folder / "base.json")
        assert "sovlint.yaml names it" in done.stderr
        assert run(folder).exit_code == 0

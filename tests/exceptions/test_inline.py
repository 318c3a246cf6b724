"""Ignore comments, from a repository to its report: what they cover, and what is said of those that don't hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.exceptions.house import (
    BUCKET,
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

IGNORE = f'sovlint: ignore[{CONTROL}] reason="moves with contract 2026-114"'


MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  labels: {sovlint.dev/data: health}
spec:
  template:
    spec:
      containers:
      - name: main
        image: x
        env:
        - name: ONE_DSN
          value: https://abc@o1.ingest.us.sentry.io/1
        - name: TWO_DSN
          value: https://abc@o2.ingest.us.sentry.io/1
      - name: side
        image: x
        env:
        - name: THREE_DSN
          value: https://abc@o3.ingest.us.sentry.io/1
"""
"""Two containers that send to three projects."""


def terraform(folder: Path, text: str, provider: str = PROVIDER) -> Path:
    return repository(folder, {"main.tf": provider + text})


class TestWhere:
    def test_the_line_above(self, tmp_path: Path) -> None:
        report = scan(terraform(tmp_path, f"# {IGNORE}\n{bucket('a')}{bucket('b')}"))
        assert suppressed(report) == {("inline", CONTROL, "aws_s3_bucket.a")}
        assert counting(report) == {
            (QUALIFIED, "aws_s3_bucket.a"), (CONTROL, "aws_s3_bucket.b"), (QUALIFIED, "aws_s3_bucket.b"),
        }  # fmt: skip
        (found,) = (each["suppressed"] for each in report["findings"] if each["suppressed"])
        assert found == {
            "kind": "inline", "reason": "moves with contract 2026-114", "until": None, "path": "main.tf", "line": 4,
        }  # fmt: skip
        assert report["summary"] == {
            "violation": 3,
            "unproven": 0,
            "compliant": 2,
            "compliant_unsourced": 0,
            "compliant_on_proof": 2,
            "compliant_on_word": 0,
            "compliant_on_weak": 0,
            "suppressed": 1,
        }

    @pytest.mark.parametrize(
        "comment", [f"# {IGNORE}", f"// {IGNORE}", f"/* {IGNORE} */", f"/*\n * {IGNORE}\n */"]
    )
    def test_every_form_of_comment(self, tmp_path: Path, comment: str) -> None:
        assert policies(scan(terraform(tmp_path, f"{comment}\n{bucket('a')}"))) == {QUALIFIED}

    def test_the_line_itself(self, tmp_path: Path) -> None:
        text = bucket("a").replace("{\n", f"{{ # {IGNORE}\n", 1)
        assert policies(scan(terraform(tmp_path, text))) == {QUALIFIED}

    def test_a_line_of_the_block_that_led_to_the_finding(self, tmp_path: Path) -> None:
        text = bucket("a").replace('"health" }', f'"health" }} # {IGNORE}')
        assert policies(scan(terraform(tmp_path, text))) == {QUALIFIED}

    def test_a_line_of_the_block_that_has_nothing_to_do_with_it(self, tmp_path: Path) -> None:
        text = bucket("a").replace('= "a"', f'= "a" # {IGNORE}')
        assert policies(scan(terraform(tmp_path, text))) == {
            CONTROL,
            QUALIFIED,
            "ignore-unused",
        }

    def test_several_comments_above(self, tmp_path: Path) -> None:
        other = IGNORE.replace(CONTROL, QUALIFIED)
        report = scan(
            terraform(tmp_path, f"# {IGNORE}\n# and why not\n# {other}\n{bucket('a')}")
        )
        assert (policies(report), report["code"]) == (set(), 0)

    def test_a_blank_line_parts_them(self, tmp_path: Path) -> None:
        report = scan(terraform(tmp_path, f"# {IGNORE}\n\n{bucket('a')}"))
        assert policies(report) == {CONTROL, QUALIFIED, "ignore-unused"}

    def test_text_that_is_no_comment(self, tmp_path: Path) -> None:
        report = scan(
            terraform(
                tmp_path, f'locals {{ a = "# {IGNORE.replace(chr(34), "")}" }}\n{bucket("a")}'
            )
        )
        assert policies(report) == {CONTROL, QUALIFIED}

    def test_one_call_of_a_module_and_no_other(self, tmp_path: Path) -> None:
        calls = f'# {IGNORE}\nmodule "old" {{\n  source = "./m"\n}}\nmodule "new" {{\n  source = "./m"\n}}\n'
        report = scan(
            repository(tmp_path, {"main.tf": PROVIDER + calls, "m/main.tf": bucket("a")})
        )
        assert suppressed(report) == {("inline", CONTROL, "module.old.aws_s3_bucket.a")}
        assert (CONTROL, "module.new.aws_s3_bucket.a") in counting(report)

    def test_one_call_of_many_levels_with_instances(self, tmp_path: Path) -> None:
        """What lies below the call, all of its instances, and nothing that another call of the same module makes."""
        each = '  source   = "../m"\n  for_each = toset(["x", "y"])\n'
        calls = f'# {IGNORE}\nmodule "old" {{\n  source = "./n"\n}}\nmodule "new" {{\n  source = "./n"\n}}\n'
        files = {
            "main.tf": PROVIDER + calls,
            "n/main.tf": f'module "in" {{\n{each}}}\n',
            "m/main.tf": bucket("a"),
        }
        report = scan(repository(tmp_path, files))
        assert suppressed(report) == {
            ("inline", CONTROL, f'module.old.module.in["{key}"].aws_s3_bucket.a')
            for key in ("x", "y")
        }
        assert {address for policy, address in counting(report) if policy == CONTROL} == {
            f'module.new.module.in["{key}"].aws_s3_bucket.a' for key in ("x", "y")
        }

    def test_a_provider_block_and_what_uses_it(self, tmp_path: Path) -> None:
        other = 'provider "aws" {\n  alias  = "other"\n  region = "eu-west-1"\n}\n'
        use = BUCKET.replace("  tags", "  provider = aws.other\n  tags") % ("b", "b")
        report = scan(terraform(tmp_path, f"# {IGNORE}\n{other}{bucket('a')}{use}"))
        assert suppressed(report) == {("inline", CONTROL, "aws_s3_bucket.b")}

    @pytest.mark.parametrize("form", ["replica { # I\n%s\n}", "# I\nreplica {\n%s\n}"])
    def test_a_block_within_and_nothing_else(self, tmp_path: Path, form: str) -> None:
        """The comment at a block's first line, or above it, excuses what is in that block, and not the table beside it."""
        replica = form.replace("I", IGNORE) % 'region_name = "eu-west-1"'
        table = f'resource "aws_dynamodb_table" "t" {{\ntags = {{ data_class = "health" }}\n{replica}\n}}\n'
        report = scan(terraform(tmp_path, table))
        excused = {(f["policy"], f["role"]) for f in report["findings"] if f["suppressed"]}
        assert excused == {(CONTROL, "replica")}
        assert (CONTROL, "at-rest") in {
            (f["policy"], f["role"]) for f in report["findings"] if not f["suppressed"]
        }

    def test_a_block_within_in_which_nothing_led_to_a_finding(self, tmp_path: Path) -> None:
        block = f"versioning {{ # {IGNORE}\nenabled = true\n}}\n"
        report = scan(terraform(tmp_path, bucket("a").replace("  tags", f"{block}  tags")))
        assert policies(report) == {CONTROL, QUALIFIED, "ignore-unused"}

    @pytest.mark.parametrize(
        ("at", "excused"),
        [
            ("name: main", {"one", "two"}),
            ("env:", {"one", "two"}),
            ("name: ONE_DSN", {"one"}),
            ("kind: Deployment", set()),
            ("spec:", {"one", "two", "three"}),
        ],
    )
    def test_the_first_line_of_what_a_manifest_nests(
        self, tmp_path: Path, at: str, excused: set[str]
    ) -> None:
        """A container by the first line of its entry, its settings by their key though the list is no further in."""
        text = MANIFEST.replace(at, f"{at} # {IGNORE}", 1)
        report = scan(repository(tmp_path, {"app.yaml": text}))
        told = {
            name
            for name in ("one", "two", "three")
            for each in report["findings"]
            if each["suppressed"] and f"`{name.upper()}_DSN`" in str(each["because"])
        }
        assert told == excused

    def test_a_service_of_compose_and_not_the_next(self, tmp_path: Path) -> None:
        service = "  %s: # I\n    image: x\n    labels: {sovlint.dev/data: health}\n    environment:\n      A_DSN: https://abc@o1.ingest.us.sentry.io/1\n"
        text = "services:\n" + (service % "api").replace("I", IGNORE) + service % "worker"
        found = {
            each[2] for each in suppressed(scan(repository(tmp_path, {"compose.yaml": text})))
        }
        assert found == {"compose:api"}
        whole = text.replace("services:", f"services: # {IGNORE}").replace(
            f"api: # {IGNORE}", "api:"
        )
        assert not suppressed(scan(repository(tmp_path / "x", {"compose.yaml": whole})))

    def test_tfvars_hold_nothing_to_ignore_at(self, tmp_path: Path) -> None:
        folder = repository(
            tmp_path,
            {"main.tf": PROVIDER + bucket("a"), "terraform.tfvars": f"x = 1 # {IGNORE}\n"},
        )
        assert policies(scan(folder)) == {CONTROL, QUALIFIED, "ignore-unused"}


def test_a_line_elsewhere_that_many_depend_on_excuses_none_of_them(tmp_path: Path) -> None:
    shared = f'locals {{\n  tags = {{ data_class = "health" }} # {IGNORE}\n}}\n'
    use = 'resource "aws_s3_bucket" "a" {\n  tags = local.tags\n}\n'
    report = scan(terraform(tmp_path, shared + use))
    assert policies(report) == {CONTROL, QUALIFIED, "ignore-unused"}
    other = scan(repository(tmp_path / "x", {"main.tf": PROVIDER + use, "shared.tf": shared}))
    assert policies(other) == {CONTROL, QUALIFIED, "ignore-unused"}


def test_no_comment_excuses_what_is_said_of_another(tmp_path: Path) -> None:
    text = f'# sovlint: ignore[ignore-unused] reason="moves"\n# sovlint: ignore[{EEA}] reason="moves"\n{bucket("a")}'
    said = [
        each["message"]
        for each in scan(terraform(tmp_path, text))["findings"]
        if each["policy"] == "ignore-unused"
    ]
    assert len(said) == 2


class TestOtherLanguages:
    CLUSTER = "clusters: [{paths: ['*'], provider: aws, region: eu-west-3}]\n"
    MANIFEST = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: %s\n  labels: {sovlint.dev/data: health}\n"

    def test_manifests(self, tmp_path: Path) -> None:
        text = f"# {IGNORE}\n---\n{self.MANIFEST % 'a'}---\n{self.MANIFEST % 'b'}"
        report = scan(repository(tmp_path, {"sovlint.yaml": self.CLUSTER, "k.yaml": text}))
        assert suppressed(report) == {("inline", CONTROL, "k8s:-/Deployment/a")}

    def test_the_label_that_declares_the_class(self, tmp_path: Path) -> None:
        text = (self.MANIFEST % "a").rstrip() + f" # {IGNORE}\n"
        report = scan(repository(tmp_path, {"sovlint.yaml": self.CLUSTER, "k.yaml": text}))
        assert suppressed(report) == {("inline", CONTROL, "k8s:-/Deployment/a")}

    def test_a_block_of_text_in_a_manifest_is_no_comment(self, tmp_path: Path) -> None:
        text = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  x: |\n    # {IGNORE}\n    y\n"
        report = scan(repository(tmp_path, {"sovlint.yaml": self.CLUSTER, "k.yaml": text}))
        assert report["exceptions"] == []

    def test_inventories(self, tmp_path: Path) -> None:
        text = f"services:\n  # {IGNORE}\n  - {{id: a, vendor: datadog, data: [health]}}\n"
        text += "  - {id: b, vendor: datadog, data: [health]}\n"
        report = scan(repository(tmp_path, {"saas.yaml": text}))
        assert suppressed(report) == {("inline", CONTROL, "saas:a")}
        assert (CONTROL, "saas:b") in counting(report)

    def test_toml_below_an_array_of_tables(self, tmp_path: Path) -> None:
        text = f"[[stores]]\nname = 'a'\n[stores.env]\n# {IGNORE}\n"
        text += "DATABASE_URL = 'postgres://u:p@claims.abc.us-east-1.rds.amazonaws.com/c'\n"
        report = scan(repository(tmp_path, {"settings.toml": text}), "--assume", "health")
        (found,) = (each for each in report["findings"] if each["suppressed"])
        assert (found["policy"], found["path"], found["line"]) == (
            CONTROL,
            "settings.toml",
            5,
        )
        assert found["suppressed"]["line"] == 4

    def test_json_by_path_although_all_is_one_line(self, tmp_path: Path) -> None:
        comment = IGNORE.replace('"', '\\"')
        text = '{"provider":{"aws":{"region":"eu-west-3"}},"resource":{"aws_s3_bucket":{'
        text += f'"a":{{"//":"{comment}","tags":{{"data_class":"health"}}}},"b":{{"tags":{{"data_class":"health"}}}}}}}}}}'
        report = scan(repository(tmp_path, {"main.tf.json": text}))
        assert suppressed(report) == {("inline", CONTROL, "aws_s3_bucket.a")}
        assert (CONTROL, "aws_s3_bucket.b") in counting(report)

    def test_manifests_in_json(self, tmp_path: Path) -> None:
        item = '{"apiVersion":"apps/v1","kind":"Deployment",%s"metadata":'
        item += '{"name":"%s","labels":{"sovlint.dev/data":"health"}}}'
        comment = '"//":["' + IGNORE.replace('"', '\\"') + '"],'
        text = f'{{"apiVersion":"v1","kind":"List","items":[{item % (comment, "a")},{item % ("", "b")}]}}'
        report = scan(repository(tmp_path, {"sovlint.yaml": self.CLUSTER, "k.json": text}))
        assert suppressed(report) == {("inline", CONTROL, "k8s:-/Deployment/a")}


class TestWhatDoesNotHold:
    @pytest.mark.parametrize(
        ("comment", "offends", "says"),
        [
            (f"sovlint: ignore[{CONTROL}]", "ignore-without-reason", "no reason is given"),
            (
                f'sovlint: ignore[{CONTROL}] reason=" "',
                "ignore-without-reason",
                "no reason is given",
            ),
            (
                f'sovlint: ignore[{CONTROL}] reason="N/A." until=2027-01-31',
                "ignore-without-reason",
                "`N/A.` is no reason",
            ),
            (
                f'sovlint: ignore[{CONTROL}] reason="à définir"',
                "ignore-without-reason",
                "no reason",
            ),
            (
                f'sovlint: ignore[{CONTROL}] until=2026-11-24 reason="moves"',
                "ignore-expired",
                "it ended on 2026-11-24",
            ),
            (f'sovlint: ignore[{EEA}] reason="moves"', "ignore-unused", "covers no finding"),
            (
                'sovlint: ignore reason="moves"',
                "ignore-unused",
                "it names no policy in brackets",
            ),
            (
                'sovlint: ignore[] reason="moves"',
                "ignore-unused",
                "it names no policy in brackets",
            ),
            (
                f'sovlint: ignore[{CONTROL}] until=soon reason="moves"',
                "ignore-unused",
                "not a day (YYYY-MM-DD): soon",
            ),
            (
                f'sovlint: ignore[{CONTROL}] because="x"',
                "ignore-unused",
                "can't be read from `because=",
            ),
            (
                'sovlint: ignore[health-data-in-eaa] reason="moves"',
                "ignore-unused",
                f"did you mean `{EEA}`?",
            ),
        ],
    )
    def test_it_suppresses_nothing_and_that_is_said(
        self, tmp_path: Path, comment: str, offends: str, says: str
    ) -> None:
        report = scan(terraform(tmp_path, f"# {comment}\n{bucket('a')}"))
        assert suppressed(report) == set()
        assert policies(report) == {CONTROL, QUALIFIED, offends}
        (said,) = (each for each in report["findings"] if each["policy"] == offends)
        assert says in said["message"]
        assert (said["severity"], said["path"], said["line"], report["code"]) == (
            "warning",
            "main.tf",
            4,
            1,
        )

    def test_the_last_day_counts(self, tmp_path: Path) -> None:
        comment = f'# sovlint: ignore[{CONTROL}] until=2026-11-25 reason="moves"\n'
        assert policies(scan(terraform(tmp_path, comment + bucket("a")))) == {QUALIFIED}

    def test_what_is_covered_by_a_comment_past_its_end_says_so(self, tmp_path: Path) -> None:
        comment = f'# sovlint: ignore[{CONTROL}] until=2026-11-24 reason="moves"\n'
        report = scan(terraform(tmp_path, comment + bucket("a")))
        (said,) = (
            each["message"] for each in report["findings"] if each["policy"] == CONTROL
        )
        assert said.endswith("the ignore comment that covered this ended on 2026-11-24")

    def test_each_policy_that_it_names_is_looked_at_by_itself(self, tmp_path: Path) -> None:
        report = scan(
            terraform(
                tmp_path, f'# sovlint: ignore[{CONTROL}, {EEA}] reason="moves"\n{bucket("a")}'
            )
        )
        assert states(report) == [("inline", "unused", EEA), ("inline", "used", CONTROL)]

    def test_a_policy_that_is_not_judged_is_not_called_unused(self, tmp_path: Path) -> None:
        report = scan(
            terraform(tmp_path, f"# {IGNORE}\n{bucket('a')}"), "--policy-set", "statutory"
        )
        assert policies(report) == {"health-data-on-certified-host"}
        assert [each["note"] for each in report["exceptions"]] == [
            f"`{CONTROL}` isn't among the policies judged by"
        ]

    def test_a_policy_that_cannot_be_waived(self, tmp_path: Path) -> None:
        folder = terraform(tmp_path, f"# {IGNORE}\n{bucket('a')}")
        repository(
            tmp_path,
            {
                "set.yaml": f"id: firm\ntitle: Firm\npolicies: [{{id: {CONTROL}, waivable: false}}]\n"
            },
        )
        report = scan(folder, "--policy-set", tmp_path / "set.yaml")
        assert policies(report) == {CONTROL, "ignore-unused"}
        (said,) = (each for each in report["findings"] if each["policy"] == CONTROL)
        assert f"the policy `{CONTROL}` can't be waived" in " ".join(said["remarks"])

    @pytest.mark.parametrize(
        ("until", "holds"),
        [("until=2026-12-25", True), ("until=2026-12-26", False), ("", False)],
    )
    def test_no_longer_than_the_policy_allows(
        self, tmp_path: Path, until: str, holds: bool
    ) -> None:
        comment = f'# sovlint: ignore[{CONTROL}] {until} reason="moves"\n'
        text = f"id: brief\ntitle: Brief\npolicies: [{{id: {CONTROL}, longest_waiver_days: 30}}]\n"
        folder = repository(
            tmp_path, {"main.tf": PROVIDER + comment + bucket("a"), "set.yaml": text}
        )
        report = scan(folder, "--policy-set", tmp_path / "set.yaml")
        assert (CONTROL in policies(report)) is not holds


def test_comments_can_be_left_out_of_account(tmp_path: Path) -> None:
    report = scan(terraform(tmp_path, f"# {IGNORE}\n{bucket('a')}"), "--no-inline-ignores")
    assert (policies(report), report["exceptions"]) == ({CONTROL, QUALIFIED}, [])


def test_what_is_unproven_can_be_ignored_too(tmp_path: Path) -> None:
    text = 'variable "region" { type = string }\nprovider "aws" {\n  region = var.region\n}\n'
    report = scan(
        repository(
            tmp_path,
            {"main.tf": f'{text}# sovlint: ignore[{EEA}] reason="moves"\n{bucket("a")}'},
        )
    )
    assert ("inline", EEA, "aws_s3_bucket.a") in suppressed(report)


def test_a_comment_needed_by_what_is_not_reported_is_not_unused(tmp_path: Path) -> None:
    files = {"providers.tf": f"# {IGNORE}\n{PROVIDER}", "main.tf": bucket("a")}
    report = scan(repository(tmp_path, files) / "providers.tf")
    assert (policies(report), report["exceptions"][0]["state"]) == (set(), "used")


def test_the_text_report_counts_them(tmp_path: Path) -> None:
    text = run(
        terraform(
            tmp_path, f'# {IGNORE}\n# sovlint: ignore[{EEA}] reason="moves"\n{bucket("a")}'
        )
    ).stdout
    assert "2 violations, 0 unproven, 1 compliant, 1 suppressed" in text
    assert "Ignore comments: 1 in use, 1 unused; 1 finding is excused." in text
    assert f"unused: main.tf:5, for {EEA}" in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "in use: main.tf:4, for health-data-under-eu-control, until 2027-01-31: moves in January. "
            "It excuses aws_s3_bucket.b",
        ),
        (
            "fr",
            "en usage : main.tf:4, pour health-data-under-eu-control, jusqu'au 31 janvier 2027 : moves in January. "
            "Elle écarte aws_s3_bucket.b",
        ),
    ],
)
def test_a_full_text_says_what_each_exception_in_use_excuses(
    tmp_path: Path, language: str, sentence: str
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "main.tf").write_text(
        'provider "aws" {\n  region = "eu-west-3"\n}\n'
        '# sovlint: ignore[health-data-under-eu-control] until=2027-01-31 reason="moves in January"\n'
        'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "health" }\n}\n',
        "utf-8",
    )
    asked = ["scan", str(tmp_path), "--as-of", "2026-11-24", "--lang", language]
    full = " ".join(CliRunner().invoke(main, [*asked, "--full"]).stdout.split())
    assert sentence in full.replace("\u00a0", " ").replace("\u202f", " ")
    assert sentence not in " ".join(CliRunner().invoke(main, asked).stdout.split())

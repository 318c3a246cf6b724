"""``sovlint label``: what it shows and writes, whom it reaches, and what it leaves alone."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from sovlint.commands.parts import editing, guesses
from sovlint.errors import SovlintError
from sovlint.installation import bringing

AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
BUCKET = AWS + 'resource "aws_s3_bucket" "store" {\n  bucket = "x" # why\n}\n'
MODULE = 'variable "tags" {\n  default = {}\n}\nresource "aws_s3_bucket" "x" {\n  tags = var.tags\n}\n'
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web # why\nspec: {containers: [{name: a, image: a}]}\n"

Tree = Callable[[dict[str, str]], Path]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Makes a git repository of some files, and goes there."""

    def make(files: dict[str, str]) -> Path:
        root = tmp_path / "r"
        root.mkdir()
        subprocess.run(["git", "init", "-q", str(root)], check=True)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(text.encode())
        monkeypatch.chdir(root)
        return root

    return make


def label(*arguments: str, typed: str | None = None, lang: str = "en") -> Result:
    return CliRunner().invoke(
        main, ["label", "--lang", lang, *arguments], input=typed, prog_name="sovlint"
    )


def classes(address: str) -> list[tuple[str, str]]:
    """The classes that a scan finds, with how they got there."""
    facts: dict[str, Any] = json.loads(
        CliRunner().invoke(main, ["facts", "--format", "json"]).stdout
    )
    found = next(each for each in facts["resources"] if each["address"] == address)
    return [(claim["class"], claim["how"]) for claim in found["data"] or ()]


def test_the_diff_is_shown_and_nothing_is_written(tree: Tree) -> None:
    root = tree({"main.tf": BUCKET})
    result = label("aws_s3_bucket.store", "health")
    assert (result.exit_code, result.stderr) == (
        0,
        "Nothing is written. --write writes it.\n",
    )
    assert result.stdout == (
        "--- a/main.tf\n+++ b/main.tf\n@@ -3,4 +3,7 @@\n }\n"
        ' resource "aws_s3_bucket" "store" {\n   bucket = "x" # why\n'
        '+  tags = {\n+    data_class = "health"\n+  }\n }\n'
    )
    assert (root / "main.tf").read_text() == BUCKET


def test_writing_makes_it_declared_and_keeps_the_permissions(tree: Tree) -> None:
    root = tree({"main.tf": BUCKET})
    (root / "main.tf").chmod(0o640)
    result = label("aws_s3_bucket.store", "health", "iban", "--write")
    assert (result.exit_code, result.stderr) == (0, "main.tf is written.\n")
    assert (
        '  tags = {\n    data_class = "health__iban"\n  }\n' in (root / "main.tf").read_text()
    )
    assert stat.S_IMODE((root / "main.tf").stat().st_mode) == 0o640
    assert sorted(each.name for each in root.iterdir()) == [".git", "main.tf"]
    assert classes("aws_s3_bucket.store") == [("health", "declared"), ("iban", "declared")]
    again = label("aws_s3_bucket.store", "iban", "--write")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "declares that already" in again.stderr


def test_the_diff_can_be_applied(tree: Tree) -> None:
    root = tree({"main.tf": BUCKET.rstrip("\n")})
    shown = label("aws_s3_bucket.store", "health").stdout
    subprocess.run(["git", "apply", "-"], input=shown.encode(), check=True, cwd=root)
    assert classes("aws_s3_bucket.store") == [("health", "declared")]


@pytest.mark.parametrize(
    ("files", "address"),
    [
        ({"compose.yaml": "services:\n  db: {image: postgres}\n"}, "compose:db"),
        ({".env": "SENTRY_DSN=https://a@o1.ingest.sentry.io/1\n"}, "config:.env#SENTRY_DSN"),
    ],
)
def test_files_that_take_no_class_are_refused_for_that(
    tree: Tree, files: dict[str, str], address: str
) -> None:
    tree(files)
    result = label(address, "health")
    assert result.exit_code == 2
    assert "isn't labelled: no class is written into files of this kind." in result.stderr
    below = "below `data:` and `addresses:` in sovlint.yaml:"
    assert f'{below} "{address}": [health]' in result.stderr


def test_what_is_no_longer_declared_is_said(tree: Tree) -> None:
    tree(
        {
            "main.tf": BUCKET.replace(
                "bucket = ", 'tags = { data_class = "iban" }\n  bucket = '
            )
        }
    )
    result = label("aws_s3_bucket.store", "health", "--write")
    assert result.stderr == "No longer declared there: iban\nmain.tf is written.\n"
    assert classes("aws_s3_bucket.store") == [("health", "declared")]


def test_all_instances_get_it(tree: Tree) -> None:
    tree(
        {
            "main.tf": AWS
            + 'resource "aws_s3_bucket" "b" {\n  for_each = toset(["x", "y"])\n}\n'
        }
    )
    result = label('aws_s3_bucket.b["x"]', "health", "--write")
    assert result.exit_code == 0
    assert (
        'Made from the same block, these get the class too: aws_s3_bucket.b["y"]\n'
        in result.stderr
    )
    assert classes('aws_s3_bucket.b["y"]') == [("health", "declared")]


def test_an_address_without_a_key_is_all_instances(tree: Tree) -> None:
    tree({"main.tf": AWS + 'resource "aws_s3_bucket" "b" {\n  count = 2\n}\n'})
    assert label("aws_s3_bucket.b", "health", "--write").stderr == "main.tf is written.\n"
    assert classes("aws_s3_bucket.b[1]") == [("health", "declared")]


CALLS = AWS + 'module "a" {\n  source = "./m"\n}\nmodule "b" {\n  source = "./m"\n}\n'


def test_a_block_that_several_calls_share(tree: Tree) -> None:
    root = tree({"main.tf": CALLS, "m/main.tf": MODULE})
    refused = label("module.a.aws_s3_bucket.x", "health", "--write")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert (
        "The class would reach more than module.a.aws_s3_bucket.x: module.b.aws_s3_bucket.x."
        in refused.stderr
    )
    assert (root / "m/main.tf").read_text() == MODULE
    allowed = label("module.a.aws_s3_bucket.x", "health", "--write", "--shared")
    assert (allowed.exit_code, "module.b.aws_s3_bucket.x" in allowed.stderr) == (0, True)
    assert classes("module.b.aws_s3_bucket.x") == [("health", "declared")]


def test_a_call_that_sets_the_tags_gets_it_itself(tree: Tree) -> None:
    root = tree({"main.tf": CALLS.replace('/m"', '/m"\n  tags = {}'), "m/main.tf": MODULE})
    assert (
        label("module.b.aws_s3_bucket.x", "health", "--write").stderr
        == "main.tf is written.\n"
    )
    assert (root / "m/main.tf").read_text() == MODULE
    assert classes("module.b.aws_s3_bucket.x") == [("health", "declared")]
    assert classes("module.a.aws_s3_bucket.x") == []


def test_a_module_that_is_called_once_is_edited_in_its_folder(tree: Tree) -> None:
    root = tree({"main.tf": AWS + 'module "a" {\n  source = "./m"\n}\n', "m/main.tf": MODULE})
    assert label("module.a.aws_s3_bucket.x", "health", "--write").exit_code == 0
    assert (
        'tags = merge(var.tags, { data_class = "health" })'
        in (root / "m/main.tf").read_text()
    )


def test_a_module_that_is_not_there(tree: Tree) -> None:
    tree(
        {
            "main.tf": AWS
            + 'module "a" {\n  source = "x/y/aws"\n  tags   = {}\n}\nmodule "b" {\n  source = "x/y/aws"\n}\n'
        }
    )
    assert label("module.a", "health", "--write").exit_code == 0
    assert classes("module.a") == [("health", "declared")]
    assert "nothing says that this type takes tags" in label("module.b", "health").stderr


def test_a_type_without_tags_names_what_to_do_instead(tree: Tree) -> None:
    tree(
        {
            "main.tf": AWS
            + 'resource "aws_s3_object" "o" {}\nresource "aws_iam_role_policy" "p" {}\n'
        }
    )
    assert label("aws_s3_object.o", "health").exit_code == 0
    result = label("aws_iam_role_policy.p", "health")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "aws_iam_role_policy.p (main.tf:5, aws_iam_role_policy) isn't labelled: nothing says"
        in result.stderr
    )
    line = '"aws_iam_role_policy.p": [health]'
    assert line in result.stderr
    Path("sovlint.yaml").write_text(f"data:\n  addresses:\n    {line}\n")
    assert classes("aws_iam_role_policy.p") == [("health", "declared")]


def test_keys_of_the_house_are_written(tree: Tree) -> None:
    root = tree({"main.tf": BUCKET, "sovlint.yaml": "data:\n  tags: [our-data]\n"})
    assert label("aws_s3_bucket.store", "health", "--write").exit_code == 0
    assert 'our-data = "health"' in (root / "main.tf").read_text()


@pytest.mark.parametrize(
    ("front_end", "address", "text", "written"),
    [
        ("pod.yaml", "k8s:-/Pod/web", POD, "  name: web # why\n  labels:\n    sovlint.dev/data: health\n"),
        (
            "saas.yaml",
            "saas:desk",
            "version: 1\nservices:\n  - id: desk # why\n    vendor: zendesk\n",
            "    vendor: zendesk\n    data: [health]\n",
        ),
    ],
)  # fmt: skip
def test_yaml(tree: Tree, front_end: str, address: str, text: str, written: str) -> None:
    root = tree({front_end: text})
    assert label(address, "health", "--write").exit_code == 0
    after = (root / front_end).read_text()
    assert written in after
    assert "# why\n" in after
    assert classes(address) == [("health", "declared")]


def test_a_template_that_declares_is_the_one_that_is_changed(tree: Tree) -> None:
    text = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n"
        "      annotations: {sovlint.dev/data: iban}\n    spec: {containers: [{name: a, image: a}]}\n"
    )
    root = tree({"web.yaml": text})
    assert label("k8s:-/Deployment/web", "health", "--write").exit_code == 0
    assert (root / "web.yaml").read_text() == text.replace("iban", "health")


OVERRIDE = 'resource "aws_s3_bucket" "store" {\n  tags = { data_class = "nir" }\n}\n'
STORE, POD_A = ("aws_s3_bucket.store", "health"), ("k8s:-/Pod/a", "health")


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        ({"main.tf": BUCKET}, ("aws_s3_bucket.stor", "health"), "hint: Did you mean `aws_s3_bucket.store`?"),
        ({"main.tf": BUCKET}, ("aws_s3_bucket.store", "helth"), "hint: Did you mean `health`?"),
        ({"main.tf": BUCKET}, ("aws_s3_bucket.store",), "Name at least one data class."),
        ({"main.tf": BUCKET}, (), "Give an address and at least one class, or --inferred."),
        ({"main.tf": BUCKET}, ("x", "health", "--inferred"), "Give an address and at least one class, or --inferred."),
        ({"a/m.tf": BUCKET, "b/m.tf": BUCKET}, STORE, "a/m.tf:4 (root a), b/m.tf:4 (root b)"),
        ({"m.tf.json": '{"resource": {"aws_s3_bucket": {"store": {}}}}'}, STORE, "written in JSON"),
        ({"p.json": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}'}, POD_A, "in JSON"),
        (
            {"main.tf": BUCKET, "override.tf": OVERRIDE},
            STORE,
            "wouldn't find the class declared",
        ),
        (
            {"main.tf": BUCKET.replace("bucket = ", "tags = { data_class = var.x }\n  bucket = ")},
            ("aws_s3_bucket.store", "health"),
            "the tag `data_class` is there, and its value is an expression",
        ),
    ],
)  # fmt: skip
def test_what_it_refuses(
    tree: Tree, files: dict[str, str], arguments: tuple[str, ...], said: str
) -> None:
    root = tree(files)
    result = label(*arguments, "--write")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    for name, text in files.items():
        assert (root / name).read_text() == text


@pytest.mark.parametrize("choice", [("--root", "a"), ("--path", "a/m.tf"), ("--path", "a")])
def test_one_of_several_places(tree: Tree, choice: tuple[str, str]) -> None:
    root = tree({"a/m.tf": BUCKET, "b/m.tf": BUCKET})
    assert label("aws_s3_bucket.store", "health", "--write", *choice).exit_code == 0
    assert ("data_class" in (root / "a/m.tf").read_text(), (root / "b/m.tf").read_text()) == (
        True,
        BUCKET,
    )


def test_nothing_to_scan_is_3(tree: Tree) -> None:
    tree({"README.md": "x"})
    assert label("a.b", "health").exit_code == 3


PARTS = """backend:
  ~chart: app
  vars: {POSTGRES_HOST: $(PGHOST)}
cache: {~chart: redis}
pg:
  ~chart: pg
  cnpg-cluster:
    persistence: {size: 1Gi}
jobs:
  runs:
    import: {image: example/import}
"""


class TestKontinuous:
    """Parts whose charts ship with Kontinuous: the values hold their labels."""

    @pytest.fixture
    def project(self, tree: Tree) -> Path:
        own = "backend:\n  vars: {A: b}\n"
        prod = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: prod}}\n"
        return tree(
            {
                ".kontinuous/values.yaml": PARTS,
                ".kontinuous/env/dev/values.yaml": own,
                ".kontinuous/env/preprod/values.yaml": own,
                ".kontinuous/env/prod/templates/a.yaml": prod,
            }
        )

    @pytest.mark.parametrize(
        ("address", "added"),
        [
            ("Deployment/backend", "+  labels:\n+    sovlint.dev/data: health\n"),
            (
                "Cluster.postgresql.cnpg.io/pg",
                "+    clusterExtraLabels:\n+      sovlint.dev/data: health\n",
            ),
            ("Deployment/cache", "+cache: {~chart: redis, labels: {sovlint.dev/data: health}}\n"),
            ("Job/import", "+    import: {image: example/import, labels: {sovlint.dev/data: health}}\n"),
        ],
    )  # fmt: skip
    def test_the_label_goes_into_the_values_for_all_environments(
        self, project: Path, address: str, added: str
    ) -> None:
        result = label(f"k8s:-/{address}", "health", "--write")
        assert result.exit_code == 0, result.output
        assert added in result.stdout
        assert f"get the class too: .kontinuous: k8s:prod/{address}" in result.stderr
        assert classes(f"k8s:prod/{address}") == [("health", "declared")]
        again = label(f"k8s:-/{address}", "claims", "--write")
        assert again.exit_code == 0, again.output
        assert classes(f"k8s:prod/{address}") == [("claims", "declared")]

    def test_what_takes_no_label_is_refused(self, project: Path) -> None:
        dev = ".kontinuous/env/dev"
        result = label("k8s:-/Service/backend", "health", "--path", dev)
        assert result.exit_code == 2
        assert "below `data:` and `addresses:` in sovlint.yaml" in result.stderr


class TestLinks:
    def test_a_link_within_the_repository_is_followed_and_stays(self, tree: Tree) -> None:
        root = tree({"shared/main.tf.txt": BUCKET})
        (root / "main.tf").symlink_to("shared/main.tf.txt")
        assert (
            label("aws_s3_bucket.store", "health", "--write").stderr
            == "shared/main.tf.txt is written.\n"
        )
        assert (root / "main.tf").is_symlink()
        assert "data_class" in (root / "shared/main.tf.txt").read_text()

    def test_a_file_that_stands_at_two_places_reaches_both(self, tree: Tree) -> None:
        root = tree({"a/main.tf": BUCKET, "b/own.tf": AWS})
        (root / "b/own.tf").unlink()
        (root / "b/main.tf").symlink_to("../a/main.tf")
        result = label("aws_s3_bucket.store", "health", "--write", "--root", "a")
        assert (result.exit_code, "b: aws_s3_bucket.store" in result.stderr) == (2, True)
        assert (root / "a/main.tf").read_text() == BUCKET

    def test_a_link_out_of_it_is_not_read_at_all(self, tree: Tree, tmp_path: Path) -> None:
        root = tree({"other.tf": AWS})
        (tmp_path / "out.tf").write_text(BUCKET)
        (root / "main.tf").symlink_to(tmp_path / "out.tf")
        assert label("aws_s3_bucket.store", "health", "--write").exit_code == 2
        assert (tmp_path / "out.tf").read_text() == BUCKET


class TestSaving:
    def test_a_file_that_changed_meanwhile_is_left(self, tmp_path: Path) -> None:
        file = tmp_path / "main.tf"
        file.write_bytes(b"new")
        with pytest.raises(SovlintError, match="has changed meanwhile"):
            editing.save(file, b"old", b"edited")
        assert file.read_bytes() == b"new"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_can_not_be_written(self, tree: Tree) -> None:
        root = tree({"main.tf": BUCKET})
        root.chmod(0o555)
        try:
            assert label("aws_s3_bucket.store", "health", "--write").exit_code == 2
        finally:
            root.chmod(0o755)


PATIENTS = AWS + "".join(
    f'resource "aws_s3_bucket" "{name}" {{\n  bucket = "x"\n}}\n'
    for name in ("patients", "iban_export", "logs")
)


class TestInferred:
    def test_without_a_terminal_they_are_listed_with_their_commands(self, tree: Tree) -> None:
        root = tree({"main.tf": PATIENTS})
        result = label("--inferred", "--write")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == (
            "aws_s3_bucket.patients (main.tf:4): health? Only names suggest it: patients\n"
            "  If so: sovlint label aws_s3_bucket.patients health --write\n\n"
            "aws_s3_bucket.iban_export (main.tf:7): iban? Only names suggest it: iban_export\n"
            "  If so: sovlint label aws_s3_bucket.iban_export iban --write\n"
        )
        assert (root / "main.tf").read_text() == PATIENTS

    def test_the_commands_that_are_listed_do_it(self, tree: Tree) -> None:
        tree({"a/m.tf": PATIENTS, "b/m.tf": PATIENTS})
        lines = label("--inferred").stdout.splitlines()
        commands = [
            line.partition("sovlint label ")[2].split()
            for line in lines
            if "sovlint label" in line
        ]
        assert len(commands) == 4
        for command in commands:
            assert label(*command).exit_code == 0
        assert label("--inferred").stderr == "Nothing here is only inferred.\n"

    @pytest.fixture
    def terminal(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        def types(keys: str) -> None:
            left = iter(keys)
            monkeypatch.setattr(guesses, "at_terminal", lambda: True)
            monkeypatch.setattr(click, "getchar", lambda: next(left))

        return types

    @pytest.mark.parametrize(("lang", "keys"), [("en", "xya"), ("fr", "yoa")])
    def test_one_key_each(
        self, tree: Tree, terminal: Callable[[str], None], lang: str, keys: str
    ) -> None:
        tree({"main.tf": PATIENTS})
        terminal(keys)
        assert label("--inferred", "--write", lang=lang).exit_code == 0
        assert classes("aws_s3_bucket.patients") == [("health", "declared")]
        assert classes("aws_s3_bucket.iban_export") == [("anonymous", "declared")]

    def test_another_class(self, tree: Tree, terminal: Callable[[str], None]) -> None:
        tree({"main.tf": PATIENTS})
        terminal("oq")
        assert label("--inferred", "--write", typed="nonsense\ncontact, nir\n").exit_code == 0
        assert classes("aws_s3_bucket.patients")[:2] == [
            ("contact", "declared"),
            ("health", "inferred"),
        ]
        assert classes("aws_s3_bucket.iban_export") == [("iban", "inferred")]

    @pytest.mark.parametrize(
        ("keys", "written"), [("ysn", False), ("ysy", True), ("sq", False)]
    )
    def test_without_write_it_asks_at_the_end(
        self, tree: Tree, terminal: Callable[[str], None], keys: str, written: bool
    ) -> None:
        root = tree({"main.tf": PATIENTS})
        terminal(keys)
        assert label("--inferred").exit_code == 0
        assert ((root / "main.tf").read_text() != PATIENTS) is written

    def test_what_can_not_be_written_is_said_and_the_rest_goes_on(
        self, tree: Tree, terminal: Callable[[str], None]
    ) -> None:
        text = (
            AWS
            + 'module "patients" {\n  source = "x/y/aws"\n}\n'
            + PATIENTS.partition("}\n")[2]
        )
        tree({"main.tf": text})
        terminal("yyq")
        result = label("--inferred", "--write")
        assert (result.exit_code, "below `data:` and `addresses:`" in result.stderr) == (
            0,
            True,
        )
        assert classes("aws_s3_bucket.patients") == [("health", "declared")]

    def test_what_no_command_can_write_is_listed_with_what_can(self, tree: Tree) -> None:
        module = 'module "patients" {\n  source = "x/y/aws"\n}\n'
        tree({"main.tf": AWS + module + 'resource "aws_s3_bucket" "patients" {}\n'})
        listed = label("--inferred").stdout
        assert (
            "below `data:` and `addresses:`" in listed.partition("aws_s3_bucket.patients")[0]
        )
        assert listed.count("sovlint label") == 1

    def test_what_flows_in_is_asked_at_its_source(self, tree: Tree) -> None:
        copy = 'resource "aws_db_instance" "copy" {\n  replicate_source_db = aws_db_instance.patients.arn\n}\n'
        tree({"main.tf": AWS + 'resource "aws_db_instance" "patients" {}\n' + copy})
        assert classes("aws_db_instance.copy") == [("health", "inferred")]
        assert label("--inferred").stdout.count("Only names suggest it: patients") == 1

    def test_what_is_declared_already_is_kept(
        self, tree: Tree, terminal: Callable[[str], None]
    ) -> None:
        tree(
            {
                "main.tf": PATIENTS.replace(
                    '"x"', '"x"\n  tags = { data_class = "contact" }', 1
                )
            }
        )
        terminal("yq")
        label("--inferred", "--write")
        assert classes("aws_s3_bucket.patients") == [
            ("contact", "declared"),
            ("health", "declared"),
        ]


def test_no_secret_and_no_command_is_shown(tree: Tree) -> None:
    tree({"main.tf": BUCKET.replace("# why", '# \x1b[31m ##[error]\n  password = "hunter2"')})
    shown = label("aws_s3_bucket.store", "health").output
    assert "+  tags = {" in shown
    assert not any(each in shown for each in ("hunter2", "\x1b", "##["))


def test_an_address_at_two_places_is_each_its_own(tree: Tree) -> None:
    root = tree({"a.yaml": f"{POD}---\n{POD}", "b.yaml": POD})
    assert (
        label("k8s:-/Pod/web", "health", "--path", "b.yaml", "--write").stderr
        == "b.yaml is written.\n"
    )
    assert (root / "a.yaml").read_text() == f"{POD}---\n{POD}"
    assert (
        "a.yaml:1 (root .), a.yaml:7 (root .)"
        in label("k8s:-/Pod/web", "iban", "--path", "a.yaml").stderr
    )


def test_guesses_at_an_address_that_stands_twice_are_asked_one_by_one(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    patients = POD.replace("web", "patients")
    root = tree({"a.yaml": patients, "b.yaml": patients})
    left = iter("sy")
    monkeypatch.setattr(guesses, "at_terminal", lambda: True)
    monkeypatch.setattr(click, "getchar", lambda: next(left))
    assert label("--inferred", "--write").exit_code == 0
    assert ((root / "a.yaml").read_text(), "health" in (root / "b.yaml").read_text()) == (
        patients,
        True,
    )


def test_downloaded_code_is_not_edited(tree: Tree) -> None:
    root = tree({"main.tf": AWS, ".terraform/modules/x/main.tf": BUCKET})
    (root / "link.tf").symlink_to(".terraform/modules/x/main.tf")
    result = label("aws_s3_bucket.store", "health", "--write")
    assert (result.exit_code, "downloaded" in result.stderr) == (2, True)


def test_a_variant_is_told_apart_and_the_others_are_named(tree: Tree) -> None:
    text = (
        AWS
        + 'variable "names" {}\nresource "aws_s3_bucket" "b" {\n  for_each = toset(var.names)\n}\n'
    )
    config = 'terraform: {roots: [{path: ".", variants: ["*.tfvars"]}]}\n'
    files = {"a.tfvars": 'names = ["x"]\n', "b.tfvars": 'names = ["x", "y"]\n'}
    tree({"main.tf": text, "sovlint.yaml": config, **files})
    result = label('aws_s3_bucket.b["x"]', "health", "--variant", "a.tfvars", "--write")
    assert result.exit_code == 0
    assert (
        'these get the class too: aws_s3_bucket.b["x"], aws_s3_bucket.b["y"]' in result.stderr
    )


@pytest.mark.parametrize(
    ("provider", "block", "written"),
    [
        (
            "scaleway", 'resource "scaleway_rdb_instance" "b" {\n  tags = ["x"]\n}\n',
            '  tags = ["x", "data_class=health"]\n',
        ),
        ("scaleway", 'resource "scaleway_object_bucket" "b" {}\n', '  tags = {\n    data_class = "health"\n  }\n'),
        (
            "outscale", 'resource "outscale_volume" "b" {\n  size = 1\n}\n',
            '  tags {\n    key   = "data_class"\n    value = "health"\n  }\n',
        ),
        (
            "google", 'resource "google_sql_database_instance" "b" {\n  settings {\n    tier = "x"\n  }\n}\n',
            '    tier = "x"\n    user_labels = {\n      data_class = "health"\n    }\n',
        ),
        ("google", 'resource "google_storage_bucket" "b" {}\n', '  labels = {\n    data_class = "health"\n  }\n'),
        ("oci", 'resource "oci_objectstorage_bucket" "b" {}\n', '  freeform_tags = {\n    data_class = "health"\n'),
        (
            "aws", 'resource "aws_autoscaling_group" "b" {\n  name = "x"\n}\n',
            '    value               = "health"\n    propagate_at_launch = true\n',
        ),
        (
            "kubernetes", 'resource "kubernetes_pod" "b" {\n  metadata {\n    name = "x"\n  }\n}\n',
            '    name = "x"\n    labels = {\n      data_class = "health"\n    }\n',
        ),
    ],
)  # fmt: skip
def test_the_form_that_a_type_takes(
    tree: Tree, provider: str, block: str, written: str
) -> None:
    root = tree({"main.tf": block, "providers.tf": f'provider "{provider}" {{}}\n'})
    address = ".".join(block.split('"')[1:4:2])
    assert label(address, "health", "--write").exit_code == 0
    assert written in (root / "main.tf").read_text()
    assert classes(address) == [("health", "declared")]


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Labels in Terraform need"), ("fr", "Faites : ")]
)
def test_without_its_library_terraform_is_left_alone(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    """A manifest needs no library but those of a scan, and that of YAML."""
    root = tree({"main.tf": BUCKET, "pod.yaml": POD})
    monkeypatch.setitem(sys.modules, "hcl2", None)
    refused = label("aws_s3_bucket.store", "health", "--write", lang=lang)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert bringing("edit") in refused.stderr
    assert (root / "main.tf").read_text(encoding="utf-8") == BUCKET
    assert label("k8s:-/Pod/web", "health", "--write").exit_code == 0

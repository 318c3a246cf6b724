"""What is kept of a reading makes a run faster, and never other: it says what a run says that reads everything."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sovlint.cache import folder as folders
from sovlint.cache.answered import AnsweredAttributes
from sovlint.model.resources import resource as resources
from sovlint.model.text import Note
from tests.cache.house import Reads, cache, said, same
from tests.exceptions.house import PROVIDER, bucket, repository

__all__ = ["cache"]
MODULE = 'variable "class" { type = string }\n' + bucket("m").replace('"health"', "var.class")
CALL = 'module "m" {\n  source = "../../modules/m"\n  class  = %s\n}\n'
COMPOSE = "services:\n  app:\n    image: nginx\n    environment:\n      API_URL: https://api.example.fr\n"
DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {%s}\n"
BACKEND = 'terraform {\n  backend "local" { path = "one.tfstate" }\n}\n'
STATE = """\
data "terraform_remote_state" "one" {
  backend = "local"
  config  = { path = "${path.module}/../one/one.tfstate" }
}
"""
FROM_FILE = 'trimspace(file("${path.module}/class.txt"))'
SECRET = "correct-horse-battery-staple-4711"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Two roots that call a module, one that reads a file, manifests, services and settings."""
    return repository(
        tmp_path / "repo",
        {
            "modules/m/main.tf": MODULE,
            "roots/a/main.tf": PROVIDER + CALL % '"health"',
            "roots/b/main.tf": PROVIDER
            + CALL % 'yamldecode(file("${path.module}/b.yaml")).class',
            "roots/b/b.yaml": "class: health\n",
            "k8s/app.yaml": DEPLOYMENT % "name: d, labels: {sovlint.dev/data: health}",
            "compose.yml": COMPOSE,
            ".env": f"DATABASE_URL=postgres://app:{SECRET}@db.eu-west-3.rds.amazonaws.com/app\n",
            "README.md": "hello\n",
            "sovlint.yaml": "data: {paths: {'compose.yml': [health], '.env': [health]}}\n",
        },
    )


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """Which front ends read."""
    return Reads(monkeypatch)


def test_nothing_is_read_twice(repo: Path, cache: Path, reads: Reads) -> None:
    first = said(repo, "--format", "json")
    assert "terraform" in reads.taken()
    assert said(repo, "--format", "json") == first
    assert reads.taken() == []
    assert same(repo) == first


@pytest.mark.parametrize(
    ("path", "text", "again"),
    [
        ("README.md", "other\n", []),
        ("src/new.md", "a file more\n", None),
        ("roots/a/main.tf", PROVIDER.replace("eu-west-3", "us-east-1") + CALL % '"health"', ["terraform"]),
        ("roots/b/b.yaml", "class: contact\n", ["terraform"]),
        ("k8s/app.yaml", DEPLOYMENT % "name: d", ["kubernetes"]),
        ("compose.yml", COMPOSE.replace("example.fr", "openai.com"), ["compose"]),
    ],
)  # fmt: skip
def test_only_what_a_change_reaches_is_read(
    repo: Path, cache: Path, reads: Reads, path: str, text: str, again: list[str] | None
) -> None:
    said(repo)
    reads.taken()
    (repo / path).parent.mkdir(exist_ok=True)
    (repo / path).write_text(text)
    warm = said(repo, "--format", "json")
    read = reads.taken()
    assert read if again is None else {*again} <= {*read} <= {*again, "configuration"}
    assert said(repo, "--format", "json", "--no-cache") == warm
    same("--affected", repo / path)


def test_what_was_looked_for_and_is_there_now_counts(repo: Path, cache: Path) -> None:
    (repo / "roots/a/main.tf").write_text(
        PROVIDER + CALL % 'fileexists("${path.module}/here") ? "health" : "contact"'
    )
    before = same(repo)
    (repo / "roots/a/here").write_text("")
    assert same(repo) != before
    (repo / "roots/a/here").unlink()
    assert same(repo) == before


def test_a_file_that_comes_goes_or_is_ignored_counts(repo: Path, cache: Path) -> None:
    before = same(repo)
    shutil.copytree(repo / "roots/a", repo / "roots/c")
    assert same(repo) != before
    (repo / ".gitignore").write_text("roots/c/\n")
    without = same(repo)
    shutil.rmtree(repo / "roots/c")
    (repo / ".gitignore").unlink()
    assert same(repo) == before != without


@pytest.mark.parametrize(
    "options",
    [
        ("--as-of", "2027-03-01"),
        ("--assume", "claims"),
        ("--var", "class=contact"),
        ("--no-config",),
        ("--policy-set", "cloud-au-centre"),
        ("--exclude-local",),
    ],
)
def test_options_count(repo: Path, cache: Path, options: tuple[str, ...]) -> None:
    same(repo)
    same(repo, *options)
    same(repo)


def test_a_part_of_the_repository_is_told_by_the_same_reading(
    repo: Path, cache: Path, reads: Reads
) -> None:
    said(repo)
    reads.taken()
    part = said(repo / "roots/b", "--format", "json")
    assert "terraform" not in reads.taken()
    assert said(repo / "roots/b", "--format", "json", "--no-cache") == part


def test_the_configuration_counts(repo: Path, cache: Path) -> None:
    before = same(repo)
    (repo / "sovlint.yaml").write_text("data: {paths: {'k8s/**': [claims]}}\n")
    assert same(repo) != before


def test_a_root_whose_outputs_another_one_takes(repo: Path, cache: Path) -> None:
    """A change to what the first reads affects the second, whether the first was read now or before."""
    repository(
        repo,
        {
            "roots/one/main.tf": BACKEND
            + PROVIDER
            + f'output "class" {{ value = {FROM_FILE} }}\n'
            + bucket("one").replace('"health"', FROM_FILE),
            "roots/one/class.txt": "health\n",
            "roots/two/main.tf": PROVIDER
            + STATE
            + bucket("two").replace(
                '"health"', "data.terraform_remote_state.one.outputs.class"
            ),
        },
    )
    same(repo)
    before = same("--affected", repo / "roots/one/class.txt")
    assert "aws_s3_bucket.two" in before[1]
    (repo / "roots/one/class.txt").write_text("contact\n")
    same("--affected", repo / "roots/one/class.txt")
    (repo / "roots/two/main.tf").write_text(
        (repo / "roots/two/main.tf").read_text() + "# more\n"
    )
    same("--affected", repo / "roots/one/class.txt")


def test_what_nobody_had_asked_is_read_again(
    repo: Path, cache: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kept reading that lacks an answer is no reading: everything is read as if nothing were kept."""
    first = said(repo, "--format", "json")
    reads.taken()
    made = AnsweredAttributes.__init__
    monkeypatch.setattr(AnsweredAttributes, "__init__", lambda self, _: made(self, {}))
    assert said(repo, "--format", "json") == first
    assert "terraform" in reads.taken()


def test_numbers_of_resources_are_those_of_no_other(repo: Path, cache: Path) -> None:
    said(repo)
    first = next(resources._NUMBERS)
    warm = said(repo, "--format", "json")
    assert next(resources._NUMBERS) > first + 3
    assert said(repo, "--format", "json", "--no-cache") == warm


# --- where it is kept, and what stands there


def test_nothing_that_is_kept_can_be_read_without_the_repository(
    repo: Path, cache: Path
) -> None:
    (repo / "roots/a/secret.tf").write_text(
        f'resource "aws_db_instance" "d" {{\n  password = "{SECRET}"\n  tags = {{ data_class = "health" }}\n}}\n'
    )
    same(repo)
    kept = b"".join(path.read_bytes() for path in cache.iterdir())
    assert len(kept) > 2_000
    for word in (SECRET, SECRET[:12], "aws_db_instance", "rds.amazonaws"):
        assert word.encode() not in kept


@pytest.mark.skipif(os.name == "nt", reason="modes are another thing there")
def test_the_folder_is_its_users_alone(repo: Path, cache: Path) -> None:
    said(repo)
    assert cache.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in cache.iterdir()} == {0o600}


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-len(data) // 3] ^= 4
    path.write_bytes(bytes(data))


def _foreign(path: Path) -> None:
    path.write_bytes(b"\x80\x05cos\nsystem\n(S'false'\ntR.")


def _of_another_version(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"sovlint-reading/1", b"sovlint-reading/0"))


def _of_others(path: Path) -> None:
    path.chmod(0o644)


def _link(path: Path) -> None:
    moved = path.with_name(f"{path.name}.moved")
    path.rename(moved)
    path.symlink_to(moved)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _no_questions(path: Path) -> None:
    path.write_bytes(b'sovlint-reading/1\n{"asked": [], "size": 0, "digest": ""}\n')


@pytest.mark.skipif(os.name == "nt", reason="modes are another thing there")
@pytest.mark.parametrize(
    "spoil",
    [_cut, _flipped, _foreign, _of_another_version, _of_others, _link, _folder, _empty, _no_questions],
)  # fmt: skip
def test_what_is_odd_there_is_a_miss(
    repo: Path, cache: Path, reads: Reads, spoil: object
) -> None:
    first = said(repo, "--format", "json")
    reads.taken()
    assert callable(spoil)
    for path in list(cache.iterdir()):
        spoil(path)
    assert said(repo, "--format", "json") == first
    assert "terraform" in reads.taken()


@pytest.mark.skipif(os.name == "nt", reason="modes are another thing there")
@pytest.mark.parametrize("is_link", [True, False])
def test_a_folder_that_others_may_write_to_is_not_used(
    repo: Path, cache: Path, reads: Reads, tmp_path: Path, is_link: bool
) -> None:
    first = said(repo, "--format", "json")
    if is_link:
        shutil.move(cache, tmp_path / "elsewhere")
        cache.symlink_to(tmp_path / "elsewhere")
    else:
        cache.chmod(0o777)
    reads.taken()
    assert said(repo, "--format", "json") == first
    assert "terraform" in reads.taken()


def test_a_folder_in_the_repository_is_not_used(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOVLINT_CACHE", "yes")
    monkeypatch.setenv("SOVLINT_CACHE_DIR", str(repo / "cache"))
    said(repo)
    assert not (repo / "cache").exists()


@pytest.mark.parametrize(
    ("variables", "option", "kept"),
    [
        ({}, None, True),
        ({"CI": "true"}, None, False),
        ({"TF_BUILD": "True"}, None, False),
        ({"CI": "true"}, "--cache", True),
        ({}, "--no-cache", False),
        ({"SOVLINT_CACHE": "no"}, None, False),
    ],
)
def test_nothing_is_kept_on_the_machine_of_a_ci_server(
    repo: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    option: str | None,
    kept: bool,
) -> None:
    for name in ("CI", "TF_BUILD", "SOVLINT_CACHE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said(repo, *([option] if option else []))
    assert cache.exists() is kept


def test_the_oldest_goes_where_there_is_too_much(
    repo: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(repo)
    kept = sum(path.stat().st_size for path in cache.iterdir())
    old = cache / "old"
    old.write_bytes(b"x" * 1_000)
    os.utime(old, (1, 1))
    monkeypatch.setattr(folders, "MOST_BYTES", kept + 500)
    (repo / "compose.yml").write_text(COMPOSE + "# more\n")
    said(repo)
    assert not old.exists()
    assert sum(path.stat().st_size for path in cache.iterdir()) <= kept + 500


@pytest.mark.skipif(os.name == "nt", reason="modes are another thing there")
def test_a_place_that_cannot_be_written_to_costs_nothing_else(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SOVLINT_CACHE", "yes")
    monkeypatch.setenv("SOVLINT_CACHE_DIR", str(tmp_path / "file"))
    code, text, told = said(repo, "--no-cache")
    assert said(repo) == (code, text.replace(" --no-cache", ""), told)


def test_what_goes_to_a_store_is_read(repo: Path, cache: Path, tmp_path: Path) -> None:
    """A fleet asks more of a reading than a report does."""
    pytest.importorskip("duckdb")
    said(repo)
    store = ("--store", str(tmp_path / "store"), "--repository", "acme/app")
    assert said(repo, *store)[0] == said(repo)[0]


def test_what_one_front_end_found_counts_for_the_next(repo: Path, cache: Path) -> None:
    """That a file begins like a template is found by one front end, and another one reads it."""
    stack = (
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  B:\n    Type: AWS::S3::Bucket\n"
        "    Properties: {Tags: [{Key: data_class, Value: health}]}\n"
    )
    (repo / "infra").mkdir()
    (repo / "infra/thing.yaml").write_text("a: 1\n")
    before = same(repo)
    (repo / "infra/thing.yaml").write_text(stack)
    there = same(repo)
    assert there != before
    (repo / "infra/thing.yaml").write_text(stack.replace("AWS", "x"))
    assert same(repo) != there
    (repo / "infra/thing.yaml").write_text("a: 1\n")
    assert same(repo) == before


@pytest.mark.skipif(os.name == "nt", reason="links are another thing there")
def test_what_a_run_goes_by_may_be_a_link(repo: Path, cache: Path, reads: Reads) -> None:
    """The configuration, and policies; what they lead to counts."""
    (repo / "house").mkdir()
    (repo / "sovlint.yaml").rename(repo / "house/own.yaml")
    (repo / "sovlint.yaml").symlink_to("house/own.yaml")
    before = same(repo)
    reads.taken()
    assert said(repo, "--format", "json") == before
    assert reads.taken() == []
    (repo / "house/own.yaml").write_text("data: {paths: {'k8s/**': [claims]}}\n")
    assert same(repo) != before
    (repo / "policy.yaml").symlink_to("house/none.yaml")
    assert same(repo, "--policy", repo / "policy.yaml")[0] == 2


@pytest.mark.skipif(os.name == "nt", reason="pipes are another thing there")
def test_nothing_is_kept_where_what_a_run_goes_by_is_no_file(
    repo: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sovlint.commands.parts.cached.regular_bytes", lambda _: Note("discover.not-a-file")
    )
    assert same(repo)[0] == 1
    assert not cache.exists()

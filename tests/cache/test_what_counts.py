"""What a kept reading hangs on, each thing by itself: where that alone is another, nothing that was kept is taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from sovlint.cache import pickles, seal
from sovlint.cache.asking import QUESTIONS, ReaderAnswers
from sovlint.cache.by_content import ContentCache
from sovlint.cache.folder import InMemory
from sovlint.cache.readings import ReadingCache
from sovlint.expressions import limits, loops
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile
from tests.cache.house import Reads, Said, cache, said, same
from tests.exceptions.house import PROVIDER, bucket, repository
from tests.policy.house import resource

__all__ = ["cache"]
ANSWERS: dict[str, tuple[Any, Any]] = {
    "paths": (["a"], ["a", "b"]),
    "read": (SourceFile("a", b"1"), SourceFile("a", b"2")),
    "listing": (["x/a"], []),
    "files_in": ([], ["x/a"]),
    "absent": (True, False),
    "unlisted": (["x/"], []),
    "peek": (b"1", b"2"),
    "real": ("x", "y"),
    "wanted": (True, False),
    "named": (False, True),
}
"""By question, what a reader answers to it at first, and then."""


def _reader(**answers: Any) -> Reader:
    """A reader that answers as it is told."""
    told = {name: answers.get(name, first) for name, (first, _) in ANSWERS.items()}
    methods = {
        name: (lambda *_, said=said: said) for name, said in told.items() if name != "paths"
    }
    unasked = dict.fromkeys(("elsewhere", "offered_by", "mount"), None)
    return SimpleNamespace(paths=told["paths"], **methods, **unasked)  # type: ignore[return-value]


def _ask(name: str) -> Callable[[Reader], str]:
    """Something that is made of one answer alone."""

    def read(reader: Reader) -> str:
        answer = reader.paths if name == "paths" else getattr(reader, name)("x")
        return repr(answer.data if isinstance(answer, SourceFile) else answer)

    return read


def test_every_question_of_a_reader_is_tried_here() -> None:
    assert {*ANSWERS} == {*QUESTIONS, "peek"}


@pytest.mark.parametrize("name", ANSWERS)
def test_another_answer_is_another_reading(name: str) -> None:
    kept = InMemory()
    read, (first, then) = _ask(name), ANSWERS[name]
    for answer in (first, then):
        made = ReadingCache(kept, "")
        assert made.reading("r", _reader(**{name: answer}), read) == read(
            _reader(**{name: answer})
        )
        assert not made.took
        made.save()
    again = ReadingCache(kept, "")
    assert again.reading("r", _reader(**{name: then}), read) == read(_reader(**{name: then}))
    assert again.took


@pytest.mark.parametrize("name", ["read", "files_in", "absent", "peek"])
def test_an_answer_that_changes_meanwhile_keeps_nothing(name: str) -> None:
    """Of what is looked up each time: what was read is of no one state of the files."""
    kept = InMemory()
    made = ReadingCache(kept, "")
    first, then = (_reader(**{name: answer}) for answer in ANSWERS[name])
    made.answers(first)
    made.reading("r", first, _ask(name))
    made.reading("s", then, _ask(name))
    made.save()
    assert not kept


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: data[:-1],
        lambda data: data + b"1",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    ],
)
def test_what_is_sealed_opens_whole_or_not_at_all(spoilt: Callable[[bytes], bytes]) -> None:
    sealed, answers = seal.sealed(b"content", {}), ReaderAnswers(_reader())
    opened = seal.opened(sealed, answers)
    assert opened is not None
    assert opened.content == b"content"
    assert seal.opened(spoilt(sealed), answers) is None


@pytest.mark.parametrize("spoilt", [-1, 0])
def test_what_is_made_of_a_text_is_that_or_nothing(spoilt: int) -> None:
    kept = InMemory()
    made = ContentCache(kept, "trees", anew=False)
    made.put(b"text", lambda: b"a tree")
    made.save()
    assert ContentCache(kept, "trees", anew=False).get(b"text") == b"a tree"
    assert ContentCache(kept, "trees", anew=False).get(b"text of another") is None
    ((name, data),) = msgspec.msgpack.decode(kept["trees"], type=dict[str, bytes]).items()
    other = bytearray(data)
    other[spoilt] ^= 1
    kept["trees"] = msgspec.msgpack.encode({name: bytes(other)})
    assert ContentCache(kept, "trees", anew=False).get(b"text") is None


def test_two_that_had_one_number_have_one_again() -> None:
    """A resource stands in a reading more than once, with more known of it: it stays one, and none of this run's."""
    one = resource()
    data = pickles.dumped((one, replace(one, type="t"), resource("t.o")))
    assert data is not None
    loaded = pickles.loaded(data)
    assert loaded is not None
    first, second, other = loaded
    assert first.number == second.number != other.number
    assert first.number > one.number


# --- roots of Terraform


ROOTS = ("a", "b", "c")
_SECRET = (
    "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {sovlint.dev/data: health}}\n"
    "stringData: {API_URL: https://api.openai.com}\n"
)
_PIPELINE = "deploy:\n  variables: {TF_VAR_region: %s}\n  script: [cd a, terraform apply]\n"


def _costly(turns: int) -> str:
    """A region for which so many turns of a loop are made."""
    return (
        f"locals {{ long = length([for i in range({turns}) : i * 2]) }}\n"
        'provider "aws" { region = local.long > 9 ? "eu-west-3" : "us-east-1" }\n'
    )


def _open(run: Said) -> set[str]:
    """The roots of which a run can't say where they are."""
    findings = json.loads(run[1])["findings"]
    return {each["address"][-1] for each in findings if each["verdict"] == "unproven"}


def test_a_whole_hangs_on_what_its_parts_hang_on(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a part that was taken too; but for what only a part asks, which nobody could answer before modules are read."""
    from_file = bucket("b").replace('"health"', 'trimspace(file("${path.module}/class"))')
    repo = repository(
        tmp_path / "repo",
        {
            "a/main.tf": PROVIDER + bucket("a"),
            "b/main.tf": PROVIDER + from_file,
            "b/class": "health\n",
        },
    )
    reads = Reads(monkeypatch)
    said(repo)
    (repo / "a/main.tf").write_text(PROVIDER + bucket("other"))
    said(repo)
    assert "terraform" in reads.taken()
    before = said(repo, "--format", "json")
    assert reads.taken() == []
    (repo / "b/class").write_text("contact\n")
    assert same(repo) != before


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a/terraform.tfvars", 'region = "eu-west-3"\n', 'region = "us-east-1"\n'),
        ("a/vars/prod.tfvars", 'region = "eu-west-3"\n', 'region = "us-east-1"\n'),
        (".gitlab-ci.yml", _PIPELINE % "eu-west-3", _PIPELINE % "us-east-1"),
        ("charts/app/Chart.yaml", "", "apiVersion: v2\nname: app\nversion: 1.0.0\n"),
    ],
)  # fmt: skip
def test_what_bears_on_a_root_besides_its_modules(
    tmp_path: Path, cache: Path, path: str, before: str, after: str
) -> None:
    """Values, what hands them over, and charts that it installs; another root is as it was."""
    release = 'resource "helm_release" "r" {\n  name = "app"\n  chart = "../charts/app"\n}\n'
    repo = repository(
        tmp_path / "repo",
        {
            "a/main.tf": 'variable "region" { default = "eu-west-3" }\nprovider "aws" { region = var.region }\n'
            + bucket("a")
            + release,
            "b/main.tf": PROVIDER + bucket("b"),
            "charts/app/templates/app.yaml": _SECRET,
            **({path: before} if before else {}),
        },
    )
    first = same(repo)
    (repo / path).write_text(after)
    assert same(repo) != first


def test_a_root_that_was_taken_bears_on_those_that_read_its_state(
    tmp_path: Path, cache: Path
) -> None:
    """All that it read does, whether another root asks for that or not."""
    state = (
        'data "terraform_remote_state" "a" {\n  backend = "local"\n'
        '  config = { path = "${path.module}/../a/a.tfstate" }\n}\n'
    )
    from_a = "data.terraform_remote_state.a.outputs.class"
    repo = repository(
        tmp_path / "repo",
        {
            "a/main.tf": 'terraform {\n  backend "local" { path = "a.tfstate" }\n}\n'
            + PROVIDER
            + 'output "class" { value = "health" }\n'
            + bucket("a").replace('"health"', 'trimspace(file("${path.module}/class.txt"))'),
            "a/class.txt": "health\n",
            "b/main.tf": PROVIDER + state + bucket("b").replace('"health"', from_a),
        },
    )
    changed = ("--affected", repo / "a/class.txt")
    first = same(*changed)
    assert "aws_s3_bucket.b" in first[1]
    (repo / "b/main.tf").write_text((repo / "b/main.tf").read_text() + "# more\n")
    again = same(*changed)
    assert "aws_s3_bucket.b" in again[1]


def test_what_all_roots_may_cost_together_is_counted_as_if_nothing_were_kept(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that cost much are within it. Of three the last is refused, whichever of them were read before."""
    monkeypatch.setattr(limits, "SHARED_WORK", 400_000)
    monkeypatch.setattr(loops, "TURN", 500)
    repo = repository(tmp_path / "repo", {})
    for dear in ("bc", "abc", "bc", "ab", "abc", "ac"):
        for name in ROOTS:
            text = _costly(500 if name in dear else 10) + bucket(name)
            repository(repo, {f"{name}/main.tf": text})
        assert _open(same(repo)) == ({"c"} if dear == "abc" else set()), dear

"""The fuzzer itself: it finds what it should, a few cases of each kind, and every fault that it found once."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.frontends.recursion import deepen_stack
from sovlint.model.redaction import redact
from sovlint.report.scan import json_
from tests.fuzz import cases, corpus, salt, smaller, trial, unset, valid
from tests.fuzz.cases import Case, tried
from tests.fuzz.hcl_in_json import in_json
from tests.fuzz.seeds import ROOMS, seeds
from tests.fuzz.trial import Options
from tests.fuzz.watch import TooLongError, Watch, in_time

deepen_stack()  # at once: Hypothesis minds where it happens during a test
PLAIN = b'resource "aws_s3_bucket" "b" {\n  tags = { data-classification = "health" }\n}\n'
KEPT = sorted(corpus.FOLDER.glob("*.json"))


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_what_was_wrong_once_is_right(path: Path, tmp_path: Path) -> None:
    assert tried(corpus.read(path), tmp_path / "case", None) == []


@settings(max_examples=12, derandomize=True, database=None)
@given(dice=st.randoms(use_true_random=False), kind=st.sampled_from(sorted(cases.KINDS)))
def test_a_few_cases(
    dice: random.Random, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = cases.made(dice, kind=kind)
    if found is not None:
        assert tried(found, tmp_path_factory.mktemp("fuzz") / "case", None) == []


def test_a_case_can_be_had_again() -> None:
    assert cases.case(1, 2) == cases.case(1, 2) != cases.case(1, 3)


def test_a_case_is_kept_whole(tmp_path: Path) -> None:
    files = {"a.tf": PLAIN, "b": b"\xff"}
    kept = Case(
        "terraform", "same", "x", files, Options(("--full",)), {"c": b""}, ("secret",)
    )
    corpus.keep(tmp_path / "x.json", kept, "why")
    assert corpus.read(tmp_path / "x.json") == kept


def test_there_are_seeds_of_every_room() -> None:
    assert {each.room for each in seeds()} == set(ROOMS)


# --- it finds what is wrong


def signs(case: Case, place: Path, watch: Watch | None = None) -> list[str]:
    return [each.sign for each in tried(case, place, watch)]


def wild(**files: bytes) -> Case:
    return Case("terraform", "wild", "", {"main.tf": PLAIN, **files}, Options())


def test_a_crash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_: object) -> str:
        raise ValueError("a fault")

    monkeypatch.setattr(json_, "render", broken)
    (sign,) = signs(wild(), tmp_path / "case")
    assert sign.startswith("crash: sovlint/report/__init__.py")
    assert sign.endswith("ValueError")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[]\n", "report json"),
        ('{"a": NaN}\n', "unreadable"),
        ("{}\x1b\n", "control characters"),
        ("::error::x\n", "a command"),
        ("{}", "no line break"),
    ],
)
def test_an_output_that_is_not_valid(text: str, wrong: str) -> None:
    told = "\n".join(f"report json: {each}" for each in valid.problems("scan json", text))
    assert wrong in told


def test_a_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    line = b'  password = "hunterx1q"\n}\n'
    salted = wild(**{"main.tf": PLAIN.removesuffix(b"}\n") + line})._replace(
        aside=("hunterx1q",)
    )
    assert signs(salted, tmp_path / "case") == []
    monkeypatch.setattr(trial, "_read", lambda file: "hunterx1q\n")
    assert "leak" in {sign.partition(":")[0] for sign in signs(salted, tmp_path / "case")}
    assert redact.mask("password = hunterx1q") == "password = ***"


def test_a_file_outside(tmp_path: Path) -> None:
    watch = Watch()
    (tmp_path / "other").write_text("x", encoding="utf-8")
    watch.folder = str(tmp_path / "case")
    try:
        (tmp_path / "other").read_text(encoding="utf-8")
    finally:
        watch.folder = None
    assert watch.seen == {f"open {tmp_path / 'other'}"}


def test_what_takes_long() -> None:
    def busy() -> Iterator[None]:
        while True:
            yield

    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(TooLongError), in_time(0.05):
        list(busy())
    assert signal.getsignal(signal.SIGPROF) is before


def test_what_is_judged_otherwise(tmp_path: Path) -> None:
    other = PLAIN.replace(b"{\n", b'{\n  region = "us-east-1"\n', 1)
    changed = Case("terraform", "same", "", {"main.tf": PLAIN}, Options(), {"main.tf": other})
    assert signs(changed, tmp_path / "case")[0].startswith("same: other findings")
    assert signs(changed._replace(other={"a.tf": PLAIN}), tmp_path / "case") == []


def test_what_is_judged_better_where_less_is_known(tmp_path: Path) -> None:
    placed = b'resource "aws_s3_bucket" "b" {\n  region = "%s"\n}\n'
    abroad, here = ({"main.tf": placed % each} for each in (b"us-east-1", b"eu-west-3"))
    less = Case("terraform", "unknown", "", abroad, Options(), here)
    assert "unknown: better: health-data-in-eea" in signs(less, tmp_path / "case")
    assert signs(less._replace(files=here, other=abroad), tmp_path / "case") == []


# --- what it does to repositories


def test_secrets_stand_where_they_are_put() -> None:
    files, secrets = salt.salted(random.Random(1), {"main.tf": PLAIN, ".env": b"A=b\n"})
    assert len(secrets) >= 2
    assert all(any(each.encode() in raw for raw in files.values()) for each in secrets)


def test_hcl_in_json() -> None:
    text = (
        b'provider "aws" {\n  alias = "x"\n}\n'
        b'resource "a" "b" {\n  provider = aws.x\n  n = [1, var.y]\n  c {}\n  c {}\n}\n'
    )
    assert in_json(text) == (
        b'{\n "provider": {\n  "aws": {\n   "alias": "x"\n  }\n },\n "resource": {\n  "a": {\n   "b": {\n'
        b'    "provider": "aws.x",\n    "n": "${[1, var.y]}",\n    "c": [\n     {},\n     {}\n    ]\n   }\n  }\n }\n}'
    )
    assert in_json(b"a {\n  x = 1\n  x = 2\n}\n") is None


def test_a_literal_that_nobody_gives() -> None:
    pair = unset.pair(random.Random(1), {"main.tf": PLAIN})
    assert pair is not None
    before, after = pair
    assert before["main.tf"] == PLAIN
    assert after["main.tf"] == PLAIN.replace(b'"health"', b"var.fuzz_unset")
    assert after["fuzz_root.tf"].endswith(b'variable "fuzz_unset" {}\n')


def test_a_case_is_made_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def wrong(case: Case, *_: object) -> list[trial.Fault]:
        return [trial.Fault("x", "")] if b"bc" in b"".join(case.files.values()) else []

    monkeypatch.setattr(smaller, "tried", wrong)
    large = wild(**{"main.tf": b"a\nabcd\n" * 20, "other.tf": b""})
    assert smaller.made_small(large, "x", tmp_path, None).files == {"main.tf": b"bc"}

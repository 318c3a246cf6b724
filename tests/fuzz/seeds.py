"""What the fuzzer starts from: small repositories of the project's own, by room. Nothing of anybody else is among them.

They are the fixtures, what the tests write into files, the examples of the catalogue, code blocks of the documentation,
and what ``written/`` adds for syntaxes of which there is little else.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.frontends.terraform import plan_house

ROOT = Path(__file__).parents[2]
WRITTEN = Path(__file__).parent / "written"
Files = dict[str, bytes]

BUCKET = b"""\
provider "aws" {
  region = "eu-west-3"
}

resource "aws_s3_bucket" "plain" {
  bucket = "acme-claims"
  tags   = { data-classification = "health" }
}
"""
PLAIN = {"plain.tf": BUCKET}
OVERLAID = {**PLAIN, "sovlint.yaml": b"catalog: [own]\n"}
JUDGED = {**PLAIN, "sovlint.yaml": b"policies: [policies]\n"}
JUDGED_BY_A_SET = {**PLAIN, "sovlint.yaml": b"policy_set: house\npolicies: [house.yaml]\n"}

ROOMS = ("terraform", "kubernetes", "compose", "configuration", "saas", "rules")
"""What a seed is mostly about; ``rules`` is all that a house writes to govern a run."""
LARGEST = 60_000
"""Bytes of a repository that still makes many cases a second."""


class Seed(NamedTuple):
    """A small repository."""

    room: str
    name: str
    files: Files


@cache
def seeds() -> tuple[Seed, ...]:
    """All seeds, each text once."""
    found = (*_fixtures(), *_tests(), *_catalogue(), *_documentation(), *_written())
    distinct = {tuple(sorted(each.files.items())): each for each in found if each.files}
    small = (
        each for each in distinct.values() if sum(map(len, each.files.values())) < LARGEST
    )
    return tuple(sorted(small, key=lambda each: (each.room, each.name)))


def _fixtures() -> Iterator[Seed]:
    folder = ROOT / "fixtures"
    places = {path.parent for path in folder.rglob("expected.yaml")}
    places |= {
        path.parent for path in folder.glob("kubernetes/kustomize/*/kustomization.yaml")
    }
    for place in sorted(places):
        files = {
            path.relative_to(place).as_posix(): path.read_bytes()
            for path in sorted(place.rglob("*"))
            if path.is_file() and path.name not in ("expected.yaml", "README.md")
        }
        yield Seed(room_of(files), place.relative_to(folder).as_posix(), files)


def room_of(files: Iterable[str]) -> str:
    """What a repository is about, by the names of its files."""
    names = " ".join(files)
    if "policies/" in names or "catalog/" in names:
        return "rules"
    for room, pattern in (
        ("terraform", r"\.(tf|hcl|tfvars|tofu|tfstate)\b"),
        ("kubernetes", r"\bk8s/|kustomization|Chart\.yaml"),
        ("compose", r"compose[\w.-]*\.ya?ml"),
        ("saas", r"\bsaas\.ya?ml|\bbom\.(json|xml)|cdx"),
        ("rules", r"sovlint\.yaml"),
    ):
        if re.search(pattern, names):
            return room
    return "configuration"


# --- what tests write into files

NAMED = re.compile(r"(?:[\w@+-][\w.@+-]*/)*[\w.@+-]*(?:\.[A-Za-z0-9]{1,12}|file)")


def _tests() -> Iterator[Seed]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if "hostile" in path.name or path.is_relative_to(Path(__file__).parent):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict) and (files := _files(node, known)):
                name = f"{path.relative_to(ROOT / 'tests').as_posix()}:{node.lineno}"
                yield Seed(_room(path, files), name, files)


def _room(path: Path, files: Files) -> str:
    inside = [room for room in ROOMS if room in path.parts]
    return inside[0] if inside else room_of(files)


def _constants(tree: ast.Module) -> Mapping[str, str]:
    """Texts that have a name in a module."""
    known: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = _text(node.value, known)
            if text is not None:
                known[node.targets[0].id] = text
    return known


def _files(node: ast.Dict, known: Mapping[str, str]) -> Files:
    """The files of a table of them, else nothing."""
    found: Files = {}
    for key, value in zip(node.keys, node.values, strict=True):
        name = key and _text(key, known)
        if not name or not NAMED.fullmatch(name) or len(name) > 100:
            return {}
        text = _text(value, known)
        if text and "\n" in text:
            found[name] = text.encode("utf-8", "surrogatepass")
    return found


def _text(node: ast.expr, known: Mapping[str, str]) -> str | None:
    """The text of an expression, as far as it can be told without running anything; a hole is an ``x``."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Constant(value=bytes(raw)):
            return raw.decode("latin-1")
        case ast.Name(id=name):
            return known.get(name)
        case ast.JoinedStr(values=parts):
            return "".join(_text(part, known) or "x" for part in parts)
        case ast.FormattedValue(value=inner):
            return _text(inner, known) or "x"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return "".join(_text(side, known) or "" for side in (left, right))
        case ast.Call(func=ast.Attribute(attr="dumps"), args=[data, *_]):
            return _dumped(data)
    return None


def _dumped(node: ast.expr) -> str | None:
    try:
        return json.dumps(ast.literal_eval(node), indent=1) + "\n"
    except ValueError:
        return None


# --- what the catalogue and the documentation have


def _catalogue() -> Iterator[Seed]:
    folder = ROOT / "sovlint/catalog"
    for path in sorted(folder.glob("configuration/*.yaml")):
        data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        for number, example in enumerate(_examples(data)):
            files = {example["file"]: example["text"].encode()}
            yield Seed("configuration", f"{path.stem}:{number}", files)
    overlays = [*folder.glob("providers/*.yaml"), *folder.glob("plugins/*.yaml")]
    for path in [each for each in sorted(overlays) if each.stat().st_size < 8_000][::6]:
        name = path.relative_to(folder).as_posix()
        files = {f"own/{name}": path.read_bytes(), **OVERLAID}
        yield Seed("rules", f"overlay {name}", files)
    for path in sorted((ROOT / "policies").rglob("*.yaml")):
        name = path.relative_to(ROOT / "policies").as_posix()
        if name.startswith("sets/"):
            files = {"house.yaml": path.read_bytes(), **JUDGED_BY_A_SET}
        else:
            files = {f"policies/{name}": path.read_bytes(), **JUDGED}
        yield Seed("rules", f"policy {name}", files)


def _examples(data: Any) -> Iterator[Any]:
    match data:
        case {"file": str(), "text": str()}:
            yield data
        case dict():
            for value in data.values():
                yield from _examples(value)
        case list():
            for value in data:
                yield from _examples(value)


BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CALLED = {"hcl": "main.tf", "terraform": "main.tf", "yaml": "sovlint.yaml", "dotenv": ".env"}


def _documentation() -> Iterator[Seed]:
    for path in sorted((ROOT / "docs").glob("*.md")):
        for number, (language, text) in enumerate(
            BLOCK.findall(path.read_text(encoding="utf-8"))
        ):
            name = CALLED.get(language)
            if name is None:
                continue
            if name == "sovlint.yaml" and "apiVersion:" in text:
                name = "k8s.yaml"
            files = {name: text.encode(), **PLAIN}
            yield Seed(room_of([name]), f"{path.name}:{number}", files)


def _written() -> Iterator[Seed]:
    for place in sorted(WRITTEN.glob("*/*")):
        files = {
            path.relative_to(place).as_posix(): path.read_bytes()
            for path in sorted(place.rglob("*"))
            if path.is_file()
        }
        yield Seed(place.parent.name, f"written {place.name}", files)
    yield Seed("terraform", "source of a plan", _encoded(plan_house.SOURCE))
    plan = json.dumps(plan_house.plan(), indent=1)
    yield Seed("terraform", "a plan", _encoded({"infra/plan.json": plan}))
    yield Seed("terraform", "both", _encoded({**plan_house.SOURCE, "infra/plan.json": plan}))
    state = json.dumps(plan_house.state(), indent=1)
    yield Seed("terraform", "a state", _encoded({"terraform.tfstate": state}))
    for path in sorted((ROOT / "tests/oracle/corpus").rglob("*.tf"))[::7]:
        yield Seed("terraform", f"corpus {path.stem}", {"main.tf": path.read_bytes()})


def _encoded(files: Mapping[str, str]) -> Files:
    return {name: text.encode() for name, text in files.items()}

"""The table of bounds in SECURITY.md: each is the code's, and is tried. Below it all is read; beyond it that is said,
and what stands beside it is read all the same."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from sovlint.cli import main

PAGE = Path(__file__).parents[1] / "SECURITY.md"
BUCKET = 'resource "aws_s3_bucket" "%s" {\n  tags = { data_class = "health" }\n%s}\n'
PLAIN = BUCKET % ("plain", "")
CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: odd}\n"
HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd}\n"

Files = Mapping[str, str]


class Trial(NamedTuple):
    """``constant``: where the bound is, as ``module:NAME``; ``small``: what it is set to for the trial, where the real
    one takes long. ``files`` makes a repository of such a size; ``said`` is what stands in the report beyond it."""

    constant: str
    files: Callable[[int], Files]
    said: str
    small: int | None = None


def _modules(levels: int) -> Files:
    files = {"main.tf": _call(0)}
    for level in range(levels):
        below = _call(level + 1) if level + 1 < levels else BUCKET % ("deep", "")
        files[f"m{level}/main.tf"] = below
    return files


def _call(level: int) -> str:
    return f'module "m" {{\n  source = "{"../" if level else "./"}m{level}"\n}}\n'


def _services(count: int) -> Files:
    services = [{"bom-ref": f"s{at}", "name": f"s{at}"} for at in range(count)]
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "services": services}
    return {"bom.json": json.dumps(bom)}


def _kustomizations(count: int) -> Files:
    files = {"k/kustomization.yaml": f"resources: {[f'b{at}' for at in range(count - 1)]}\n"}
    for at in range(count - 1):
        files[f"k/b{at}/kustomization.yaml"] = "resources: [a.yaml]\n"
        files[f"k/b{at}/a.yaml"] = CLAIM.replace("odd", f"odd{at}")
    return files


def _objects(count: int) -> Files:
    objects = "---\n".join(CLAIM.replace("odd", f"odd{at}") for at in range(count))
    return {"k/kustomization.yaml": "resources: [a.yaml]\n", "k/a.yaml": objects}


def _includes(count: int) -> Files:
    main = (
        f"include: {[f'c{at}.yaml' for at in range(count)]}\nservices: {{a: {{image: a}}}}\n"
    )
    return {"c/compose.yaml": main} | {
        f"c/c{at}.yaml": f"services: {{s{at}: {{image: a}}}}\n" for at in range(count)
    }


def _env_files(count: int) -> Files:
    services = {f"s{at}": {"image": "a", "env_file": ["a.env"]} for at in range(count)}
    return {"c/compose.yaml": json.dumps({"services": services}), "c/a.env": "A=b\n"}


def _extends(count: int) -> Files:
    """So many services that each extend the next one, and the last."""
    services = {f"s{at}": {"extends": {"service": f"s{at + 1}"}} for at in range(count)}
    text = json.dumps({"services": {**services, f"s{count}": {"image": "a"}}})
    return {"c/compose.yaml": text}


def _lists(count: int) -> Files:
    """A document of so many nodes, most of them by aliases."""
    head = 12  # of all that stands in HEAD, and the two keys with their lists
    tens, ones = divmod(count - head - 101, 101)
    text = f"a: &a [{', '.join(['x'] * 100)}]\n" + "b:\n" + "- *a\n" * tens + "- x\n" * ones
    return {"odd.yaml": HEAD + text}


def _text(length: int) -> str:
    """The length of a text that is joined of many."""
    times, rest = divmod(length, 1_000)
    parts = f'[for i in range({times}) : "{"x" * 1_000}"]'
    return f'length(join("", concat({parts}, ["{"x" * rest}"])))'


def _counted(number: str) -> Files:
    """A bucket that is there if a number isn't zero."""
    return {"odd.tf": BUCKET % ("odd", f"  count = {number} > 0 ? 1 : 0\n")}


_EXPRESSIONS = "sovlint.expressions"
TRIALS: Mapping[str, Trial] = {
    "bytes of a file": Trial(
        "sovlint.files.regular_files:MAX_BYTES", lambda n: {"odd.yaml": (CLAIM + "#" * n)[:n]}, "it is larger than", 5_000,
    ),
    "bytes of a file of Terraform's": Trial(
        "sovlint.frontends.terraform.syntax.hcl:MAX_BYTES",
        lambda n: {"odd.tf": (BUCKET % ("odd", "") + "#" * n)[:n]}, "larger than", 5_000,
    ),
    "blanks in a row in a file of Terraform's": Trial(
        "sovlint.frontends.terraform.syntax.hcl:MAX_BLANKS",
        lambda n: {"odd.tf": (BUCKET % ("odd", "")).rstrip() + " " * n + "#"}, "blanks in a row",
    ),
    "characters of a file of YAML or JSON": Trial(
        "sovlint.documents.loading:MAX_CHARACTERS", lambda n: {"odd.yaml": (CLAIM + "#" * n)[:n]},
        "characters", 5_000,
    ),
    "parts of a document, each alias counted with all it stands for": Trial(
        "sovlint.documents.errors:MAX_NODES", _lists, "more than 500,000 nodes"
    ),
    "documents of a file": Trial(
        "sovlint.documents.nodes:MAX_DOCUMENTS",
        lambda n: {"odd.yaml": "---\n".join(CLAIM.replace("odd", f"o{at}") for at in range(n))}, "documents", 5,
    ),
    "levels of a document": Trial(
        "sovlint.documents.nodes:MAX_DEPTH",
        lambda n: {"odd.yaml": f"{HEAD}a: {'[' * n}{']' * n}\n"}, "nested deeper than",
    ),
    "elements of a collection in Terraform": Trial(
        f"{_EXPRESSIONS}.limits:MAX_ELEMENTS",
        lambda n: _counted(f"length(range({n}))"), "a collection has",
    ),
    "characters that an expression makes": Trial(
        f"{_EXPRESSIONS}.limits:MAX_TEXT",
        lambda n: _counted(_text(n)), "a text has more than",
    ),
    "instances of a block": Trial(
        "sovlint.frontends.terraform.modules.instances:MAX_INSTANCES",
        lambda n: {"odd.tf": BUCKET % ("odd", f"  count = {n}\n")}, "instances or more", 5,
    ),
    "levels of modules": Trial(
        "sovlint.frontends.terraform.modules.callees:MAX_CALLS", _modules, "isn't followed",
    ),
    "kustomizations that one leads to": Trial(
        "sovlint.frontends.kubernetes.kustomize.problems:MAX_KUSTOMIZATIONS", _kustomizations,
        "kustomizations: not built", 5,
    ),
    "objects that a kustomization comes to": Trial(
        "sovlint.frontends.kubernetes.kustomize.problems:MAX_OBJECTS", _objects, "too large to be built", 5,
    ),
    "files that a Compose project includes": Trial(
        "sovlint.frontends.compose.projects:MAX_INCLUDES", _includes, "too large to be put together", 5,
    ),
    "variables of a file of them": Trial(
        "sovlint.documents.syntaxes.dotenv:MAX_ENTRIES",
        lambda n: {".env": "".join(f"A{at}=b\n" for at in range(n))}, '"skipped": 1', 5,
    ),
    "variables of all `env_file`s of a Compose project, each as often as it is used": Trial(
        "sovlint.frontends.compose.environment:MAX_ENTRIES", _env_files, "variables: those of", 5,
    ),
    "levels of `extends` between Compose services": Trial(
        "sovlint.frontends.compose.projects:MAX_CHAIN", _extends, "extend each other",
    ),
    "services of a CycloneDX inventory": Trial(
        "sovlint.frontends.saas.cyclonedx_file:MAX_SERVICES", _services, "services in one document", 5,
    ),
}  # fmt: skip


def _table() -> Mapping[str, int]:
    """The rows of the page: what is bounded, and by which number."""
    section = PAGE.read_text("utf-8").partition("\n## Bounds\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+?) +\| ([\d,]+)[^|]* \|", section, re.MULTILINE)
    return {what: int(number.replace(",", "")) for what, number in rows}


def _constant(trial: Trial) -> tuple[object, str]:
    module, _, name = trial.constant.partition(":")
    __import__(module)
    return sys.modules[module], name


def test_the_page_has_every_bound_that_is_tried() -> None:
    assert _table() == {what: getattr(*_constant(trial)) for what, trial in TRIALS.items()}


def _scan(root: Path, files: Files) -> tuple[bool, str]:
    """Whether the bucket beside is judged, and the report."""
    for path, text in {"plain/main.tf": PLAIN, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["scan", str(root), "--format", "json"])
    assert result.exit_code in (0, 1, 2), result.output
    report = json.loads(result.stdout)
    judged = any(each["root"] == "plain" for each in report["findings"])
    return judged, json.dumps(report, ensure_ascii=False)


@pytest.mark.parametrize("what", TRIALS)
def test_below_it_all_is_read_and_beyond_it_that_is_said(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = TRIALS[what]
    module, name = _constant(trial)
    bound = getattr(module, name)
    if trial.small is not None:
        bound = trial.small
        monkeypatch.setattr(module, name, bound)
    judged, report = _scan(tmp_path / "below", trial.files(bound))
    assert judged
    assert trial.said not in report
    judged, report = _scan(tmp_path / "beyond", trial.files(bound + 1))
    assert judged
    assert trial.said in report

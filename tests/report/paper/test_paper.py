"""The report on paper: what it says, that nothing that is scanned is markup in it, and that it stays short."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typst
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.commands.parts import drafting
from sovlint.model.request import Request
from sovlint.registers.drafting.material import Material
from sovlint.report.paper import found_there, used_there
from sovlint.report.paper.paper import TEMPLATE, pages, render
from sovlint.report.pieces.typeset import SHARED
from tests import scratch
from tests.scratch import write

AS_OF = date(2026, 11, 24)
INSURER = scratch.alone("mutuelle")


def material(folder: Path) -> Material:
    return drafting.material(Request(paths=(folder,), as_of=AS_OF))


@cache
def insurer() -> Material:
    return material(INSURER)


def blocks(of: Material, language: str = "en") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pages(of.report, language, of.profiles)["blocks"]
    return found


def texts(block: object) -> Iterator[str]:
    """Every text of blocks."""
    if isinstance(block, str):
        yield block
    elif isinstance(block, dict):
        for each in block.values():
            yield from texts(each)
    elif isinstance(block, (list, tuple)):
        for each in block:
            yield from texts(each)


def entries(of: Material) -> list[dict[str, Any]]:
    return [each for each in blocks(of) if each["kind"] == "entry"]


# --- what it says


def test_the_first_page_is_the_boards() -> None:
    told = blocks(insurer())
    first = told[: next(at for at, each in enumerate(told) if each.get("page"))]
    said = "\n".join(texts(first))
    assert first[0]["text"].startswith("Data that a policy protects lands where")
    (figures,) = (each for each in first if each["kind"] == "figures")
    assert [each["count"] for each in figures["listed"]] == ["18", "6", "1", "12"]
    (worst,) = (each for each in first if each["kind"] == "table")
    assert worst["rows"][0][0]["text"] == "Amazon Web Services"
    assert "SecNumCloud of Outscale: IaaS Cloud on Demand" in said
    assert "2026-11-30" in said


def test_the_parts_stand_in_the_order_of_its_readers() -> None:
    titles = [
        each["text"]
        for each in blocks(insurer(), "fr")
        if each["kind"] == "heading" and each["level"] == 2
    ]
    assert titles == [
        "Traitements et fournisseurs",
        "Sociétés utilisées",
        "Constats",
        "Ce qui a guidé cette analyse",
        "Ce qui a été lu, et ce que ceci ne prouve pas",
        "Sources",
    ]


def test_every_number_in_brackets_leads_to_a_source() -> None:
    told = blocks(insurer())
    sources = told[-1]
    assert sources["marks"] == "source"
    count = len(sources["lines"])
    said = "\n".join(texts(told[:-1]))
    assert all(f"[{number}]" in said for number in range(1, count + 1))
    assert f"[{count + 1}]" not in said


def test_a_company_has_its_law_once_and_a_finding_what_helps() -> None:
    companies = {each["title"]: "\n".join(texts(each)) for each in entries(insurer())}
    assert (
        "CLOUD Act (18 USC 2713): in force since 2018-03-23"
        in companies["Amazon Web Services"]
    )
    assert "See Amazon Web Services, above." in companies["Microsoft Azure"]
    found = next(each for each in entries(insurer()) if "SecNumCloud." in each["title"])
    (terms,) = (each for each in found["blocks"] if each["kind"] == "terms")
    names = [name for name, _ in terms["pairs"]]
    assert names[:3] == ["Policies", "Data", "Placed"]
    assert "What helps" in names
    assert len(names) == len(set(names))


# --- what is left out is counted


def shorten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have little of each kind told."""
    monkeypatch.setattr(found_there, "MOST_IN_FULL", 2)
    monkeypatch.setattr(found_there, "MOST_ROWS", 3)
    monkeypatch.setattr(used_there, "MOST_COMPANIES", 1)
    monkeypatch.setattr(used_there, "MOST_ROWS", 1)


def test_what_is_left_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = entries(insurer())
    shorten(monkeypatch)
    said = "\n".join(texts(blocks(insurer())))
    assert len(entries(insurer())) == 3 < len(whole)
    assert "11 more companies aren't told in full" in said
    assert "6 more processings aren't listed" in said
    assert "more findings aren't in this document" in said


# --- nothing of it is markup

EVIL = {
    "heading": "= pwned",
    "code": '#heading[pwned] #link("https://evil.test")[x] #read("/etc/passwd")',
    "formula": "$ x^2 $ $",
    "strong": "*pwned* _pwned_ <pwned> @pwned",
    "quotes": "\"'\\ \\u{41} // /* */ [ ] ( ) { }",
    "ticks": "`a` `` ``` b ` c",
    "list": "- a\n+ b\n/ c: d",
    "right-to-left": "سجلات صحية רשומות \u202egnp.exe\u2066",
    "long": "w" * 30_000,
    "wide": "健康" * 500,
}


def hostile(folder: Path) -> Material:
    """An inventory and stores whose names are all that."""
    services = [
        {"id": f"odd-{name}", "vendor": text, "product": text, "region": text, "data": ["health"], "owner": text}
        for name, text in EVIL.items()
    ]  # fmt: skip
    stores = [
        f'resource "aws_s3_bucket" "b{at}" {{\n  for_each = toset([{json.dumps(text, ensure_ascii=False)}])\n'
        '  tags = { data-classification = "health" }\n}\n'
        for at, text in enumerate(EVIL.values())
    ]  # fmt: skip
    folders = {
        f"{text}/main.tf": stores[0]
        for name, text in EVIL.items()
        if "/" not in text and len(text) < 100
    }
    head = 'provider "aws" {\n  region = "eu-west-3"\n}\n'
    files = {
        "saas.yaml": json.dumps({"services": services}),
        "main.tf": head + "".join(stores),
    }
    write(folder, files | folders)
    return material(folder)


def test_what_is_scanned_is_text(tmp_path: Path) -> None:
    of = hostile(tmp_path / "odd")
    data = pages(of.report, "en", of.profiles)
    said = "\n".join(texts(data))
    assert "#heading[pwned]" in said
    assert not {"\u202e", "\u2066"} & set(said)
    assert max(map(len, texts(data))) < 12_000
    given = {"data": json.dumps(data, ensure_ascii=False)}
    template = SHARED.read_bytes() + TEMPLATE.read_bytes()
    ours = list(texts_of_headings(data["blocks"]))
    kinds = "selector(heading).or(math.equation).or(link).or(ref).or(raw)"
    found = json.loads(typst.query(template, kinds, sys_inputs=given))
    assert [each["func"] for each in found] == ["heading"] * (len(ours) + 1)


def texts_of_headings(found: list[dict[str, Any]]) -> Iterator[str]:
    for each in found:
        if each["kind"] == "heading":
            yield each["text"]
        yield from texts_of_headings(each.get("blocks", []))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_same_bytes_again(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every kind of block, but few of each: more take seconds, and are made no other way."""
    of = insurer()
    whole = {each["kind"] for each in blocks(of, language)}
    shorten(monkeypatch)
    assert {each["kind"] for each in blocks(of, language)} == whole
    once = render(of.report, language, of.profiles)
    assert once.startswith(b"%PDF-")
    assert render(of.report, language, of.profiles) == once


def test_the_command_writes_it(tmp_path: Path) -> None:
    write(tmp_path / "r", {"main.tf": 'resource "aws_s3_bucket" "a" {\n}\n'})
    arguments = ["report", str(tmp_path / "r"), "-f", "pdf", "-o", "-", "--as-of", str(AS_OF)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.startswith(b"%PDF-")


def test_without_its_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    write(tmp_path / "r", {"main.tf": 'resource "aws_s3_bucket" "a" {\n}\n'})
    arguments = ["report", str(tmp_path / "r"), "-f", "pdf", "-o", str(tmp_path / "a.pdf"), "--lang", "fr"]  # fmt: skip
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "Ce format demande la bibliothèque typst" in result.stderr
    assert not (tmp_path / "a.pdf").exists()

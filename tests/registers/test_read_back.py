"""A register that was written as JSON and is read again says the same, in every format and language."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from sovlint.commands.schema import PACKAGE, SCHEMAS
from sovlint.errors import SovlintError
from sovlint.model.world import World
from sovlint.registers.read_back import carried, read_back
from sovlint.registers.register import Register
from sovlint.registers.writing import pdf
from sovlint.registers.writing.formats import FORMATS
from tests.registers.drafts import ANSWERS, ENTRIES, drafted

FORMS = ("xlsx", "pdf", "csv", "json")


@pytest.fixture(scope="module", params=["dora", "tender"])
def register(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Register:
    root = tmp_path_factory.mktemp("house")
    return drafted(request.param, root, ENTRIES, ANSWERS)


def test_a_register_that_is_read_again_says_the_same(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a PDF what it is made of is compared: of the same it is the same bytes (``test_dora.py``)."""
    monkeypatch.setattr(pdf, "typeset", lambda _, data: json.dumps(data).encode())
    again = read_back(carried(register), register.world)
    for name in FORMS:
        for language in ("en", "fr"):
            assert FORMATS[name].files(again, language) == FORMATS[name].files(
                register, language
            )


def test_what_is_filed_is_the_same_once_it_is_read_again(tmp_path: Path) -> None:
    register = drafted("dora", tmp_path, ENTRIES, ANSWERS)
    again = read_back(FORMATS["json"].files(register, "fr")[""], register.world)
    filed = FORMATS["xbrl-csv"].files
    assert filed(again, "fr") == filed(register, "fr")


def test_the_json_of_a_register_fits_its_schema(register: Register) -> None:
    schema = json.loads((PACKAGE / SCHEMAS["register"]).read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(FORMATS["json"].files(register, "en")[""]), schema)


def test_chains_name_the_repository(register: Register) -> None:
    again = read_back(carried(register), register.world, "platform/claims")
    steps = [step for cell in again.cells() for step in cell.because if step is not None]
    paths = {step.where.span().path for step in steps if step.where is not None}
    assert "platform/claims: saas.yaml" in paths
    assert all(each.startswith("platform/claims: ") for each in paths)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: "[]",
        lambda text: '{"register": "dora"}',
        lambda text: '{"en": {}, "fr": {}}',
        lambda text: text.replace('"register": "dora"', '"register": "dore"'),
        lambda text: text.replace('"c0010"', '"c9999"'),
        lambda text: text.replace('"B_01.01"', '"B_99.01"'),
        lambda text: text.replace('"origin": "fact"', '"origin": "guess"'),
        lambda text: text.replace('"kinds": ["number"]', '"kinds": ["number", "number"]'),
        lambda text: text.replace('"content": ["1"]', '"content": ["one"]'),
        lambda text: "[" * 100_000,
    ],
)
def test_what_is_no_register_is_refused(
    spoil: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with pytest.raises(SovlintError):
        read_back(spoil(_small(tmp_path_factory)), World())


def _small(factory: pytest.TempPathFactory) -> str:
    if not _SMALL:
        _SMALL.append(carried(drafted("dora", factory.mktemp("small"), ENTRIES)))
    return _SMALL[0]


_SMALL: list[str] = []

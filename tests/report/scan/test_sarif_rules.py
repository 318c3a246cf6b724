"""Policies as rules of SARIF."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sovlint.model.findings.finding import PolicyText, Severity
from sovlint.model.placement import Source
from sovlint.model.text import Bilingual
from sovlint.report.scan.sarif_rules import help_uri, rules
from tests.report.build import CLOUD_ACT, HEARSAY, POLICIES


def rule(policy: PolicyText, language: str = "en") -> Any:
    (only,) = rules({policy.id: policy}, [], language)
    return only


CONTROL = POLICIES["health-data-under-eu-control"]


def test_a_rule_key_by_key() -> None:
    found = rule(CONTROL, "fr")
    assert found.pop("help")["markdown"].startswith("## Pourquoi\n\nParis peut être")
    assert found == {
        "id": "health-data-under-eu-control",
        "name": "HealthDataUnderEuControl",
        "shortDescription": {"text": "Seuls des États de l'UE peuvent contraindre"},
        "fullDescription": {"text": "Paris peut être à portée d'un État tiers."},
        "helpUri": "https://example.org/18-usc-2713",
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": [
                "security",
                "data-sovereignty",
                "compliance",
                "doctrine",
                "risk",
                "ground-doctrine",
            ],
            "precision": "high",
            "problem.severity": "error",
            "security-severity": "8.0",
        },
    }


@pytest.mark.parametrize(
    ("severity", "level", "problem", "number"),
    [
        (Severity.ERROR, "error", "error", "8.0"),
        (Severity.WARNING, "warning", "warning", "5.0"),
        (Severity.NOTE, "note", "recommendation", "2.0"),
    ],
)
def test_severities(severity: Severity, level: str, problem: str, number: str) -> None:
    found = rule(replace(CONTROL, severity=severity))
    assert found["defaultConfiguration"]["level"] == level
    assert found["properties"]["problem.severity"] == problem
    assert found["properties"]["security-severity"] == number


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ((), "urn:sovlint:policy:health-data-under-eu-control"),
        ((HEARSAY, CLOUD_ACT), "https://example.org/18-usc-2713"),
        (
            (Source("javascript:alert(1)", "", ""),),
            "urn:sovlint:policy:health-data-under-eu-control",
        ),
        (
            (Source("https://u:hunter2@example.org/a b", "", ""),),
            "https://***@example.org/a%20b",
        ),
    ],
)
def test_where_its_help_is(cites: tuple[Source, ...], expected: str) -> None:
    assert help_uri(replace(CONTROL, cites=cites)) == expected


def test_a_policy_without_reasons_is_described_by_its_title() -> None:
    assert (
        rule(replace(CONTROL, why=Bilingual("", "")))["fullDescription"]["text"]
        == "Only EU states can compel"
    )


def test_no_more_tags_than_servers_take() -> None:
    many = rule(replace(CONTROL, rests_on=tuple(f"basis-{number}" for number in range(30))))
    assert len(many["properties"]["tags"]) == 20

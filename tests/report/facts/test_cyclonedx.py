"""Facts as CycloneDX: valid by the official schemas, read back the same, and repeatable."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from cyclonedx.validation.xml import XmlValidator
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.frontends.saas.cyclonedx_service import ROLES
from sovlint.model.attributes import Found, NoAttributes
from sovlint.model.placement import Classes, Flow, Placed
from sovlint.model.resources.resource import Named
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report import FACTS_REPORTS
from sovlint.report.pieces.style import Style
from tests import scratch
from tests.report.build import (
    DATABASE,
    PARIS,
    TAG,
    everything,
    health,
    placement,
    report,
    resource,
    span,
)

FIXTURES = ("mutuelle", "saas/saasbom", "terraform/estate")
JSON = JsonStrictValidator(SchemaVersion.V1_6)
XML = XmlValidator(SchemaVersion.V1_6)


def written(of: Any, language: str = "en") -> Any:
    """The document as data, after the official schemas have accepted it in both forms."""
    text = FACTS_REPORTS["cyclonedx"](of, language, Style(False, 80))
    assert JSON.validate_str(text) is None
    assert (
        XML.validate_str(FACTS_REPORTS["cyclonedx-xml"](of, language, Style(False, 80)))
        is None
    )
    return json.loads(text)


@cache
def facts(folder: Path, form: str) -> str:
    """What ``facts`` prints of a folder."""
    result = CliRunner().invoke(
        main, ["facts", str(folder), "--format", form, "--as-of", "2026-11-24", "--quiet"]
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def properties(service: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in service["properties"]:
        found.setdefault(each["name"].removeprefix("sovlint:"), []).append(each["value"])
    return found


def services(of: Any) -> list[Any]:
    return list(written(of)["services"])


def test_the_whole() -> None:
    data = written(everything())
    assert (data["bomFormat"], data["specVersion"], data["version"]) == (
        "CycloneDX",
        "1.6",
        1,
    )
    assert "serialNumber" not in data
    assert "timestamp" not in data["metadata"]
    refs = [each["bom-ref"] for each in data["services"]]
    assert len(set(refs)) == len(refs)


def test_a_service_key_by_key() -> None:
    (found,) = services(report([Placed(DATABASE, Classes((health(TAG),)), (PARIS,))]))
    said = properties(found)
    del found["properties"]
    assert found == {
        "bom-ref": "envs/prod:module.claims.aws_db_instance.claims",
        "provider": {"name": "Amazon Web Services"},
        "name": "module.claims.aws_db_instance.claims",
        "data": [{"flow": "inbound", "classification": "health"}],
    }
    assert {key: said[key] for key in ("root", "role", "provider", "region", "country", "control", "data:health")} == {
        "root": ["envs/prod"], "role": ["at-rest"], "provider": ["aws"], "region": ["eu-west-3"], "country": ["FR"],
        "control": ["US"], "data:health": ["declared"],
    }  # fmt: skip
    assert said["path"] == ["modules/claims/main.tf:12"]
    assert said["area"] == ["EEA", "EU"]
    assert said["qualification"][0].startswith("hds ")


def test_what_is_not_known_says_why() -> None:
    nobody = placement(
        provider=Unknown(Reason.UNSET_VARIABLE, "var.x"), region=Unknown(Reason.FROM_ENVIRONMENT, "region"),
        provider_name="",
    )  # fmt: skip
    (found,) = services(report([Placed(DATABASE, Classes(), (nobody,))]))
    said = properties(found)
    assert "provider" not in found
    assert "data" not in found
    assert (said["unknown:provider"], said["unknown:region"]) == (
        ["unset-variable: var.x"],
        ["from-environment: region"],
    )


def test_each_placement_is_a_service_and_what_has_no_payload_is_none() -> None:
    rules = Placed(
        resource("aws_iam_role.r", "a.tf", 1), Classes(), (placement(role="config"),)
    )
    copied = Placed(
        DATABASE,
        Classes(),
        (PARIS, placement(role="replica", region="eu-west-1", country="IE")),
    )
    ref = "envs/prod:module.claims.aws_db_instance.claims"
    assert [each["bom-ref"] for each in services(report([rules, copied]))] == [
        ref,
        f"{ref}#2",
    ]


def test_flows_are_dependencies() -> None:
    other = resource("aws_s3_bucket.copy", "a.tf", 3)
    placed = [Placed(DATABASE, Classes(), (PARIS,)), Placed(other, Classes(), (PARIS,))]
    flow = Flow("replication", DATABASE, other, None, None)
    of = replace(
        report(placed), flows=(flow, flow, Flow("export", DATABASE, None, "datadog", None))
    )
    assert written(of)["dependencies"] == [
        {
            "ref": "envs/prod:module.claims.aws_db_instance.claims",
            "dependsOn": ["envs/prod:aws_s3_bucket.copy"],
        }
    ]


def test_the_language_changes_nothing_nor_does_the_order() -> None:
    of = everything()
    shuffled = list(of.placed)
    random.Random(7).shuffle(shuffled)
    for form in ("cyclonedx", "cyclonedx-xml", "csv"):
        style = Style(False, 80)
        assert FACTS_REPORTS[form](of, "en", style) == FACTS_REPORTS[form](
            of, "fr", Style(True, 40)
        )
        again = replace(of, placed=tuple(shuffled))
        assert FACTS_REPORTS[form](of, "en", style) == FACTS_REPORTS[form](again, "en", style)


def vendor(*endpoints: str, provider: object = "Sentry") -> Placed:
    """A service of an inventory that answers at these addresses."""
    here = span("bom.json", 3)
    named = Named(
        Known(provider),
        Unknown(Reason.NO_EVIDENCE, "region"),
        here,
        tuple(Found(Known(e), here) for e in endpoints),
    )
    about = resource(
        "saas:a",
        "bom.json",
        3,
        front_end="saas",
        root=None,
        named=named,
        attributes=NoAttributes(),
    )
    return Placed(about, Classes(), (placement(role="processor"),))


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.text(max_size=30) | st.from_regex(r"(https?|db)://[ -~]{0,20}", fullmatch=True),
        max_size=3,
    ),
    st.text(),
)
def test_whatever_an_inventory_says_the_document_is_valid(
    endpoints: list[str], provider: str
) -> None:
    """Characters that XML can't hold, and texts that are no address, among them."""
    (found,) = services(report([vendor(*endpoints, provider=provider)]))
    rest = properties(found).get("endpoint", [])
    assert len(found.get("endpoints", [])) + len(rest) == len(endpoints)


def test_secrets_stay_out() -> None:
    text = json.dumps(written(report([vendor("https://user:hunter2@x.test/?token=abc")])))
    assert "hunter2" not in text
    assert "abc" not in text
    assert "hunter2" not in json.dumps(written(report([vendor("user:hunter2@x.test")])))
    hidden = placement(provider=Known("aws", None, True), provider_name="Amazon Web Services")
    for form in ("cyclonedx", "cyclonedx-xml", "csv"):
        assert "Amazon" not in FACTS_REPORTS[form](
            report([Placed(DATABASE, Classes(), (hidden,))]), "en", Style(False, 80)
        )


def summary(folder: Path, plain: bool) -> list[Any]:
    """Of every placement with a payload: its address, provider, region, role and classes.

    ``plain``: as they are once they have been written, each placement a service.
    """
    found = []
    for one in json.loads(facts(folder, "json"))["resources"]:
        variant = f"[{one['variant']}]" if one["variant"] else ""
        root = "" if one["root"] is None else f"{one['root']}{variant}:"
        names: list[str] = []
        for place in one["placements"]:
            if place["role"] == "config":
                continue
            name = f"{root}{one['address']}" + (f"#{len(names) + 1}" if names else "")
            names.append(name)
            role = place["role"] if place["role"] in ROLES else "processor"
            name = name if name.startswith("saas:") or not plain else f"saas:{name}"
            classes = sorted({each["class"] for each in one["data"] or ()})
            found.append((name, place["provider"], place["region"], role, classes))
    return sorted(found, key=str)


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize(
    ("form", "file"),
    [("cyclonedx", "services.cdx.json"), ("cyclonedx-xml", "services.cdx.xml")],
)
def test_what_is_written_is_read_back_the_same(
    name: str, form: str, file: str, tmp_path: Path
) -> None:
    text = facts(scratch.alone(name), form)
    assert (XML if form == "cyclonedx-xml" else JSON).validate_str(text) is None
    first = tmp_path / "first"
    first.mkdir()
    (first / file).write_text(text, encoding="utf-8")
    before, after = (
        summary(scratch.alone(name), plain=True),
        summary(first, plain=False),
    )
    assert len(before) > 3
    assert after == before
    # And once more: what was read is written as it was, but for where it stands.
    again = tmp_path / "again"
    again.mkdir()
    (again / file).write_text(facts(first, form), encoding="utf-8")
    assert summary(again, plain=False) == before

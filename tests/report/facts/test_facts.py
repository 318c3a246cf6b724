"""Facts as JSON and as a table."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from sovlint.model.findings.finding import Coverage, Report
from sovlint.model.placement import Classes, Placed
from sovlint.model.resources.reading import Failure
from sovlint.model.text import Note
from sovlint.model.value import Reason, Unknown
from sovlint.report import FACTS_REPORTS
from sovlint.report.pieces.style import Style, columns_of
from tests.report.build import (
    DATABASE,
    PARIS,
    TAG,
    everything,
    health,
    placement,
    report,
    resource,
    unset,
)

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "sovlint/schemas/facts.json").read_text(encoding="utf-8")
)


def facts(of: Report, language: str = "en") -> Any:
    data = json.loads(FACTS_REPORTS["json"](of, language, Style(False, 80)))
    Draft202012Validator(SCHEMA).validate(data)
    return data


def of_resource(address: str) -> Any:
    (found,) = (one for one in facts(everything())["resources"] if one["address"] == address)
    return found


def table(of: Report, language: str = "en", width: int = 80) -> str:
    return FACTS_REPORTS["table"](replace(of, facts_only=True), language, Style(False, width))


def test_the_whole() -> None:
    data = facts(everything())
    assert (data["schema"], data["as_of"]) == ("sovlint-facts/1", "2026-11-24")
    assert [one["address"] for one in data["resources"]] == [
        "outscale_volume.archive",
        "aws_cloudfront_distribution.portal",
        "aws_thing.x",
        "google_bigquery_dataset.stats",
        "module.claims.aws_db_instance.claims",
        'module.claims.aws_s3_bucket.files["a"]',
        'module.claims.aws_s3_bucket.files["b"]',
    ]


def test_a_resource_key_by_key() -> None:
    (found,) = facts(report([Placed(DATABASE, Classes((health(TAG),)), (PARIS,))]))[
        "resources"
    ]
    assert len(found.pop("placements")) == 1
    assert found == {
        "address": "module.claims.aws_db_instance.claims",
        "type": "aws_db_instance",
        "front_end": "terraform",
        "root": "envs/prod",
        "variant": None,
        "library": False,
        "exists": True,
        "path": "modules/claims/main.tf",
        "line": 12,
        "end_line": 18,
        "data": [
            {"class": "health", "how": "declared",
             "because": [{"path": "modules/claims/main.tf", "line": 17, "note": "health data declared here"}]},
        ],
        "unknown": {},
    }  # fmt: skip


def test_an_unknown_fact_is_null_with_its_reason_and_what_is_known_of_it() -> None:
    (place,) = of_resource('module.claims.aws_s3_bucket.files["a"]')["placements"]
    assert (place["region"], place["country"], place["area"]) == (None, None, ["EEA", "EU"])
    assert place["unknown"] == {
        "region": "unset-variable: var.region",
        "country": "unset-variable: var.region",
        "qualifications.hds": "no-evidence: ordered separately",
    }
    assert place["among"] == {"region": ["eu-south-1", "eu-west-3"], "country": ["FR", "IT"]}
    assert place["qualifications"] == []


def test_an_unknown_list_is_null_too() -> None:
    place = of_resource("google_bigquery_dataset.stats")["placements"][0]
    assert (place["area"], place["unknown"]["area"]) == (None, "unset-variable: var.region")


def test_a_multi_region_has_areas_and_no_country() -> None:
    place = of_resource("google_bigquery_dataset.stats")["placements"][1]
    assert (place["region"], place["country"], place["area"]) == ("EU", None, ["EEA", "EU"])
    assert place["unknown"]["country"] == "multi-valued: EU"


def test_a_service_without_a_region_is_global() -> None:
    found = of_resource("aws_cloudfront_distribution.portal")
    (place,) = found["placements"]
    assert (place["region"], place["country"], "country" in place["unknown"]) == (
        "global",
        None,
        True,
    )
    assert (found["exists"], found["unknown"]["exists"]) == (None, "unset-variable: var.cdn")
    assert (place["exists"], place["unknown"]["exists"]) == (None, "unset-variable: var.cdn")


def test_data_that_is_not_known_is_null_and_what_is_declared_stays() -> None:
    unlabelled = of_resource("aws_cloudfront_distribution.portal")
    assert (unlabelled["data"], unlabelled["unknown"]["data"]) == (
        None,
        "unset-variable: var.tags",
    )
    declared = of_resource('module.claims.aws_s3_bucket.files["a"]')
    assert [claim["class"] for claim in declared["data"]] == ["health"]
    assert declared["unknown"]["data"] == "unset-variable: var.tags"
    assert of_resource("aws_thing.x")["data"] == []


def test_a_type_that_nobody_knows_has_no_role() -> None:
    (place,) = of_resource("aws_thing.x")["placements"]
    assert (place["role"], place["unknown"]["role"]) == (None, "not-in-catalogue: aws_thing")


def test_qualifications_held_are_listed_with_their_end() -> None:
    (place,) = of_resource("outscale_volume.archive")["placements"]
    assert place["qualifications"] == [
        {"name": "hds", "version": "v2", "offer": None, "until": None, "attested": "dpo"},
        {
            "name": "secnumcloud",
            "version": "3.2",
            "offer": "IaaS Cloud on Demand",
            "until": "2026-11-30",
        },
    ]


def test_flows_name_both_ends() -> None:
    source = {
        "root": "envs/prod",
        "variant": None,
        "address": "module.claims.aws_db_instance.claims",
    }
    target = {**source, "address": 'module.claims.aws_s3_bucket.files["a"]'}
    assert facts(everything())["flows"] == [
        {
            "kind": "logs",
            "from": source,
            "to": {"provider": "datadog"},
            "path": "modules/claims/main.tf",
            "line": 12,
        },
        {
            "kind": "replication",
            "from": source,
            "to": target,
            "path": "modules/claims/main.tf",
            "line": 17,
        },
    ]


def test_sensitive_members_are_not_listed() -> None:
    hidden = Unknown(
        Reason.UNSET_VARIABLE, "var.region", among=unset("r", "a", "b").among, sensitive=True
    )
    (found,) = facts(report([Placed(DATABASE, Classes(), (placement(region=hidden),))]))[
        "resources"
    ]
    assert found["placements"][0]["among"] == {}


def test_output_is_the_same_whatever_the_order() -> None:
    whole = everything()
    placed, flows = list(whole.placed), list(whole.flows)
    random.Random(3).shuffle(placed)
    placed = [replace(one, placements=tuple(reversed(one.placements))) for one in placed]
    again = replace(whole, placed=tuple(placed), flows=tuple(reversed(flows)))
    assert facts(again) == facts(whole)


@pytest.mark.parametrize(("language", "width"), [("en", 80), ("fr", 80), ("en", 160)])
def test_the_table_reads_well(
    language: str, width: int, snapshot: Callable[[str, str], None]
) -> None:
    snapshot(f"facts.{language}.{width}.txt", table(everything(), language, width))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_table_fits(language: str, width: int) -> None:
    assert max(map(columns_of, table(everything(), language, width).splitlines())) <= width


def test_the_table_says_all_facts_at_any_width() -> None:
    for width in (50, 80, 200):
        words = " ".join(table(everything(), width=width).split())
        assert "secnumcloud 3.2" in words
        assert "region (var.region has no value)" in words
        assert "eu-south-1 or eu-west-3" in words
        assert "broken.tf:4:9: a block isn't closed" in words


def test_the_table_shows_escapes_as_text() -> None:
    about = resource("aws_s3_bucket.\x1b[2J", "a\x07.tf", 1, root="r\x9b")
    rendered = table(report([Placed(about, Classes(), (placement(region="\x1b"),))]))
    assert all(char == "\n" or char.isprintable() for char in rendered)
    assert "\\x1b[2J" in rendered


def test_a_resource_without_placements_and_a_library_are_named_so() -> None:
    about = resource("module.remote", "main.tf", 1, root="modules/x", library=True)
    rendered = table(report([Placed(about, Classes(), ())]))
    assert "in a library" in rendered
    assert "Not placed" in rendered


def test_nothing_found_is_said() -> None:
    assert table(report(coverage=Coverage(files=2))).startswith("2 files, 0 resources")


def test_failures_are_in_the_order_of_the_file() -> None:
    failures = [Failure("a.tf", line, 1, Note("edit.takes-no-tags")) for line in (11, 7)]
    rendered = table(report(failures=failures))
    assert rendered.index("a.tf:7:1") < rendered.index("a.tf:11:1")


def table_of(placed: list[Placed], **asked: Any) -> list[str]:
    style = Style(**{"color": False, "width": 100, **asked})
    return FACTS_REPORTS["table"](report(placed), "en", style).splitlines()


def test_the_table_groups_by_company_and_names_the_first_of_what_is_alike() -> None:
    placed = [
        Placed(
            resource(f"aws_s3_bucket.b{number}", "main.tf", number + 1),
            Classes(),
            (placement(),),
        )
        for number in range(10)
    ]
    lines = table_of(placed)
    assert "Amazon Web Services (aws): 10 placements" in lines
    assert sum("at rest  eu-west-3" in line for line in lines) == 1
    assert sum("aws_s3_bucket.b" in line for line in lines) == 3
    assert "    and 7 more (`--full` names them all)" in lines
    assert sum("aws_s3_bucket.b" in line for line in table_of(placed, full=True)) == 10


def test_the_table_hides_configuration_unless_it_is_asked_for() -> None:
    placed = [
        Placed(DATABASE, Classes(), (PARIS,)),
        Placed(
            resource("aws_iam_role.r", "main.tf", 1), Classes(), (placement(role="config"),)
        ),
    ]
    told = (
        "1 resource of configuration, which carries no payload, isn't shown (`--config-too`)."
    )
    hidden, shown = table_of(placed), table_of(placed, config=True)
    assert (told in hidden, any("aws_iam_role" in line for line in hidden)) == (True, False)
    assert (told in shown, any("aws_iam_role" in line for line in shown)) == (False, True)


def test_whoever_nobody_knows_stands_last_and_nothing_is_left_out() -> None:
    unknown = placement(provider=unset("cloud"), provider_name="")
    unplaced = resource("x.nowhere", "main.tf", 9)
    lines = table_of(
        [
            *(
                Placed(resource(f"a.u{number}", "main.tf", number + 1), Classes(), (unknown,))
                for number in range(3)
            ),
            Placed(DATABASE, Classes(), (PARIS,)),
            Placed(unplaced, Classes(), ()),
        ]
    )
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert titles[:3] == [
        "Amazon Web Services (aws): 1 placement",
        "unknown company: 3 placements",
        "Not placed",
    ]
    assert any("x.nowhere" in line for line in lines)

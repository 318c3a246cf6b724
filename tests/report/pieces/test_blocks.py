"""One block for one placement, and one for instances that are alike."""

from __future__ import annotations

from typing import Any

import pytest

from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.placement import How
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report.messages import say
from sovlint.report.pieces.blocks import MOST_PLACES, Other, blocks
from sovlint.report.pieces.fact_words import fact_text
from tests.report.build import (
    DATABASE,
    HEARSAY,
    PARIS,
    PROVIDER_BLOCK,
    SEAT,
    TAG,
    finding,
    health,
    placement,
    resource,
    said,
    span,
    step,
    unset,
)


def test_policies_on_one_placement_share_a_block_worst_first() -> None:
    found = [
        finding("d-note", DATABASE, PARIS, said("d"), severity=Severity.NOTE),
        finding("b-unproven", DATABASE, PARIS, said("b"), verdict=Verdict.UNPROVEN),
        finding("c-warning", DATABASE, PARIS, said("c"), severity=Severity.WARNING),
        finding("a-violation", DATABASE, PARIS, said("a")),
    ]
    (block,) = blocks(found, "en")
    assert [one.policy for one in block.findings] == [
        "a-violation",
        "b-unproven",
        "c-warning",
        "d-note",
    ]


def test_a_place_that_led_to_several_findings_is_shown_once() -> None:
    found = [
        finding(
            name,
            DATABASE,
            PARIS,
            said(name),
            claims=(health(TAG),),
            because=(PROVIDER_BLOCK,),
        )
        for name in "abc"
    ]
    (block,) = blocks(found, "en")
    assert [mark.label for mark in block.marks] == [
        "module.claims.aws_db_instance.claims, in envs/prod",
        "health data declared here",
        "provider configured here",
        "region comes from this default",
        "module called here",
    ]
    assert [mark.primary for mark in block.marks] == [True, False, False, False, False]


def test_two_placements_of_one_resource_are_two_blocks() -> None:
    replica = placement(role="replica", region="eu-west-2", country="GB", area=())
    found = [finding("p", DATABASE, place, said("same")) for place in (PARIS, replica)]
    assert len(blocks(found, "en")) == 2


def test_compliant_findings_have_a_block_of_their_own_at_the_end() -> None:
    found = [
        finding("ok", DATABASE, PARIS, said("fine"), verdict=Verdict.COMPLIANT),
        finding("bad", DATABASE, PARIS, said("bad"), severity=Severity.NOTE),
    ]
    assert [[one.policy for one in block.findings] for block in blocks(found, "en")] == [
        ["bad"],
        ["ok"],
    ]


def test_instances_that_are_alike_are_told_once() -> None:
    found = []
    for key in "cab":
        one = resource(f'aws_s3_bucket.files["{key}"]', "main.tf", 1)
        found.append(finding("p", one, PARIS, said(f"lands in {one.address}")))
    (block,) = blocks(found, "en")
    assert block.findings[0].resource.address == 'aws_s3_bucket.files["a"]'
    assert block.others == (
        Other('aws_s3_bucket.files["b"], in envs/prod'), Other('aws_s3_bucket.files["c"], in envs/prod'),
    )  # fmt: skip


def declared(name: str, line: int, tag_line: int, **changes: object) -> Finding:
    """A bucket of main.tf, whose tag stands at ``tag_line`` and whose provider block is that of everybody."""
    one = resource(
        f"aws_s3_bucket.{name}",
        "main.tf",
        line,
        where=span("main.tf", line, 1, 30, line + 7),
        root="",
    )
    tag = step("main.tf", tag_line, 3, 10, "declared here")
    fields: dict[str, Any] = {
        "claims": (health(tag),),
        "because": (PROVIDER_BLOCK,),
        **changes,
    }
    return finding("p", one, fields.pop("placed", PARIS), said(f"in {one.address}"), **fields)


def test_resources_that_differ_in_their_names_only_are_told_once_each_with_its_place() -> (
    None
):
    (block,) = blocks(
        [declared("b", 9, 12), declared("a", 1, 4), declared("c", 20, 22)], "en"
    )
    assert block.findings[0].resource.address == "aws_s3_bucket.a"
    assert block.others == (
        Other("aws_s3_bucket.b", span("main.tf", 9, 1, 30, 16)),
        Other("aws_s3_bucket.c", span("main.tf", 20, 1, 30, 27)),
    )  # fmt: skip
    assert [(mark.span.line, mark.own) for mark in block.marks] == [
        (1, False),
        (4, True),
        (2, False),
        (7, False),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"severity": Severity.WARNING},
        {"verdict": Verdict.UNPROVEN},
        {"claims": (health(step("main.tf", 10, 3, 10, "declared here"), How.INFERRED),)},
        {"claims": (health(step("main.tf", 10, 3, 10, "suggested by its name")),)},
        {"claims": (health(step("main.tf", 30, 3, 10, "declared here")),)},
        {"placed": placement(region="eu-west-2", country="GB")},
        {"placed": placement(control=("FR",))},
        {"because": (TAG,)},
        {"remarks": (said("only this one"),)},
    ],
)
def test_resources_that_differ_in_more_than_their_names_have_blocks_of_their_own(
    changes: dict[str, Any],
) -> None:
    found = [declared("a", 1, 4), declared("b", 9, 10, **changes), declared("c", 20, 22)]
    assert len(blocks(found, "en")) == 2


def test_the_most_frequent_role_speaks_for_all_and_others_are_named() -> None:
    found = [
        declared("a", 1, 4, placed=placement(role="compute")), declared("b", 9, 12), declared("c", 20, 22),
    ]  # fmt: skip
    (block,) = blocks(found, "en")
    assert block.findings[0].resource.address == "aws_s3_bucket.b"
    assert [other.subject for other in block.others] == [
        "aws_s3_bucket.c",
        "aws_s3_bucket.a (compute)",
    ]


def test_roles_that_a_headline_names_do_not_keep_blocks_apart() -> None:
    def at(role: str) -> Finding:
        params = {
            "data": "Data",
            "role": role,
            "provider": "with X",
            "place": "here",
            "found": (said("outside"),),
        }
        return finding("p", DATABASE, placement(role=role), Note("policy.headline", params))

    (block,) = blocks([at("at-rest"), at("compute")], "en")
    assert [other.subject for other in block.others] == [
        f"{DATABASE.address}, in envs/prod (compute)"
    ]


def test_a_block_has_the_sources_of_all_that_it_is_about() -> None:
    (block,) = blocks(
        [declared("a", 1, 4, sources=(SEAT,)), declared("b", 9, 12, sources=(HEARSAY, SEAT))],
        "en",
    )
    assert block.sources == (SEAT, HEARSAY)


def test_the_root_is_not_repeated_where_the_path_says_it() -> None:
    at_home = resource("aws_s3_bucket.x", "envs/prod/main.tf", 1)
    (block,) = blocks([finding("p", at_home, PARIS, said("s"))], "en")
    assert block.marks[0].label == "aws_s3_bucket.x"


def test_variants_that_differ_in_what_is_said_stay_apart() -> None:
    one = resource("aws_s3_bucket.x", "main.tf", 1, variant="a.tfvars")
    other = resource("aws_s3_bucket.x", "main.tf", 1, variant="b.tfvars")
    found = [
        finding("p", one, PARIS, said("in Paris")),
        finding("p", other, placement(region="eu-west-2"), said("in London")),
    ]
    assert len(blocks(found, "en")) == 2
    alike = [
        finding("p", one, PARIS, said("in Paris")),
        finding("p", other, PARIS, said("in Paris")),
    ]
    (block,) = blocks(alike, "en")
    assert block.others == (Other("aws_s3_bucket.x, in envs/prod read with b.tfvars"),)


def test_facts_that_differ_keep_blocks_apart_whatever_is_said() -> None:
    found = [
        finding("p", resource(f"aws_s3_bucket.x[{index}]", "main.tf", 1), place, said("same"))
        for index, place in enumerate(
            (PARIS, placement(region=unset("region", "eu-west-3", "eu-north-1")))
        )
    ]
    assert len(blocks(found, "en")) == 2


def test_worse_blocks_come_first_then_places_in_order() -> None:
    def at(
        path: str, line: int, severity: Severity, verdict: Verdict = Verdict.VIOLATION
    ) -> object:
        about = resource("aws_s3_bucket.x", path, line)
        return finding(
            "p", about, PARIS, said(f"{path}:{line}"), severity=severity, verdict=verdict
        )

    found = [
        at("a.tf", 1, Severity.WARNING), at("b.tf", 9, Severity.ERROR), at("b.tf", 2, Severity.ERROR),
        at("a.tf", 5, Severity.ERROR, Verdict.UNPROVEN),
    ]  # fmt: skip
    order = [
        (block.marks[0].span.path, block.marks[0].span.line) for block in blocks(found, "en")
    ]  # type: ignore[arg-type]
    assert order == [("b.tf", 2), ("b.tf", 9), ("a.tf", 5), ("a.tf", 1)]


def test_many_places_are_cut_and_the_rest_counted() -> None:
    because = tuple(
        step("x.tf", line, 1, 5, f"seen {line}") for line in range(1, MOST_PLACES + 4)
    )
    (block,) = blocks(
        [
            finding(
                "p",
                resource("a.b", "m.tf", 1),
                placement(because=()),
                said("s"),
                because=because,
            )
        ],
        "en",
    )
    assert len(block.marks) == 1 + MOST_PLACES
    assert block.marks[-1].label == "seen 10 (and 3 more places (see --format json))"


def test_a_state_that_is_not_known_is_a_word_and_no_code() -> None:
    among = Known(("GB",)), Known(("GB", "ZZ"))
    control = Unknown(Reason.NO_EVIDENCE, "owners", among=among)
    assert fact_text(control, "en") == "GB and perhaps others"
    assert fact_text(control, "fr") == "GB et peut-être d'autres"
    several = Unknown(
        Reason.MULTI_VALUED, "region", among=(Known(("FR",)), Known(("FR", "US")))
    )
    assert fact_text(several, "en") == "FR+US or FR"


def test_what_is_not_known_is_not_named_twice() -> None:
    assert say(Unknown(Reason.NO_EVIDENCE, "region").why(), "fr") == "rien ici ne le dit"
    assert (
        say(Unknown(Reason.NOT_IN_CATALOGUE, "region").why(), "fr")
        == "la région n'est pas au catalogue"
    )

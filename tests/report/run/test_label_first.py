"""What to label first, as the map tells it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sovlint.model.findings.finding import Coverage, Report, ToLabel
from sovlint.model.placement import Classes, How, Placed
from sovlint.report import MAP_REPORTS
from sovlint.report.pieces.landings import landings
from sovlint.report.pieces.style import Style
from sovlint.report.run import label_first
from tests.report.build import (
    DATABASE,
    PARIS,
    TAG,
    finding,
    health,
    placement,
    report,
    resource,
    said,
)


def told(of: Report, language: str = "en") -> str:
    return MAP_REPORTS["text"](of, language, Style(color=False, width=80))


def unlabelled() -> Report:
    bucket = resource('aws_s3_bucket.files["a"]', "envs/prod/main.tf", 3)
    service = resource("compose:db", "compose.yaml", 2, front_end="compose", root=None)
    runs = resource("aws_lambda_function.f", "a.tf", 1)
    placed = [
        Placed(runs, Classes(), (placement(role="compute"),)),
        Placed(bucket, Classes(), (PARIS,)),
        Placed(service, Classes(), (PARIS,)),
    ]
    found = report(placed, [], coverage=Coverage(files=3, resources=3, placed=3))
    return replace(found, label_first=offered(found))


def offered(of: Report) -> tuple[ToLabel, ...]:
    """What to label first, each with a command where one could do it, as whoever tried them says."""
    first = label_first.label_first(landings(of), of)
    return tuple(
        replace(one, command=("sovlint", "label", one.resource.address, one.data_class))
        if one.resource.front_end == "terraform"
        else one
        for one in first
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_keeps_data_comes_before_what_computes_with_it(language: str) -> None:
    rendered = told(unlabelled(), language)
    lines = [line.strip() for line in rendered.splitlines()]
    assert lines[2].startswith(("not judged  Amazon", "non jugé  Amazon"))
    first = lines.index("""sovlint label 'aws_s3_bucket.files["a"]' health""")
    then = lines.index("sovlint label aws_lambda_function.f health")
    assert first < then
    squeezed = " ".join(rendered.replace("\u00a0", " ").split())
    below = {"en": "below `data:` and", "fr": "sous `data:` et"}[language]
    assert f"{below} `paths:`" in squeezed
    assert 'sovlint.yaml, `"compose.yaml": [health]`' in squeezed
    assert "sovlint scan --assume health" in rendered


def test_the_company_with_most_placements_comes_first() -> None:
    """A label there says most: among stores, before the one with the widest reach."""
    at_aws = [resource(f"aws_s3_bucket.b{n}", f"z{n}.tf", 1) for n in range(3)]
    at_oracle = resource("oci_bucket.o", "a.tf", 1)
    oracle = placement(provider="oracle", provider_name="Oracle", control=("GB", "US"))
    placed = [
        Placed(at_oracle, Classes(), (oracle,)),
        *(Placed(one, Classes(), (placement(),)) for one in at_aws),
    ]
    found = report(placed, [], coverage=Coverage(files=4, resources=4, placed=4))
    first, *_ = label_first.label_first(landings(found), found)
    assert first.resource.address == "aws_s3_bucket.b0"


def test_what_only_names_suggest_is_to_be_labelled_first() -> None:
    """Nobody declared anything: there are findings, and what to label all the same, what is suspected first."""
    bucket = resource("aws_s3_bucket.patients", "z.tf", 3, root="envs/prod")
    claims = (health(None, How.INFERRED, "claims"),)
    found = [finding("health-data-in-eea", bucket, PARIS, said("x"), claims=claims)]
    rest = list(unlabelled().placed)
    suspected = report([Placed(bucket, Classes(claims), (PARIS,)), *rest], found)
    suspected = replace(suspected, label_first=offered(suspected))
    rendered = told(suspected)
    first = rendered.index("sovlint label aws_s3_bucket.patients claims")
    assert first < rendered.index("aws_s3_bucket.files")
    assert "What to label first" not in told(replace(suspected, assumed="health"))
    declared = Placed(DATABASE, Classes((health(TAG),)), (PARIS,))
    assert "What to label first" not in told(report([declared, *rest], found))

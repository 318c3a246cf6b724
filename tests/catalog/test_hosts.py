"""Hosts: what a host proves, and that nothing is proved of what isn't known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.catalog import compile
from sovlint.catalog.hosts import Host, Match, known, match, pattern

PATTERNS = [pattern(entry) for entry in compile.index()["endpoints"].values()]

Parts = tuple[str | None, ...]


def found(*parts: str | None) -> Match | None:
    host = known(parts)
    return match(PATTERNS, host) if host else None


@pytest.mark.parametrize(
    ("host", "provider", "service", "region"),
    [
        ("s3.fr-par.scw.cloud", "scaleway", "object-storage", "fr-par"),
        ("claims.s3.fr-par.scw.cloud", "scaleway", "object-storage", "fr-par"),
        ("S3.FR-PAR.SCW.CLOUD", "scaleway", "object-storage", "fr-par"),
        ("s3.gra.io.cloud.ovh.net", "ovhcloud", "public-cloud", "gra"),
        ("auth.cloud.ovh.net", "ovhcloud", "public-cloud", None),
        ("oos.eu-west-2.outscale.com", "outscale", "object-storage", "eu-west-2"),
        ("claims.s3.eu-west-3.amazonaws.com", "aws", "s3", "eu-west-3"),
        ("claims.s3.amazonaws.com", "aws", "s3", None),
        ("s3.cn-north-1.amazonaws.com.cn", "aws-china", None, "cn-north-1"),
        ("s3.eusc-de-east-1.amazonaws.eu", "aws-european-sovereign-cloud", "s3", "eusc-de-east-1"),
        ("europe-west9-docker.pkg.dev", "google-cloud", "artifact-registry", "europe-west9"),
        ("storage.s3nsapis.fr", "s3ns", "storage", None),
        ("app.terraform.io", "hashicorp", "state", None),
        ("claims.blob.core.windows.net", "microsoft-azure", "storage", None),
        ("s3.gra.io.cloud.ovh.us", "ovhcloud-us", "public-cloud", "gra"),
    ],
)  # fmt: skip
def test_a_known_host_proves_what_its_most_specific_pattern_says(
    host: str, provider: str, service: str | None, region: str | None
) -> None:
    got = found(host)
    assert got is not None
    assert (got.provider, got.service, got.region, got.region_hole) == (provider, service, region, False)


@pytest.mark.parametrize(
    "parts",
    [
        ("amazonaws.com.example.org",),
        ("notscaleway.com",),
        ("evilscw.cloud",),
        ("s3.example.org",),
        ("localhost",),
        ("",),
        (None,),
        ("s3.fr-par.scw.cloud", None),
        (None, ".com"),
        (None, ".cloud"),
        (None, "naws.com"),
        ("..scw.cloud",),
        ("s3.fr-par.scw.cloud.",),
    ],
)
def test_nothing_is_proved_of_a_host_that_is_unlisted_or_whose_domain_is_unknown(parts: Parts) -> None:
    assert found(*parts) is None


def test_a_hole_where_the_region_stands_leaves_the_provider_known() -> None:
    assert found("s3.", None, ".io.cloud.ovh.net") == Match(
        "ovhcloud", "public-cloud", None, region_hole=True, source="0:endpoints.yaml#ovh-code"
    )


def test_a_hole_left_of_the_region_leaves_the_region_known() -> None:
    got = found(None, ".s3.fr-par.scw.cloud")
    assert got is not None
    assert (got.provider, got.service, got.region, got.region_hole) == ("scaleway", "object-storage", "fr-par", False)


@pytest.mark.parametrize(
    "parts",
    [
        ("https://s3.fr-par.scw.cloud",),
        ("s3.fr-par.scw.cloud:443",),
        ("example.org/s3.fr-par.scw.cloud",),
        (None, "/s3.fr-par.scw.cloud"),
        ("example.org?x=s3.fr-par.scw.cloud",),
        ("user@s3.fr-par.scw.cloud",),
        ("example.org#.s3.fr-par.scw.cloud",),
        ("example.org\\.s3.fr-par.scw.cloud",),
        ("example.org .s3.fr-par.scw.cloud",),
    ],
)
def test_nothing_is_proved_of_what_is_no_bare_host(parts: Parts) -> None:
    assert known(parts) is None


def test_patterns_of_two_companies_under_one_domain_prove_nothing_through_a_hole() -> None:
    patterns = [
        pattern({"host": "**.shared.example", "provider": "one"}),
        pattern({"host": "x.shared.example", "provider": "two"}),
    ]
    hole = Host(("example", "shared"), open=True)
    assert match(patterns, hole) is None
    assert match(patterns, Host(("example", "shared", "x"))) is not None


@pytest.mark.parametrize(
    ("tail", "provider"), [("-api", "one"), ("pi", "one"), ("-x", "two"), ("-other", None), ("", None)]
)
def test_what_is_known_of_the_label_at_the_hole_tells_patterns_apart(tail: str, provider: str | None) -> None:
    patterns = [
        pattern({"host": "{region}-api.shared.example", "provider": "one"}),
        pattern({"host": "{region}-x.shared.example", "provider": "two"}),
    ]
    got = match(patterns, Host(("example", "shared"), open=True, tail=tail))
    assert (got.provider if got else None) == provider


def test_a_literal_host_is_not_guessed_from_its_domain() -> None:
    patterns = [pattern({"host": "api.shared.example", "provider": "one"})]
    assert match(patterns, Host(("example", "shared"), open=True)) is None
    assert match(patterns, Host(("example", "shared"), open=True, tail="api")) is None


LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
SAMPLES = sorted(compile.index()["endpoints"])


@st.composite
def hosts(draw: st.DrawFn) -> str:
    """Hosts near the patterns: one of them with its wildcards filled in, or with a stranger's domain after it."""
    written = draw(st.sampled_from(SAMPLES))
    while "**" in written:
        written = written.replace("**", ".".join(draw(st.lists(LABEL, min_size=1, max_size=3))), 1)
    while "*" in written:
        written = written.replace("*", draw(LABEL), 1)
    return written.replace("{region}", draw(LABEL))


@given(hosts())
def test_every_pattern_matches_what_it_was_made_from(host: str) -> None:
    assert found(host) is not None


@given(hosts(), LABEL)
def test_a_domain_of_somebody_else_after_the_host_proves_nothing(host: str, label: str) -> None:
    assert found(f"{host}.{label}.example") is None


@given(hosts(), st.data())
def test_a_hole_never_proves_what_filling_it_in_denies(host: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(host)))
    end = data.draw(st.integers(start, len(host)))
    through_hole = found(host[:start], None, host[end:])
    if through_hole is None:
        return
    whole = found(host)
    assert whole is not None
    assert whole.provider == through_hole.provider
    if through_hole.service is not None:
        assert whole.service == through_hole.service
    if through_hole.region is not None:
        assert whole.region == through_hole.region


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=4))
def test_any_text_at_all_gives_an_answer(parts: list[str | None]) -> None:
    got = found(*parts)
    assert got is None or got.provider

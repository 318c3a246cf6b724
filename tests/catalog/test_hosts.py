"""Hosts: what a host proves, and that nothing is proved of what isn't known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sovlint.catalog import shipped
from sovlint.catalog.hosts import AgreedMatch, Host, Pattern, known, pattern
from sovlint.catalog.trie import Hosts, TrieNode, grouped, trie
from tests.catalog.slow_hosts import scan

ENTRIES = [
    *shipped.index()["endpoints"].values(),
    *shipped.index()["not_placements"].values(),
]
PATTERNS = [pattern(entry) for entry in ENTRIES]
SHIPPED = Hosts(shipped.index()["hosts"])

Parts = tuple[str | None, ...]


def found(*parts: str | None) -> AgreedMatch | None:
    host = known(parts)
    return SHIPPED.match(host) if host else None


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
        ("s3.cn-north-1.amazonaws.com.cn", "aws-china", "s3", "cn-north-1"),
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
    assert (got.provider, got.service, got.region, got.region_hole) == (
        provider,
        service,
        region,
        False,
    )


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
def test_nothing_is_proved_of_a_host_that_is_unlisted_or_whose_domain_is_unknown(
    parts: Parts,
) -> None:
    assert found(*parts) is None


def test_a_hole_where_the_region_stands_leaves_the_provider_known() -> None:
    assert found("s3.", None, ".io.cloud.ovh.net") == AgreedMatch(
        "ovhcloud",
        "public-cloud",
        None,
        region_hole=True,
        source="0:endpoints.yaml#ovh-storage",
    )


def test_a_hole_left_of_the_region_leaves_the_region_known() -> None:
    got = found(None, ".s3.fr-par.scw.cloud")
    assert got is not None
    assert (got.provider, got.service, got.region, got.region_hole) == (
        "scaleway",
        "object-storage",
        "fr-par",
        False,
    )


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


def match(patterns: list[Pattern], host: Host) -> AgreedMatch | None:
    """What a trie of these patterns finds, made through the same groups as an index."""
    entries = [
        {
            "host": ".".join((*(["**"] if one.open else []), *reversed(one.labels))),
            "provider": one.provider,
            "service": one.service,
            "region": one.region,
            "source": one.source,
        }
        for one in patterns
    ]
    return Hosts(grouped(entries)).match(host)


def test_patterns_of_two_companies_under_one_domain_prove_nothing_through_a_hole() -> None:
    patterns = [
        pattern({"host": "**.shared.example", "provider": "one"}),
        pattern({"host": "x.shared.example", "provider": "two"}),
    ]
    hole = Host(("example", "shared"), open=True)
    assert match(patterns, hole) is None
    assert match(patterns, Host(("example", "shared", "x"))) is not None


@pytest.mark.parametrize(
    ("tail", "provider"),
    [("-api", "one"), ("pi", "one"), ("-x", "two"), ("-other", None), ("", None)],
)
def test_what_is_known_of_the_label_at_the_hole_tells_patterns_apart(
    tail: str, provider: str | None
) -> None:
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


def test_the_first_label_from_the_right_that_differs_tells_which_is_more_specific() -> None:
    patterns = [
        pattern({"host": host, "provider": host})
        for host in (
            "**.example.net", "*.example.net", "api.example.net", "{region}-api.example.net",
            "{region}-x-api.example.net", "s3.*.example.net", "*.api.example.net", "**.corp", "a.*.corp",
        )
    ]  # fmt: skip
    expected = {
        "api.example.net": "api.example.net",
        "one-api.example.net": "{region}-api.example.net",
        "one-x-api.example.net": "{region}-x-api.example.net",
        "-api.example.net": "*.example.net",
        "other.example.net": "*.example.net",
        "s3.api.example.net": "*.api.example.net",
        "s3.other.example.net": "s3.*.example.net",
        "a.s3.api.example.net": "**.example.net",
        "a.b.corp": "a.*.corp",
        "b.corp": "**.corp",
        "corp": None,
        "example.net": None,
    }
    for host, provider in expected.items():
        read = known((host,))
        got = match(patterns, read) if read else None
        assert (got.provider if got else None) == provider, host


def test_a_region_beside_the_host_is_that_of_the_whole_pattern() -> None:
    patterns = [
        pattern({"host": "**.casa.example", "provider": "casa"}),
        pattern({"host": "**.eu.casa.example", "provider": "casa", "region": "EU"}),
    ]
    got = match(patterns, Host(("example", "casa", "eu", "api")))
    assert got is not None
    assert got.region == "EU"
    hole = match(patterns, Host(("example", "casa"), open=True))
    assert hole is not None
    assert (hole.provider, hole.region) == ("casa", None)


def test_that_it_may_be_documentation_says_nothing_against_a_provider() -> None:
    patterns = [
        pattern({"host": "**.casa.example", "provider": "casa"}),
        pattern({"host": "docs.casa.example"}),
    ]
    docs, hole = (
        match(patterns, Host(("example", "casa", "docs"))),
        match(patterns, Host(("example", "casa"), True)),
    )
    assert docs is not None
    assert docs.provider is None
    assert hole is not None
    assert hole.provider == "casa"
    certain = match(patterns, Host(("example", "casa", "docs", "a")))
    assert certain is not None
    assert certain.provider == "casa"


LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
SAMPLES = sorted(entry["host"] for entry in ENTRIES)


@st.composite
def hosts(draw: st.DrawFn) -> str:
    """Hosts near the patterns: one of them with its wildcards filled in, or with a stranger's domain after it."""
    written = draw(st.sampled_from(SAMPLES))
    while "**" in written:
        written = written.replace(
            "**", ".".join(draw(st.lists(LABEL, min_size=1, max_size=3))), 1
        )
    while "*" in written:
        written = written.replace("*", draw(LABEL), 1)
    return written.replace("{region}", draw(LABEL))


@given(hosts())
def test_every_pattern_matches_what_it_was_made_from(host: str) -> None:
    assert found(host) is not None


@given(hosts(), LABEL)
def test_a_domain_of_somebody_else_after_the_host_proves_nothing(
    host: str, label: str
) -> None:
    assert found(f"{host}.{label}.example") is None


@given(hosts(), st.data())
def test_a_hole_never_proves_what_filling_it_in_denies(
    host: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(host)))
    end = data.draw(st.integers(start, len(host)))
    through_hole = found(host[:start], None, host[end:])
    if through_hole is None:
        return
    whole = found(host)
    assert whole is not None
    if whole.provider is None:
        return  # documentation, which no setting reaches
    assert whole.provider == through_hole.provider
    if through_hole.service is not None:
        assert whole.service == through_hole.service
    if through_hole.region is not None:
        assert whole.region == through_hole.region


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=4))
def test_any_text_at_all_gives_an_answer(parts: list[str | None]) -> None:
    found(*parts)


# --- the trie against the obvious slow scan


@st.composite
def families(draw: st.DrawFn) -> list[Pattern]:
    """Patterns of few labels, so that many are alike, of which no two claim the same hosts."""
    label = st.sampled_from(
        ["a", "b", "aa", "ab", "*", "{region}", "a{region}", "{region}b", "a{region}b"]
    )
    made: dict[object, Pattern] = {}
    for number in range(draw(st.integers(1, 12))):
        labels = [draw(st.sampled_from(["a", "b"])), *draw(st.lists(label, max_size=3))]
        seen = [one if labels[:at].count(one) == 0 else "*" for at, one in enumerate(labels)]
        with_one_region = [
            one
            if "{region}" not in one or not any("{region}" in other for other in seen[:at])
            else "*"
            for at, one in enumerate(seen)
        ]
        one = Pattern(
            tuple(with_one_region),
            draw(st.booleans()),
            draw(st.sampled_from(["one", "two", None])),
            draw(st.sampled_from(["x", "y", None])),
            None,
            f"source {number}",
        )
        made.setdefault(one.shape, one)
    return list(made.values())


WRITTEN = st.sampled_from(["a", "b", "aa", "ab", "axb", "c"])


@settings(max_examples=500, deadline=None)
@given(
    families(),
    st.lists(WRITTEN, min_size=1, max_size=5),
    st.sampled_from([None, "", "b", "ab"]),
)
def test_the_trie_finds_what_trying_every_pattern_finds(
    patterns: list[Pattern], labels: list[str], tail: str | None
) -> None:
    host = Host(tuple(labels), tail is not None, tail or "")
    assert match(patterns, host) == scan(patterns, host)


@settings(deadline=None)
@given(hosts(), st.data())
def test_the_shipped_patterns_are_found_as_by_trying_every_one(
    host: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(host)))
    end = data.draw(st.integers(start, len(host)))
    for parts in ((host,), (host[:start], None, host[end:])):
        read = known(parts)
        if read is not None:
            assert SHIPPED.match(read) == scan(PATTERNS, read)


def test_no_two_patterns_that_ship_are_as_specific_for_one_host() -> None:
    assert len({one.shape for one in PATTERNS}) == len(PATTERNS)


def steps(patterns: list[Pattern], host: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many nodes of the trie a host meets."""
    met = 0
    onward = TrieNode.onward

    def counted(node: TrieNode, label: str) -> Iterator[TrieNode]:
        nonlocal met
        met += 1
        return onward(node, label)

    with monkeypatch.context() as patch:
        patch.setattr(TrieNode, "onward", counted)
        read = known((host,))
        assert read is not None
        assert match(patterns, read) is not None
    return met


def test_a_lookup_grows_with_the_labels_of_a_host_and_not_with_the_patterns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = [pattern({"host": "**.s3.{region}.amazonaws.com", "provider": "aws"})]
    many = few + [
        pattern({"host": host, "provider": "aws"})
        for number in range(3000)
        for host in (
            f"**.s{number}.{{region}}.amazonaws.com",
            f"s{number}.amazonaws.com",
            f"**.d{number}.example",
        )
    ]
    host = "claims.s3.eu-west-3.amazonaws.com"
    assert steps(many, host, monkeypatch) == steps(few, host, monkeypatch) == 5
    assert steps(many, f"{'a.' * 100}{host}", monkeypatch) == 5


def test_no_node_is_met_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    tangled = [
        Pattern((*labels[::-1], "a", "a"), True, "one")
        for labels in product(["a", "*"], repeat=8)
    ]
    nodes = 2**9 + 2
    assert steps(tangled, ".".join(["a"] * 120), monkeypatch) <= nodes


def test_of_two_patterns_that_claim_the_same_hosts_a_trie_keeps_the_later() -> None:
    """Which never happens in a checked catalogue, but must not depend on how they are stored."""
    one, other = (
        pattern({"host": host, "provider": "x"})
        for host in ("*.a.example", "{region}.a.example")
    )
    assert list(trie([one, other]).below()) == [other]

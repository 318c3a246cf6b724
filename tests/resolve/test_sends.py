"""What a resource sends by its own settings is a placement there; what it is linked to carries what it carries."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sovlint.model.attributes import NoAttributes
from sovlint.model.classrules import ClassRules
from sovlint.model.placement import Flow, Placed
from sovlint.model.resources.resource import TRUE, Binding, Labels, Named, Resource
from sovlint.model.resources.sent import Link, Sent, SentBy
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.resolve.resolver import resolve
from tests.resolve.house import DAY, catalog, classes, place, shown

PARIS = Named(Known("scaleway"), Known("fr-par"))


def at(path: str, line: int = 1) -> Span:
    return Span(path, line, 1, line, 9)


def made(
    address: str,
    kind: str = "Deployment",
    path: str = "a.yaml",
    data: str = "",
    links: Sequence[Link] = (),
    sends: Sequence[Sent] = (),
) -> Resource:
    """An object in a cluster at Scaleway Paris."""
    labels = (
        (Labels("kubernetes", Known({"data": Known(data)}), at(path), ("data",)),)
        if data
        else ()
    )
    return Resource(
        address, kind, "kubernetes", None, None, False, TRUE, at(path), NoAttributes(), Binding("kubernetes"), PARIS,
        labels, links=tuple(links), sends=tuple(sends),
    )  # fmt: skip


def sent(
    value: object, role: str = "logs", provider: str | None = None, region: str | None = None
) -> Sent:
    given_ = value if isinstance(value, Unknown) else Known(value)
    return Sent(
        given_,
        at("a.yaml", 7),
        role,
        "env URL",
        provider,
        None if region is None else Known(region),
    )


def run(*resources: Resource) -> tuple[list[Placed], tuple[Flow, ...]]:
    placed, flows = resolve(resources, catalog(), ClassRules(), (), DAY)
    return list(placed), flows


def places(
    *sends: Sent, address: str = "k8s:-/Deployment/a"
) -> list[tuple[str, object, object]]:
    """Role, provider and region of each address that a workload sends to."""
    (only,), _ = run(made(address, sends=sends))
    assert place(only.placements[0]) == ("scaleway", "fr-par")
    return [(str(shown(each.role)), *place(each)) for each in only.placements[1:]]


def test_an_address_outside_is_a_placement_of_its_own() -> None:
    assert places(sent("https://s3.fr-par.scw.cloud", "at-rest")) == [
        ("at-rest", "scaleway", "fr-par")
    ]
    unlisted = "not-in-catalogue: host in.acme-errors.io"
    assert places(sent("https://in.acme-errors.io", "processor")) == [
        ("processor", unlisted, unlisted)
    ]


@pytest.mark.parametrize(
    "value",
    [
        "http://localhost:4317", "127.0.0.1:9200", "http://10.0.0.4", "collector:4317", "http://loki.logs.svc:3100",
        "https://errors.example.com/1", "smtp.test", "kafka-0.kafka.data.svc.cluster.local:9092,localhost:9092",
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_outside_is_no_placement(value: str) -> None:
    assert places(sent(value)) == []


@pytest.mark.parametrize(
    ("parts", "stays"),
    [
        (("http://claims-", None, ".core.internal"), True),
        (("http://", None, ".internal:8080/a"), True),
        (("http://claims.", None), False),
        (("http://claims.", None, "internal"), False),
    ],
)
def test_a_name_of_the_private_network_with_a_hole(
    parts: tuple[str | None, ...], stays: bool
) -> None:
    value = Unknown(Reason.TEMPLATED, "env", parts=parts)
    assert (places(sent(value)) == []) is stays


@pytest.mark.parametrize(
    ("value", "stays"),
    [("http://logs.nais-system:5170", True), ("http://logs.nais-system.fr", False)],
)
def test_a_service_by_its_name_and_namespace(value: str, stays: bool) -> None:
    assert (places(sent(value)) == []) is stays


def test_what_a_thing_is_called_by_is_its_own_address() -> None:
    """As far as it is known; an address of somebody else's under such a name is one."""
    name = "k8s:-/Deployment/search"
    address = Unknown(Reason.TEMPLATED, "x", parts=("https://search.", None))
    other = Unknown(Reason.TEMPLATED, "x", parts=("https://partner.", None))

    def told(value: Value, key: str) -> bool:
        found = Sent(value, at("a.yaml", 7), "processor", key, by=SentBy.ADDRESS)
        return places(found, address=name) != []

    assert not told(address, "SEARCH_BASE_URL")
    assert told(other, "SEARCH_BASE_URL")
    assert told(address, "PARTNER_URL")
    assert told(Known("https://search.com"), "SEARCH_URL")


def test_one_of_several_outside_keeps_the_placement() -> None:
    assert places(sent("localhost:9092,broker.acme-streams.io:9092")) != []


def test_an_unknown_address_is_an_unproven_placement() -> None:
    why = Unknown(Reason.NO_EVIDENCE, "secret errors")
    assert places(sent(why, "processor")) == [
        ("processor", "no-evidence: secret errors", "no-evidence: secret errors")
    ]
    holed = Unknown(Reason.TEMPLATED, "zone", parts=("https://s3.", None, ".scw.cloud"))
    assert places(sent(holed, "at-rest"))[0][1] == "scaleway"


def test_a_setting_may_prove_the_company_without_an_address() -> None:
    assert places(sent(None, provider="datadog"))[0][1] == "datadog"
    hidden = Unknown(Reason.NO_EVIDENCE, "secret datadog")
    assert places(sent(hidden, provider="datadog"))[0][1] == "datadog"
    assert places(sent(None, "ai", "aws", "eu-west-3")) == [("ai", "aws", "eu-west-3")]


def test_an_address_that_is_known_overrules_the_company_that_a_setting_suggests() -> None:
    assert places(sent("https://relay.acme-logs.io", provider="datadog"))[0][1] != "datadog"


def test_flows_tell_who_gets_it() -> None:
    _, flows = run(
        made(
            "k8s:-/Deployment/a",
            sends=(sent("https://s3.fr-par.scw.cloud", "backup"), sent("localhost")),
        )
    )
    assert [(flow.kind, flow.source.address, flow.target_provider) for flow in flows] == [
        ("backup", "k8s:-/Deployment/a", "scaleway")
    ]


CLAIM = "k8s:-/PersistentVolumeClaim/data"


def test_a_class_goes_along_a_link_and_comes_back_where_data_does() -> None:
    reader = made(
        "k8s:-/Job/reader", "Job", links=(Link("mount", CLAIM, at("a.yaml"), back=True),)
    )
    api = made(
        "k8s:-/Deployment/api",
        data="health",
        links=(Link("mount", CLAIM, at("a.yaml"), back=True),),
    )
    caller = made(
        "k8s:-/Deployment/web", links=(Link("call", "k8s:-/Deployment/api", at("a.yaml")),)
    )
    volume = made(CLAIM, "PersistentVolumeClaim")
    placed, _ = run(reader, api, caller, volume)
    assert [classes(each) for each in placed] == [
        {"health": "propagated"}, {"health": "declared"}, {}, {"health": "propagated"},
    ]  # fmt: skip


def test_a_config_map_passes_a_class_on_to_what_it_sends() -> None:
    settings = made(
        "k8s:-/ConfigMap/otel", "ConfigMap", sends=(sent(None, provider="datadog"),)
    )
    link = Link("config", "k8s:-/ConfigMap/otel", at("a.yaml"))
    placed, _ = run(made("k8s:-/Deployment/otel", data="health", links=(link,)), settings)
    assert classes(placed[1]) == {"health": "propagated"}
    assert [shown(each.role) for each in placed[1].placements] == ["config", "logs"]
    assert placed[1].placements[1].sent == "env URL"


def test_of_objects_of_one_name_the_nearest_by_folder_is_meant() -> None:
    def both(folder: str, data: str) -> list[Resource]:
        link = Link("mount", CLAIM, at("x"), back=True)
        return [
            made("k8s:-/Deployment/a", path=f"{folder}/app/a.yaml", data=data, links=(link,)),
            made(CLAIM, "PersistentVolumeClaim", path=f"{folder}/volumes.yaml"),
        ]

    placed, _ = run(*both("prod", "health"), *both("dev", ""))
    assert [classes(each) for each in placed] == [
        {"health": "declared"},
        {"health": "propagated"},
        {},
        {},
    ]


def test_a_link_to_what_is_not_there_is_nothing() -> None:
    placed, flows = run(
        made("k8s:-/Deployment/a", data="health", links=(Link("mount", CLAIM, at("a.yaml")),))
    )
    assert flows == ()
    assert len(placed) == 1


ADDRESSES = (
    "https://s3.fr-par.scw.cloud",
    "localhost:1",
    "https://a.acme-logs.io",
    "collector.obs.svc:4317",
    "",
)


@given(st.sampled_from(ADDRESSES), st.sampled_from([None, "datadog"]))
def test_an_address_that_is_not_known_never_has_fewer_placements(
    address: str, provider: str | None
) -> None:
    """Not knowing an address can't make what is sent there vanish."""
    unknown: Value = Unknown(Reason.NO_EVIDENCE, "secret")
    assert len(places(sent(unknown, provider=provider))) >= len(
        places(sent(address, provider=provider))
    )


@pytest.mark.parametrize(
    ("default", "key"), [(False, "resolve.address-here"), (True, "resolve.default-address")]
)
def test_whether_anybody_wrote_the_address_is_said(default: bool, key: str) -> None:
    each = replace(sent("https://api.openai.com", "ai"), default=default)
    (placed, *_), _ = run(made("k8s:-/Deployment/a", sends=(each,)))
    (*_, step) = placed.placements[-1].because
    assert step is not None
    assert [inner.note.key for inner in step.parents if inner is not None] == [key]

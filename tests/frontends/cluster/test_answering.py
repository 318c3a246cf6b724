"""Which objects lead a name out of the cluster."""

from __future__ import annotations

import pytest

from sovlint.frontends.cluster.answering import answering, leading, leads
from sovlint.frontends.cluster.object_index import Objects
from tests.frontends.cluster.test_pods import read

SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: mail}\nspec: "
OUT = read("out.yaml", SERVICE + "{type: ExternalName, externalName: smtp.acme.fr}\n")
IN = read("in.yaml", SERVICE.replace("mail", "api") + "{selector: {app: api}}\n")
ROUTE = read(
    "route.yaml",
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: pay}\n"
    "spec: {hosts: [pay], http: [{route: [{destination: {host: pay.acme.fr}}]}]}\n",
)
CALLER = read(
    "caller.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: caller}\nspec: {}\n"
)


def test_a_route_leads_elsewhere_and_a_service_or_a_caller_does_not() -> None:
    index = Objects.of([ROUTE, OUT, CALLER])
    assert [leads(each, index) for each in (ROUTE, OUT, CALLER)] == [True, False, False]


@pytest.mark.parametrize(
    ("host", "met"), [("mail", [OUT]), ("api", [IN]), ("pay", [ROUTE]), ("other", [])]
)
def test_a_name_is_answered_by_what_has_that_name(host: str, met: list[object]) -> None:
    assert [*answering(CALLER, host, Objects.of([OUT, IN, ROUTE, CALLER]))] == met


def test_nothing_leads_to_itself() -> None:
    assert [*leading(ROUTE, "pay", Objects.of([ROUTE]))] == []

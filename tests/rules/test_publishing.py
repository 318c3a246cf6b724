"""What a program of the cluster may publish: selectors and domains."""

from __future__ import annotations

import pytest

from sovlint.rules.cluster.publishing import is_on, may_lie_in, may_select

SELECTED = [
    ("a.fr/b=true", {"a.fr/b": "true"}, True),
    ("a.fr/b=true", {"a.fr/b": "false"}, False),
    ("a.fr/b==true", {}, False),
    ("a.fr/b in (yes, true)", {"a.fr/b": "true"}, True),
    ("a.fr/b in (yes, true)", {}, False),
    ("a.fr/b notin (true)", {"a.fr/b": "true"}, True),
    ("a=b,c=d", {}, True),
    ("", {}, True),
]


@pytest.mark.parametrize(("selector", "annotations", "expected"), SELECTED)
def test_a_selector(selector: str, annotations: dict[str, str], expected: bool) -> None:
    assert may_select([selector], annotations) is expected


DOMAINS = [
    ("claims.acme.fr", ["acme.fr"], True),
    ("acme.fr", ["ACME.fr"], True),
    ("claims.acme.fr", [".acme.fr"], True),
    ("notacme.fr", ["acme.fr"], False),
    ("claims.acme.fr", [], True),
    ("claims.${DOMAIN}", ["acme.fr"], True),
    ("claims.acme.fr", ["${DOMAIN}"], True),
]


@pytest.mark.parametrize(("host", "domains", "expected"), DOMAINS)
def test_a_domain(host: str, domains: list[str], expected: bool) -> None:
    assert may_lie_in(host, domains) is expected


def test_a_switch_is_off_where_something_says_so() -> None:
    assert is_on({"--a": ()}, "--a")
    assert is_on({"--a": ("true",)}, "--a")
    assert not is_on({"--a": ("False",)}, "--a")
    assert not is_on({}, "--a")

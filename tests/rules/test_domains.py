"""Hosts -> the domains that somebody registered, and globs of hosts, by hand."""

from __future__ import annotations

import pytest

from sovlint.rules.domains import by_domain, globs_of, is_glob, is_of_one_owner, registrable


@pytest.mark.parametrize(
    ("host", "wanted"),
    [
        ("example.com", "example.com"),
        ("a.b.example.com", "example.com"),
        ("in.digital.nhs.uk", "digital.nhs.uk"),
        ("www.sante.gouv.fr", "sante.gouv.fr"),
        ("a.hopital.fr", "hopital.fr"),
        ("b.a.co.jp", "a.co.jp"),
        # What others let their customers register below their own: each is somebody else's.
        ("claims.herokuapp.com", "claims.herokuapp.com"),
        ("a.acme.github.io", "acme.github.io"),
        # No public suffix, so nobody's but the house's.
        ("db.prod.corp", "prod.corp"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("host", "host"),
        ("github.io", "github.io"),
        ("", ""),
        ("a..b", "a..b"),
    ],
)
def test_hosts_of_one_domain_are_one_thing(host: str, wanted: str) -> None:
    assert registrable(host) == wanted


@pytest.mark.parametrize(
    ("glob", "wanted"),
    [
        ("*.acme.fr", True),
        ("api.acme.fr", True),
        ("a*.acme.fr", True),
        ("*.corp", True),
        ("10.1.2.3", True),
        ("*", False),
        ("*.fr", False),
        ("*acme.fr", False),
        ("api.*", False),
        ("acme.*.fr", False),
        ("*.co.uk", False),
        ("*.github.io", False),
        ("?.herokuapp.com", False),
    ],
)
def test_a_glob_names_hosts_of_one_owner(glob: str, wanted: bool) -> None:
    assert is_of_one_owner(glob) is wanted


@pytest.mark.parametrize(
    "text", ["https://acme.fr", "acme.fr:443", "acme.fr/x", "", "*.*.*.*.acme.fr", ".acme.fr"]
)
def test_what_is_no_host_is_no_glob_of_hosts(text: str) -> None:
    assert not is_glob(text)


def test_domains_come_the_commonest_first() -> None:
    found = by_domain(["a.acme.fr", "b.other.eu", "acme.fr", "a.acme.fr"])
    assert list(found) == ["acme.fr", "other.eu"]
    assert dict(found["acme.fr"]) == {"a.acme.fr": 2, "acme.fr": 1}
    assert globs_of("acme.fr", found["acme.fr"]) == ["acme.fr", "*.acme.fr"]
    assert globs_of("other.eu", found["other.eu"]) == ["*.other.eu"]

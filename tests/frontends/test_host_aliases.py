"""Names to which a container is told an address, and what becomes of addresses with them."""

from __future__ import annotations

import pytest

from sovlint.frontends.host_aliases import aliases_of, followed, of_corefile
from sovlint.model.value import Known

ALIASES = aliases_of(
    [
        ("Partner", "52.1.2.3"),
        ("inner", "10.0.0.1"),
        ("api.acme.fr", "52.1.2.4"),
        ("x", "y"),
        ("db.internal", "52.1.2.5"),
    ]
)

ADDRESSES = [
    ("partner", "52.1.2.3"),
    ("http://partner:8080/partner", "http://52.1.2.3:8080/partner"),
    ("postgres://partner:partner@partner/partner", "postgres://partner:partner@52.1.2.3/partner"),
    ("https://partner.acme.fr", "https://partner.acme.fr"),
    ("http://partner-b", "http://partner-b"),
    ("http://inner", "http://inner"),
    ("https://api.acme.fr", "https://api.acme.fr"),
    ("db.internal:5432", "52.1.2.5:5432"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), ADDRESSES)
def test_an_address(written: str, expected: str) -> None:
    found = followed(Known(written), ALIASES)
    assert isinstance(found, Known)
    assert found.value == expected


COREFILE = """\
.:53 {
    errors
    rewrite name exports.claims.local acme.s3.us-east-1.amazonaws.com
    rewrite stop name exact db.claims.svc.cluster.local db.partenaire-sante.fr.
    rewrite name regex (.*)\\.old\\.local {1}.new.local
    rewrite name api.local api.claims.svc.cluster.local
    # rewrite name commented.local api.partenaire-sante.fr
    hosts {
        52.1.2.3 sink.local sink
        10.0.0.1 inner.local
        fallthrough
    }
    forward . /etc/resolv.conf
}
"""


def test_what_the_dns_of_a_cluster_leads_elsewhere() -> None:
    assert of_corefile(COREFILE) == {
        "exports.claims.local": "acme.s3.us-east-1.amazonaws.com",
        "db.claims.svc.cluster.local": "db.partenaire-sante.fr",
        "sink.local": "52.1.2.3",
        "sink": "52.1.2.3",
    }

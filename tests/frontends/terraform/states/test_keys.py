"""What states are called among repositories: whoever keeps one and whoever reads it say the same, and nobody else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.model.offers import OfferKind
from tests.offers_house import asked, looked_at

BACKEND = 'terraform {\n  backend "%s" {\n%s\n  }\n}\noutput "a" {\n  value = 1\n}\n'
READS = 'data "terraform_remote_state" "x" {\n  backend = "%s"\n%s  config = {\n%s\n  }\n}\n'


def _offered(folder: Path, text: str) -> set[str]:
    found = looked_at(folder / "keeps", {"main.tf": text}).offers
    return {key for offer in found for key in offer.keys if offer.kind is OfferKind.STATE}


def _asked(folder: Path, text: str) -> set[str]:
    return {*asked(looked_at(folder / "reads", {"main.tf": text}), OfferKind.STATE)}


def _lines(**said: str) -> str:
    return "\n".join(f"    {name} = {value}" for name, value in said.items())


S3 = {"bucket": '"etats"', "key": '"net/a.tfstate"'}
PARIS, DUBLIN = {"region": '"eu-west-3"'}, {"region": '"eu-west-1"'}
AZURE = {"storage_account_name": '"acct"', "container_name": '"c"', "key": '"net"'}


@pytest.mark.parametrize(
    ("backend", "kept", "read", "same"),
    [
        ("s3", S3 | PARIS, S3 | PARIS, True),
        # The region of the bucket may be missing on either side.
        ("s3", S3, S3 | PARIS, True),
        ("s3", S3 | PARIS, S3, True),
        ("s3", S3 | PARIS, S3 | DUBLIN, False),
        ("s3", S3 | {"endpoint": '""'}, S3, True),
        ("s3", S3 | {"endpoint": '"https://s3.fr-par.scw.cloud"'}, S3, False),
        ("s3", S3 | {"key": '"net/b.tfstate"'}, S3, False),
        ("s3", S3, {**S3, "bucket": "var.unset"}, False),
        ("s3", {"key": '"net/a.tfstate"'}, S3, False),
        ("azurerm", AZURE, AZURE | {"resource_group_name": '"rg"'}, True),
        ("azurerm", AZURE, AZURE | {"container_name": '"d"'}, False),
        ("gcs", {"bucket": '"b"', "prefix": '"/net/"'}, {"bucket": '"b"', "prefix": '"net"'}, True),
        ("http", {"address": '"https://git.example/net"'}, {"address": '"https://git.example/net"'}, True),
        # Another place on each machine, or a secret in it.
        ("http", {"address": '"http://localhost:8080/net"'}, {"address": '"http://localhost:8080/net"'}, False),
        ("http", {"address": '"https://me:pw@git.example/net"'}, {"address": '"https://me:pw@git.example/net"'}, False),
        ("s3", S3 | {"endpoint": '"http://127.0.0.1:9000"'}, S3 | {"endpoint": '"http://127.0.0.1:9000"'}, False),
        ("local", {"path": '"a.tfstate"'}, {"path": '"a.tfstate"'}, False),
        ("pg", {"conn_str": '"postgres://db.example/x"'}, {"conn_str": '"postgres://db.example/x"'}, False),
    ],
)  # fmt: skip
def test_a_state_is_the_same_by_all_that_tells_it_apart(
    tmp_path: Path, backend: str, kept: dict[str, str], read: dict[str, str], same: bool
) -> None:
    keeps = _offered(tmp_path, BACKEND % (backend, _lines(**kept)))
    reads = _asked(tmp_path, READS % (backend, "", _lines(**read)))
    assert bool(keeps & reads) is same, (keeps, reads)


def test_other_workspaces_are_asked_for_by_any_name(tmp_path: Path) -> None:
    keeps = _offered(tmp_path, BACKEND % ("s3", _lines(**S3)))
    named, unknown, written = (
        _asked(tmp_path / name, READS % ("s3", workspace, _lines(**{**S3, **key})))
        for name, workspace, key in (
            ("a", '  workspace = "prod"\n', {}),
            ("b", "  workspace = terraform.workspace\n", {}),
            ("c", "", {"key": '"env:/prod/net/a.tfstate"'}),
        )
    )
    any_ = "s3:bucket=etats&path=env:/*/net/a.tfstate"
    assert any_ in keeps & named & unknown & written
    assert "s3:bucket=etats&path=net/a.tfstate" not in named | unknown | written
    other = _asked(
        tmp_path / "d", READS % ("s3", "", _lines(**{**S3, "key": '"prod/net/a.tfstate"'}))
    )
    assert not keeps & other


def test_a_cloud_block_keeps_what_outputs_are_read_of(tmp_path: Path) -> None:
    block = 'terraform {\n  cloud {\n    organization = "org"\n    workspaces {\n      name = "net"\n    }\n  }\n}\n'
    keeps = _offered(tmp_path, block)
    reads = _asked(
        tmp_path, 'data "tfe_outputs" "x" {\n  organization = "org"\n  workspace = "net"\n}\n'
    )
    assert keeps == reads == {"remote:organization=org&path=net"}

"""The real Kustomize as an independent builder: every kustomization of the fixtures comes to the same objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import kustomize_house as house
from tests.differences import differences

pytestmark = pytest.mark.oracle

FIXTURES = Path(__file__).parents[2] / "fixtures" / "kubernetes" / "kustomize"
FOLDERS = {
    folder.relative_to(FIXTURES).as_posix(): folder for folder in house.folders(FIXTURES)
}
REFUSED = {name for name in FOLDERS if name.startswith("refused-")}
ALONE = {"components/ldap", "components/tls"}
"""Components, which the binary refuses by themselves where what they change isn't in them."""

needs_binary = pytest.mark.skipif(house.BINARY is None, reason="kustomize isn't installed")


def test_every_feature_has_a_tree() -> None:
    assert len({name.partition("/")[0] for name in FOLDERS}) >= 30


@pytest.mark.program
@needs_binary
@pytest.mark.parametrize("name", sorted(FOLDERS.keys() - REFUSED - ALONE))
def test_the_same_objects_are_built(name: str) -> None:
    mine, account = house.ours(FOLDERS[name])
    assert [*account.failures] == []
    theirs = house.real(FOLDERS[name])
    assert differences(mine, theirs) == []


@pytest.mark.program
@needs_binary
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_it_refuses_is_a_failure(name: str) -> None:
    with pytest.raises(house.Refused):
        house.real(FOLDERS[name])
    _, account = house.ours(FOLDERS[name])
    assert account.failures

"""Backends that files complete, told by their names and by where they stand."""

from __future__ import annotations

import pytest

from sovlint.frontends import terraform
from sovlint.model.inputs import ReadOptions
from sovlint.model.value import Known
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

ROOT = 'terraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\n'
PARIS = 'bucket = "etats"\nkey = "a"\nregion = "eu-west-3"\n'
VIRGINIA = 'bucket = "states"\nkey = "a"\nregion = "us-east-1"\n'


def said(**files: str) -> dict[str, object]:
    """What the state's backend says, as far as it is known."""
    given = {name.replace("__", "/").replace("_0", "."): text for name, text in files.items()}
    reading = terraform.read(MemoryReader(given), ReadOptions(), catalog().hints())
    assert reading.failures == ()
    (state,) = [each for each in reading.resources if each.type == "state"]
    return {
        path: found.value.value
        for path in ("bucket", "key", "region", "encrypt")
        for found in state.attributes.read(path)
        if isinstance(found.value, Known)
    }


@pytest.mark.parametrize(
    "name",
    [
        "net/prod_0s3_0tfbackend",
        "net/env/prod_0tfbackend",
        "prod_0s3_0tfbackend",
        "net/backend_0hcl",
        "net/backend-prod_0tfvars",
    ],
)
def test_a_file_completes_the_backend_of_its_root(name: str) -> None:
    files = {"net/main_0tf": ROOT, name: PARIS}
    assert said(**files) == {
        "bucket": "etats",
        "key": "a",
        "region": "eu-west-3",
        "encrypt": True,
    }


def test_of_several_only_what_they_all_say_is_known() -> None:
    two = {"net/main_0tf": ROOT, "net/a_0tfbackend": PARIS, "net/b_0tfbackend": VIRGINIA}
    assert said(**two) == {"key": "a", "encrypt": True}
    same = PARIS.replace("etats", "autres")
    alike = {"net/main_0tf": ROOT, "net/a_0tfbackend": PARIS, "net/b_0tfbackend": same}
    assert said(**alike)["region"] == "eu-west-3"


@pytest.mark.parametrize("text", ["", "region = ", "{{ x }}", "\x00", "region = var.x\n"])
def test_what_cannot_be_read_completes_nothing(text: str) -> None:
    assert "region" not in said(**{"net/main_0tf": ROOT, "net/a_0tfbackend": text})


def test_what_is_none_completes_nothing() -> None:
    other = {"net/main_0tf": ROOT, "app/prod_0tfbackend": PARIS, "net/backend_0tf": ""}
    assert "region" not in said(**other)

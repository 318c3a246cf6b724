"""What repositories offer each other, as the file that a single scan reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.configuration.offers_file import read
from tests.fleet.whole.history import HOST, store


def run(*given: str) -> str:
    return CliRunner().invoke(main, ["fleet", *given]).output


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the store."""
    return store(tmp_path_factory.mktemp("offers"), 1)[0].address


def test_offers_of_a_run(address: str, tmp_path: Path) -> None:
    """Each with who offers it, and only what one repository asked for."""
    for wanted, count in (((), 1), (("--for", "g/claims"), 1), (("--for", "g/letters"), 0)):
        file = tmp_path / "offers.json"
        assert run("offers", "--store", address, *wanted, "-o", f"{file}") == ""
        found = read(file, "offers.json")
        assert [(each.repository, each.keys) for each in found] == [
            ("g/portal", (HOST,))
        ] * count
    wrong = run("offers", "--store", address, "--for", "g/claim", "-o", "-")
    assert "The run has no repository `g/claim`." in wrong


def test_the_page_of_a_store(address: str, tmp_path: Path) -> None:
    """It is written, the same each time."""
    files = [tmp_path / "one.html", tmp_path / "two.html"]
    for file in files:
        assert run("report", "--store", address, "-o", f"{file}", "--lang", "fr") == ""
    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert b'lang="fr"' in one
    assert "There is no store" in run("report", "--store", f"{tmp_path}/no", "-o", "-")

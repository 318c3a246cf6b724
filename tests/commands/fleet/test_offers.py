"""What repositories offer each other, as the file that a single scan reads."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from benchmarks.fleet_results import result
from sovlint.cli import main
from sovlint.configuration.offers_file import read
from sovlint.fleet.result import ANSWERED, RepositoryResult
from sovlint.model.offers import AnsweredAsk, Ask, OfferKind
from tests import fleet_page, scratch
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


PROVED = """SELECT repository, address, fingerprint FROM findings
WHERE verdict = 'violation' AND severity = 'error' ORDER BY ALL"""


def test_a_pipeline_that_knows_less_than_the_fleet_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its result isn't kept, whether no offers are given or those without modules; with the modules it is."""
    env = scratch.environment(tmp_path, SOVLINT_AS_OF="2026-12-01", SOVLINT_LANG="en")
    folder = fleet_page.house(tmp_path / "repository", env)
    fleet_page.read_here(monkeypatch)
    monkeypatch.chdir(folder)
    for name, value in env.items():
        monkeypatch.setenv(name, value)

    def done(*given: str) -> str:
        result = CliRunner().invoke(main, given)
        assert result.exit_code in (0, 1), result.output
        return result.output

    def proved() -> str:
        return done("fleet", "query", PROVED, "--store", "fleet", "-f", "json")

    pipeline = ("scan", "checkout", "--store", "fleet", "--repository", "mutuelle/manifests")
    offers = (
        "fleet",
        "offers",
        "--store",
        "fleet",
        "--for",
        "mutuelle/manifests",
        "-o",
        "o.json",
    )
    done("fleet", "scan", "clones", "gitlab.json", "--store", "fleet")
    stood = proved()
    assert "module." in stood
    assert "The result isn't kept" in done(*pipeline)
    lacking = done(*offers)
    assert "1 modules that the run knew aren't among these offers" in lacking
    assert "git.valceziere.fr/plateforme/modules//db" in lacking
    said = done(*pipeline, "--offers", "o.json")
    assert (
        "had 1 answers that this scan hadn't, git.valceziere.fr/plateforme/modules//db"
        in said
    )
    assert proved() == stood
    assert "scan" not in done("fleet", "runs", "--store", "fleet", "-f", "csv")
    assert done(*offers, "clones") == ""
    assert "is in the store" in done(*pipeline, "--offers", "o.json")
    assert proved() == stood


def test_what_is_asked_no_more_need_not_be_answered() -> None:
    """A change that calls the module no more rests on fewer answers by itself."""
    module, host = Ask(OfferKind.MODULE, "m"), Ask(OfferKind.HOST, HOST)
    by = [AnsweredAsk(each.kind, each.key, "g/other") for each in (module, host)]
    before = resting_on(by, (module, host))
    assert resting_on(by[1:], (host,)).lacks(before) == ()
    assert resting_on(by[1:], (module, host)).lacks(before) == (by[0],)
    other = AnsweredAsk(OfferKind.HOST, HOST, "g/third")
    assert resting_on(by, (module, host)).lacks(resting_on([*by, other], (host,))) == (other,)


def resting_on(answered: list[AnsweredAsk], asks: tuple[Ask, ...]) -> RepositoryResult:
    """A result that asked, and was answered."""
    made = {ANSWERED: msgspec.json.encode(answered).decode()}
    return replace(result("g/claims", []), asks=asks, made=made)


def test_the_page_of_a_store(address: str, tmp_path: Path) -> None:
    """It is written, the same each time."""
    files = [tmp_path / "one.html", tmp_path / "two.html"]
    for file in files:
        assert run("report", "--store", address, "-o", f"{file}", "--lang", "fr") == ""
    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert b'lang="fr"' in one
    assert "There is no store" in run("report", "--store", f"{tmp_path}/no", "-o", "-")

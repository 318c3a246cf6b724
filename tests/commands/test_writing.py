"""``sovlint attest``, ``sovlint provider new`` and overlays that are exported: what a person who doesn't program does,
and what becomes of the verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.catalog.load import load, overlay_problems
from sovlint.cli import main
from sovlint.commands.writing import asking
from tests.exceptions.house import repository

DAY = "2026-12-15"
HDS, CONTROL, AREA, SNC = (
    "health-data-on-certified-host",
    "health-data-under-eu-control",
    "health-data-in-eea",
    "health-data-on-qualified-service",
)
OWNER = ("--owner", "data protection officer")
CONFIGURED = "# of the house\npolicy_set: sovereign-health  # the default\n"
SERVICES = """services:
  - {id: partner, vendor: Optique Partagée, data: [health]}
  - {id: bucket, vendor: scaleway, region: fr-par, data: [health]}
"""
SCALEWAY = """provider "scaleway" {
  region = "fr-par"
}
resource "scaleway_object_bucket" "b" {
  name = "b"
  tags = { data_class = "health" }
}
"""
OUTSCALE = """provider "outscale" {
  region = "cloudgouv-eu-west-1"
}
resource "outscale_vm" "v" {
  image_id = "x"
  tags {
    key   = "data_class"
    value = "health"
  }
}
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "sovlint.yaml": CONFIGURED,
        "saas.yaml": SERVICES,
        "evidence/annex.txt": "annex 3",
        "main.tf": SCALEWAY,
        "out/main.tf": OUTSCALE,
    }
    root = repository(tmp_path / "house", files)
    monkeypatch.chdir(root)
    return root


def do(*arguments: str, answers: str | None = None) -> Result:
    words = [*arguments, "--lang", "en"]
    if arguments[0] in ("attest", "scan", "provider"):
        words += ["--as-of", DAY]
    return CliRunner().invoke(main, words, input=answers, prog_name="sovlint")


def verdicts(policy: str, *options: str) -> dict[str, str]:
    said = do("scan", "--format", "json", "--show", "compliant", *options)
    assert said.exit_code in (0, 1), said.stderr
    return {
        each["address"]: each["verdict"]
        for each in json.loads(said.stdout)["findings"]
        if each["policy"] == policy
    }


def test_an_attestation_of_hds(house: Path) -> None:
    bucket = "scaleway_object_bucket.b"
    assert verdicts(HDS)[bucket] == "unproven"
    asked = (
        "attest",
        "--qualification",
        "hds",
        "--provider",
        "Scaleway",
        "--region",
        "fr-par-1",
    )
    said = do(*asked, "--evidence-file", "evidence/annex.txt", *OWNER)
    assert said.exit_code == 0, said.output
    text = (house / "sovlint.yaml").read_text()
    assert text.startswith(CONFIGURED)
    assert "subject: {provider: scaleway, region: fr-par}" in text
    assert "expires: '2027-12-14'" in text
    assert "+  owner: data protection officer" in said.stdout
    assert verdicts(HDS)[bucket] == "compliant"
    (house / "evidence/annex.txt").write_text("another")
    assert verdicts(HDS)[bucket] == "unproven"


def test_an_attestation_of_one_service_covers_no_other(house: Path) -> None:
    asked = (
        "attest",
        "--qualification",
        "hds",
        "--provider",
        "scaleway",
        "--evidence",
        "x 1",
    )
    said = do(*asked, "--service", "Database", *OWNER)
    assert said.exit_code == 0, said.output
    assert "services: [database]" in (house / "sovlint.yaml").read_text()
    assert verdicts(HDS)["scaleway_object_bucket.b"] == "unproven"
    wrong = do(*asked, "--service", "databse", *OWNER)
    assert (wrong.exit_code, "has no service `databse`" in wrong.stderr) == (2, True)
    assert do(*asked, "--service", "object-storage", *OWNER).exit_code == 0
    assert verdicts(HDS)["scaleway_object_bucket.b"] == "compliant"


def test_a_company_that_the_catalogue_lacks_by_its_name(house: Path) -> None:
    evidence = ("--evidence", "company register of 2026-11-20", *OWNER)
    for claim in (("--control", "France, DE"), ("--country", "FR")):
        said = do("attest", *claim, "--provider", "Optique Partagee", *evidence)
        assert said.exit_code == 0, said.output
        assert "The catalogue has no company `Optique Partagee`" in said.stderr
    assert "control: [FR, DE]\n" in (house / "sovlint.yaml").read_text()
    assert "expires: '2027-06-14'" in (house / "sovlint.yaml").read_text()
    assert verdicts(CONTROL)["saas:partner"] == "compliant"
    assert verdicts(AREA)["saas:partner"] == "compliant"


@pytest.mark.parametrize(
    ("holders", "top", "verdict"),
    [
        (("Lens House=DE", "Family Linse=DE"), "person", "compliant"),
        (("Lens House=DE", "Family Linse=US"), "person", "violation"),
        (("Lens House=DE", "Lens World=US"), "nobody", "violation"),
        (("Lens House=DE", "Amazon.com Inc"), None, "violation"),
        (("Lens House=DE",), "unknown", "unproven"),
        ((), "nobody", "compliant"),
    ],
)
def test_a_new_provider_with_its_parents(
    house: Path, holders: tuple[str, ...], top: str | None, verdict: str
) -> None:
    chain = [word for each in holders for word in ("--holder", each)]
    end = ("--top", top) if top else ()
    facts = ("--seat", "FR", "--region", "lyon=FR", "--runs-on", "own")
    read = (
        "--read",
        "company register of 2026-11-20",
        "--read-by",
        "data protection officer",
    )
    name = ("--name", "Optique Partagée")
    said = do("provider", "new", *name, *facts, *chain, *end, *read)
    assert said.exit_code == 0, said.output
    assert (house / "sovlint.yaml").read_text() == f"{CONFIGURED}catalog: [overlay]\n"
    assert "read_by: data-protection-officer" in said.stdout
    assert do("check").exit_code == 0
    assert verdicts(CONTROL)["saas:partner"] == verdict
    again = do("provider", "new", *name, *facts)
    assert again.exit_code == 2
    assert "sovlint provider optique-partagee --format overlay" in again.stderr
    other = do(
        "provider", "new", "--name", "Casa Nova", "--seat", "IT", "--host", "**.casanova.it"
    )
    assert other.exit_code == 0, other.output
    entities = (house / "overlay/entities.yaml").read_text()
    assert entities.count("\nsources:\n") + entities.startswith("sources:\n") == 1
    assert "  casa-nova: " in entities or "  casa-nova:\n" in entities
    assert do("check").exit_code == 0


def test_outscales_renewal(house: Path) -> None:
    vm = "outscale_vm.v"
    assert verdicts(SNC)[vm] == "unproven"  # it ended on 2026-11-30
    said = do("provider", "outscale", "--to", "own", "--only", "offers")
    assert said.exit_code == 0, said.output
    file = house / "own/qualifications/secnumcloud.yaml"
    file.write_text(file.read_text().replace("'2026-11-30'", "'2029-11-30'"))
    (house / "own/qualifications/hds.yaml").unlink(missing_ok=True)
    refused = do("scan", "--catalog", "own")
    assert (refused.exit_code, "--trust-overlay" in refused.stderr) == (2, True)
    assert verdicts(SNC, "--catalog", "own", "--trust-overlay")[vm] == "compliant"
    again = do("provider", "outscale", "--to", "own", "--only", "offers")
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)


def test_outscales_renewal_by_one_command(house: Path) -> None:
    vm = "outscale_vm.v"
    assert verdicts(SNC)[vm] == "unproven"
    said = do(
        "attest", "--qualification", "secnumcloud", "--provider", "outscale",
        "--region", "cloudgouv-eu-west-1", "--evidence", "decision of 2026-12-01", *OWNER,
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert verdicts(SNC)[vm] == "compliant"


def test_a_certificate_of_ones_own(house: Path) -> None:
    named = ("--name", "Optique Partagée", "--id", "our-centre", "--kind", "iaas")
    facts = ("--seat", "FR", "--top", "nobody", "--region", "room-1=FR", "--runs-on", "own")
    assert (
        do("provider", "new", *named, *facts, "--read", "statutes and lease").exit_code == 0
    )
    (house / "saas.yaml").write_text(
        SERVICES.replace("Optique Partagée,", "our-centre, region: room-1,")
    )
    said = do(
        "attest", "--qualification", "hds", "--provider", "our-centre", "--region", "room-1",
        "--evidence", "certificate 4711, activities 1 to 6", *OWNER,
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert verdicts(HDS)["saas:partner"] == "compliant"


def test_what_no_option_says_is_asked(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "has_terminal", lambda: True)
    answers = (
        "hsd|hds|scaleway|fr-pra|fr-par||nothing.txt|evidence/annex.txt|data protection officer||"
        "|2028-01-01||y|"
    ).replace("|", "\n")
    said = do("attest", answers=answers)
    assert said.exit_code == 0, said.output
    for told in (
        "There is no qualification `hsd`. Known: ",
        "has no region `fr-pra` in the catalogue. Did you mean `fr-par`?",
        "There is no file `nothing.txt`.",
        "The last day is 2027-12-15.",
    ):
        assert told in said.output
    assert "region: fr-par" in (house / "sovlint.yaml").read_text()
    answers = (
        "Scaleway|Optique Partagée|UK|FR|Lens House|Lens House=DE||person||Family Linse=US|lyon|lyon=FR|ovh|||n|"
    ).replace("|", "\n")
    said = do("provider", "new", answers=answers)
    assert said.exit_code == 0, said.output
    for told in (
        "The catalogue has `Scaleway` already: scaleway.",
        "Did you mean `GB`?",
        "The catalogue has no company `Lens House`.",
        "`lyon` is no place with its state.",
        "basis: background",
        "+    - {entity: family-linse, majority: true, source: optique-partagee}",
        "+  family-linse: {name: Family Linse, seat: US, source: optique-partagee, kind: person}",
    ):
        assert told in said.output
    assert not (house / "overlay").exists()  # the last answer was no


def test_ids_of_a_chain_differ(house: Path) -> None:
    chain = ("--holder", "Acme+Lux=US", "--holder", "Acme Lux +=FR")
    named = ("provider", "new", "--name", "Acme", "--seat", "FR", *chain, "--top", "nobody")
    assert do(*named, "--read", "register").exit_code == 0
    entities = (house / "overlay/entities.yaml").read_text()
    assert [entities.count(f"\n  {each}:") for each in ("acme-lux", "acme-lux-company")] == [
        1,
        1,
    ]
    assert entities.count("seat: US") == 1


def test_who_is_taken_for_a_person_is_told(house: Path) -> None:
    named = ("provider", "new", "--name", "Optique Partagée", "--seat", "FR", "--print")
    for top, told in (
        (
            "person",
            "`Lens House` is taken for a person or a family of DE. If it is a company",
        ),
        ("state", "`Lens House` is taken for a state, DE. If it is a company"),
    ):
        said = do(*named, "--holder", "Lens House=DE", "--top", top)
        assert said.exit_code == 0
        assert told in " ".join(said.stderr.split())


def test_a_name_without_latin_letters_takes_an_id(house: Path) -> None:
    named = ("provider", "new", "--name", "日本 企業", "--seat", "FR", "--top", "nobody")
    said = do(*named)
    assert (said.exit_code, "Give one: --id" in said.stderr) == (2, True)
    assert do(*named, "--id", "nihon").exit_code == 0
    assert "nihon:" in (house / "overlay/entities.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("attest",), "These are missing: --qualification|--country|--control, --provider, "
         "--evidence|--evidence-file, --owner."),
        (("attest", "--country", "UK"), "The catalogue has no state `UK`.\nhint: Did you mean `GB`?"),
        (("attest", "--country", "EEA"), "`EEA` is no state."),
        (("attest", "--control", ",", "--provider", "Nobody"), "says nothing."),
        (("attest", "--country", "FR", "--control", "FR"), "an attestation claims one thing"),
        (("attest", "--country", "FR", "--provider", "Nobody", "--region", "x"), "no region of it is known"),
        (("attest", "--country", "FR", "--provider", "aws", "--evidence", "tbd"), "`tbd` says nothing."),
        (("attest", "--country", "FR", "--provider", "aws", "--evidence-file", "/etc/passwd"),
         "lies outside the repository"),
        (("attest", "--country", "FR", "--provider", "aws", "--evidence", "contract 7", "--owner", "dpo",
          "--approver", "DPO"), "This attestation wouldn't count:"),
        (("attest", "--control", "FR", "--provider", "aws", "--evidence", "contract 7", "--owner", "dpo"),
         "This attestation would fill nothing: the catalogue knows states that can compel Amazon Web Services"),
        (("attest", "--qualification", "hds", "--provider", "scaleway", "--evidence", "contract 7", "--owner", "dpo",
          "--issued", "2023-01-01"), "This attestation wouldn't count: it ended on 2023-12-31.\nhint: Read the evidence"),
        (("attest", "--qualification", "hds", "--address", "a.b", "--service", "s3", "--evidence", "contract 7",
          "--owner", "dpo"), "--provider is missing."),
        (("provider", "new"), "These are missing: --name, --seat."),
        (("provider", "new", "--name", "New", "--seat", "FR"), "`new` can't be the id of a new provider."),
        (("provider", "new", "--name", "Casa", "--seat", "FR", "--top", "person"), "A company is no person"),
        (("provider", "new", "--name", "Casa", "--seat", "FR", "--holder", "Amazon.com Inc", "--top", "person"),
         "The catalogue knows who holds `Amazon.com Inc`: --top says nothing of it."),
        (("provider", "new", "--name", "Casa", "--seat", "FR", "--holder", "Lens House S.A.=FR", "--top", "person"),
         "`Lens House S.A.` is a company (SA)"),
        (("attest", "--control", ",", "--provider", "Foo", "--evidence", "contract 7", "--owner", "dpo"),
         "`,` says nothing."),
        (("attest", "--country", "FR", "--provider", "aws", "--path", "../../x/**", "--evidence", "contract 7",
          "--owner", "dpo"), "Nothing is written: "),
        (("provider", "new", "--name", "Casa", "--seat", "FR", "--to", "../out"),
         "`../out` lies outside the repository."),
        (("provider", "new", "--name", "Acme Santé", "--seat", "US", "--holder", "ACME Santé=FR", "--top", "nobody"),
         "Two of these are called alike: `Acme Santé` and `ACME Santé`."),
        (("provider", "new", "--name", "Foo", "--seat", "US", "--holder", "A=FR", "--holder", "B=US", "--holder", "A=DE"),
         "Two of these are called alike: `A` and `A`."),
        (("provider", "new", "--name", "Casa", "--seat", "FR", "--host", "casa.example"), "Nothing is written: "),
        (("provider", "new", "--name", "Casa", "--seat", "FR", "--to", "main.tf"), "main.tf"),
        (("provider", "--format", "overlay"), "An overlay is of one provider"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_written(
    house: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(house.rglob("*"))
    done = do(*arguments)
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert sorted(house.rglob("*")) == before
    assert (house / "sovlint.yaml").read_text() == CONFIGURED


def test_what_is_refused_is_said_in_french_whole(house: Path) -> None:
    words = [
        "attest",
        "--qualification",
        "hds",
        "--provider",
        "aws",
        "--region",
        "us-east-1",
        "--evidence",
        "contrat 7",
    ]
    said = CliRunner().invoke(main, [*words, *OWNER, "--as-of", DAY, "--lang", "fr"])
    assert said.exit_code == 2
    assert "hébergé dans l'Espace économique européen" in said.stderr


def test_a_configuration_that_cannot_be_edited_shows_what_to_add(house: Path) -> None:
    (house / "sovlint.yaml").write_text("{policy_set: sovereign-health}\n")
    said = do(
        "attest", "--country", "FR", "--provider", "aws", "--evidence", "contract 7", *OWNER
    )
    assert said.exit_code == 2
    assert "Add this by hand:\nattestations:\n- claim: {country: FR}" in said.stderr
    assert (house / "sovlint.yaml").read_text() == "{policy_set: sovereign-health}\n"


@pytest.mark.parametrize("name", ["outscale", "aws", "ovhcloud", "doctolib"])
def test_an_export_that_nobody_changed_changes_nothing(house: Path, name: str) -> None:
    assert do("provider", name, "--to", "own").exit_code == 0
    own = house / "own"
    assert list(overlay_problems([own])) == []
    (rule,) = load([own]).laid_over
    assert (f"providers/{name}" in rule.names, rule.details) == (True, ())
    printed = do("provider", name, "--format", "overlay").stdout
    assert printed == (own / f"providers/{name}.yaml").read_text()

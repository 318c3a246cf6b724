"""What is proposed settles what waits for it, once the blanks are filled; and whatever a name holds, it stays a name."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from msgspec.structs import replace

from sovlint.cli import main
from sovlint.model.findings.cause import Cause, CauseKind
from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.placement import Placement
from sovlint.model.value import Known, Reason, Unknown
from sovlint.report.pieces import settling
from tests.report.build import finding, placement, resource, said

REPOSITORY = Path(__file__).parents[2] / "exceptions" / "written_before" / "repository"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY, tmp_path / "house")
    (tmp_path / "house" / ".git").mkdir()
    return tmp_path / "house"


def results(house: Path) -> Mapping[str, str]:
    """The messages of what waits for something, by cause, as SARIF has them."""
    usual = [
        "scan",
        str(house),
        "--as-of",
        "2026-11-24",
        "--assume",
        "health",
        "--format",
        "sarif",
    ]
    run = json.loads(CliRunner().invoke(main, usual, catch_exceptions=False).stdout)["runs"][
        0
    ]
    return {
        one["properties"]["cause"]: one["message"]["text"]
        for one in run["results"]
        if one["properties"]["cause"]
    }


def proposed(message: str, key: str) -> str:
    lines = message.replace("{{", "{").replace("}}", "}").split("\n")
    return "\n".join(lines[lines.index(key) :])


def filled(text: str, **values: str) -> str:
    for key, value in values.items():
        text = text.replace(f"{key}: ???", f"{key}: {value}")
    return text


@pytest.mark.parametrize(
    ("cause", "key", "values"),
    [
        ("cluster:k8s", "clusters:", {"provider": "scaleway", "region": "fr-par"}),
        ("project:shop", "clusters:", {"provider": "scaleway", "region": "fr-par"}),
        ("variable:infra:var.region", "terraform:", {"region": "eu-west-3"}),
        ("created:variable:infra:var.spare", "terraform:", {"spare": "false"}),
        (
            "hds-contract:aws",
            "attestations:",
            {
                "evidence": "x",
                "owner": "dpo",
                "issued": "2026-10-01",
                "expires": "2027-09-30",
            },
        ),
    ],
)
def test_the_lines_settle_it(
    house: Path, cause: str, key: str, values: dict[str, str]
) -> None:
    before = results(house)
    lines = filled(proposed(before[cause], key), **values)
    (house / "sovlint.yaml").write_text(lines, encoding="utf-8")
    assert "???" not in lines
    after = results(house)
    assert cause not in after
    assert before.keys() - after.keys() == {cause}, "and nothing else"


SET = """apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: api}
spec:
  generators: [{list: {elements: [{to: paris}, {to: falkenstein}]}}]
  template:
    metadata: {name: "api-{{to}}"}
    spec:
      source: {path: %s}
      destination: {server: "https://{{to}}.ours.example"}
"""
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec: {containers: [{name: a, image: a}]}\n"
CHART = "apiVersion: v2\nname: api\nversion: 1.0.0\n"


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("apps/api", {"apps/api/pod.yaml": POD}),
        (
            "charts/api",
            {"charts/api/Chart.yaml": CHART, "charts/api/templates/pod.yaml": POD},
        ),
    ],
)
def test_each_destination_of_an_application_set_is_declared(
    tmp_path: Path, path: str, files: dict[str, str]
) -> None:
    for name, text in {**files, "argo/set.yaml": SET % path}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (lines,) = {
        proposed(each, "clusters:")
        for each in results(tmp_path).values()
        if f"/{path}/" in each
    }
    assert [line.split("[")[1] for line in lines.split("\n") if "destinations" in line] == [
        '"https://falkenstein.ours.example"]',
        '"https://paris.ours.example"]',
    ]
    lines = filled(lines, provider="scaleway", region="fr-par")
    (tmp_path / "sovlint.yaml").write_text(lines, encoding="utf-8")
    assert not [each for each in results(tmp_path) if each.startswith("cluster:")]


def test_an_overlay_says_who_answers(house: Path) -> None:
    lines = proposed(results(house)["host:partner-of-ours.org"], "sources:")
    (house / "overlay").mkdir()
    (house / "overlay" / "endpoints.yaml").write_text(
        filled(lines, date='"2026-11-24"', supports="a contract", provider="scaleway"),
        "utf-8",
    )
    (house / "sovlint.yaml").write_text("catalog: [overlay]\n", encoding="utf-8")
    assert "host:partner-of-ours.org" not in results(house)


def test_a_module_is_fetched(house: Path) -> None:
    message = results(house)["module:acme/s3-bucket/aws"]
    assert message.split("\n")[-1] == "terraform -chdir=infra init -backend=false"


# --- names that mean harm

HOSTILE = [
    'a"; rm -rf ~; "',
    "a: {b}\n- c",
    "$(id)",
    "`id`",
    "a'b",
    "!#[*]",
    "\u202egnp",
    "-x",
]


def waiting(cause: Cause, path: str, **changes: Any) -> Finding:
    about = resource("x.y", path, 1, **{"root": path.rpartition("/")[0], **changes})
    return finding("p", about, placement(), said("x"), verdict=Verdict.UNPROVEN, cause=cause)


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_folder_is_called_it_stays_one_glob(name: str) -> None:
    cause = Cause(CauseKind.CLUSTER, name, said("x"))
    found = settling.settling([waiting(cause, f"{name}/a.yaml")])
    assert found is not None
    assert all("\n" not in line for line in found.lines)
    (entry,) = yaml.safe_load("\n".join(found.lines))["clusters"]
    assert (len(entry["paths"]), entry["provider"], entry["region"]) == (1, "???", "???")


def test_what_hints_show_of_a_cluster_is_filled_in_where_they_agree() -> None:
    cause = Cause(CauseKind.CLUSTER, "k8s", said("x"))
    open_ = Placement.unknown(Unknown(Reason.NO_EVIDENCE, "provider"))
    one = replace(placement(), proved=open_)
    assert isinstance(one.provider, Known)
    assert isinstance(one.region, Known)
    other = replace(one, region=Known("elsewhere"))

    def entry(*places: Placement) -> tuple[str, str]:
        waits = [replace(waiting(cause, "k8s/a.yaml"), placement=each) for each in places]
        found = settling.settling(waits)
        assert found is not None
        (only,) = yaml.safe_load("\n".join(found.lines))["clusters"]
        return only["provider"], only["region"]

    assert entry(one, one) == (one.provider.value, one.region.value)
    assert entry(one, other) == (one.provider.value, "???")
    assert entry(one, replace(one, proved=None)) == ("???", "???")


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_root_is_called_it_stays_one_argument(name: str) -> None:
    for kind in (CauseKind.MODULE, CauseKind.COMPUTED):
        cause = Cause(kind, f"{name}:x", said("x"))
        found = settling.settling([waiting(cause, f"{name}/main.tf")])
        assert found is not None
        for line in found.lines:
            assert "\n" not in line
            words = shlex.split(line)
            assert set(words) & {"rm", "id", "$(id)"} <= {"$(id)"}
            assert words[0] in ("terraform", "sovlint")


def test_a_variable_that_is_no_plain_name_proposes_nothing() -> None:
    cause = Cause(CauseKind.VARIABLE, "infra:var.a.b", said("x"))
    assert settling.settling([waiting(cause, "infra/main.tf")]) is None


def test_many_folders_are_told_by_those_at_the_top() -> None:
    cause = Cause(CauseKind.CLUSTER, "apps", said("x"))
    found = settling.settling(
        [waiting(cause, f"apps/{number}/a.yaml") for number in range(9)]
    )
    assert found is not None
    assert yaml.safe_load("\n".join(found.lines))["clusters"][0]["paths"] == ["/apps/**"]


def test_what_is_asked_for_twice_is_written_once() -> None:
    one = settling.Settling("a", ("clusters:", "  - x: 1", "    y: 2"))
    other = settling.Settling("a", ("clusters:", "  - x: 2"))
    third = settling.Settling("a", ("terraform:", "  vars:", "    a: ???"))
    fourth = settling.Settling("a", ("terraform:", "  vars:", "    b: ???"))
    command = settling.Settling("b", ("terraform init", "sovlint scan"), "sh")
    assert settling.joined([one, other, one, third, third, fourth, command, command]) == (
        settling.Settling(
            "a",
            (
                *("clusters:", "  - x: 1", "    y: 2", "  - x: 2"),
                *("terraform:", "  vars:", "    a: ???", "    b: ???"),
            ),
        ),
        command,
    )


def test_a_company_that_the_catalogue_lacks_is_attested_or_described(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "saas.yaml").write_text(
        'services: [{id: x, vendor: "L\'Œil & fils", data: [health]}]\n', encoding="utf-8"
    )
    told = results(tmp_path)["inventory:x"]
    for command in ("attest --provider", "provider new --name"):
        (line,) = [each for each in told.split("\n") if f"sovlint {command}" in each]
        assert shlex.split(line)[-1] == "L'Œil & fils"


def test_what_is_proposed_goes_below_what_was_drafted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pasted where it says, what every format proposes leaves a configuration that can be read."""
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\nspec: {containers: [{name: c, image: i}]}\n"
    drafted = "data:\n  #tags: [a]\n\nclusters:\n  # Which company?\n"
    (tmp_path / "k").mkdir()
    for name, text in (
        ("k/a.yaml", pod % "a"),
        ("k/b.yaml", pod % "b"),
        ("sovlint.yaml", drafted),
    ):
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    entry = '  - paths: ["/k/**"]\n    provider: ???\n    region: ???\n'
    for name in ("text", "markdown", "github", "gitlab-sast", "junit", "sarif"):
        said = (
            CliRunner()
            .invoke(main, ["scan", "--assume", "health", "--full", "-f", name])
            .stdout
        )
        said = said.replace("\\n", "\n").replace("%0A", "\n").replace('\\"', '"')
        said = said.replace("&quot;", '"').replace("&#10;", "\n")
        assert entry.rstrip() in said, name
        assert "clusters:\n  - paths" not in said, name
        assert "which stands in line 4 already:" in " ".join(said.split()), name
    Path("sovlint.yaml").write_text(
        drafted + filled(entry, provider="ovhcloud", region="GRA")
    )
    scanned = CliRunner().invoke(main, ["scan", "--assume", "health"])
    assert "merge" not in scanned.stderr
    assert "OVH" in scanned.stdout

"""Loading: the shipped policies and sets, the user's own, and what is said of broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.errors import SovlintError
from sovlint.files import index_file
from sovlint.model.findings.finding import Severity
from sovlint.policy import compile as compiling
from sovlint.policy.load import known_policies, known_sets, load
from sovlint.policy.policies import HOUSEKEEPING, Group, Need, needs, policy_texts

HEALTH = [
    "health-data-in-eea",
    "health-data-on-certified-host",
    "health-data-under-eu-control",
    "health-data-on-qualified-service",
]
INSURED = ["insured-identity-in-eea", "insured-identity-under-eu-control"]

OWN = """\
id: claims-in-france-or-qualified
title: Claims in France
severity: error
data: [claims]
roles: [at-rest]
require:
  any:
    - {holds: secnumcloud}
    - all: [{control: EEA}, {not: {area: EEA}}]
"""


def write(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "errors", "warnings"),
    [
        ("sovereign-health", HEALTH, INSURED),
        ("strict", [*HEALTH, "health-data-on-eu-technology", *INSURED], []),
        ("statutory", HEALTH[:2], []),
    ],
)
def test_shipped_sets(name: str, errors: list[str], warnings: list[str]) -> None:
    policy_set = load([], name)
    by_severity = {
        level: [
            p.id for p in policy_set.policies if p.severity is level and p.unproven is level
        ]
        for level in Severity
    }
    assert by_severity == {
        Severity.ERROR: errors,
        Severity.WARNING: warnings,
        Severity.NOTE: [],
    }
    assert policy_set.accept == ()
    assert tuple(policy_set.housekeeping) == HOUSEKEEPING
    grave = [
        name
        for name, policy in policy_set.housekeeping.items()
        if policy.severity is not Severity.WARNING
    ]
    assert grave == [
        "data-class-judged",
        "assumed-class-judged",
    ]  # what nobody looked at must not pass


def test_every_shipped_policy_is_complete() -> None:
    for name, policy in known_policies().items():
        assert policy.where.startswith(f"policies/{name}.yaml:"), (
            "a policy's id is the name of its file"
        )
        for text in (policy.title, policy.why, policy.remedy):
            assert text.en
            assert text.fr
            assert text.en != text.fr
        if policy.require is not None:
            assert policy.rests_on
            assert policy.cites


def test_doctrine_is_not_presented_as_law() -> None:
    rests_on = {
        name: policy.rests_on for name, policy in known_policies().items() if policy.require
    }
    assert {name for name, on in rests_on.items() if "law" in on} == {
        *HEALTH[:2],
        "german-health-data-by-section-393",
    }
    assert rests_on["health-data-on-qualified-service"] == ("doctrine",)
    assert rests_on["health-data-under-eu-control"] == ("doctrine", "risk")


def test_what_shipped_policies_require() -> None:
    asked = {
        name: list(needs(policy.require))
        for name, policy in known_policies().items()
        if policy.require
    }
    assert asked == {
        "data-at-minimum-seal": [Need("seal", "SOV-2=2")],
        "german-health-data-by-section-393": [
            Need("adequate", "EEA"),
            Need("holds", "c5"),
        ],
        "health-data-in-eea": [Need("area", "EEA")],
        "health-data-on-certified-host": [Need("holds", "hds")],
        "health-data-under-eu-control": [Need("control", "EEA")],
        "health-data-on-qualified-service": [Need("holds", "secnumcloud")],
        "health-data-on-eu-technology": [Need("technology", "EEA")],
        "insured-identity-in-eea": [Need("area", "EEA")],
        "insured-identity-under-eu-control": [Need("control", "EEA")],
        "warehouse-data-under-eu-or-adequate-law": [Need("control", "EEA")],
    }


def test_the_wheel_has_the_index_that_a_checkout_makes(tmp_path: Path) -> None:
    compiling.main(str(tmp_path / "index.jsonl"))
    made = dict(compiling.index())
    del made[index_file.KEY]  # times of a checkout's files mean nothing elsewhere
    assert index_file.read(tmp_path / "index.jsonl") == made
    assert [path.name for path in tmp_path.iterdir()] == ["index.jsonl"]


def test_stale_or_cut_index_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = compiling.index()
    at = tmp_path / "index.jsonl"
    monkeypatch.setattr(compiling, "INDEX", at)
    index_file.write({index_file.KEY: "other", "policies": [], "sets": []}, at)
    for content in (at.read_bytes(), b'{"size'):
        at.write_bytes(content)
        assert compiling.index() == good
        assert index_file.read(at) == good


def test_the_index_of_a_wheel_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs an installed sovlint may have no right to write where it is installed."""
    (tmp_path / "_policies").mkdir()
    monkeypatch.setattr(compiling, "PACKAGE", tmp_path)
    monkeypatch.setattr(compiling, "INDEX", tmp_path / "index.jsonl")
    index_file.write({"policies": [], "sets": [["shipped", "with it"]]}, compiling.INDEX)
    before = compiling.INDEX.read_bytes()
    assert compiling.index()["sets"] == [["shipped", "with it"]]
    assert compiling.INDEX.read_bytes() == before


def test_wheel_layout_is_found_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "sovlint" / "_policies").mkdir(parents=True)
    monkeypatch.setattr(compiling, "PACKAGE", tmp_path / "sovlint")
    assert compiling.folder() == tmp_path / "sovlint" / "_policies"


def test_own_policy_adds(tmp_path: Path) -> None:
    policy_set = load([write(tmp_path, OWN)], "statutory")
    assert [policy.id for policy in policy_set.policies] == [
        *HEALTH[:2],
        "claims-in-france-or-qualified",
    ]
    own = policy_set.policies[-1]
    assert own.title.fr == "Claims in France"
    assert own.require == Group(
        "any",
        (
            Need("holds", "secnumcloud"),
            Group("all", (Need("control", "EEA"), Group("not", (Need("area", "EEA"),)))),
        ),
    )
    assert own.unproven is Severity.ERROR
    assert "claims-in-france-or-qualified" in policy_texts(policy_set)
    assert set(HOUSEKEEPING) < set(policy_texts(policy_set))


def test_what_replaces_nothing_is_not_told_to_say_that_it_replaces(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        OWN.replace("claims-in-france-or-qualified", "claims-at-home\nreplaces: true"),
    )
    with pytest.raises(SovlintError) as refused:
        load([own], "strict")
    assert "`replaces: true`, but no policy `claims-at-home` ships." in refused.value.message
    assert refused.value.hint.startswith("Take it out")


def test_own_policy_overrides_by_id_in_its_place(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        OWN.replace("claims-in-france-or-qualified", f"{INSURED[0]}\nreplaces: true").replace(
            "error", "note"
        ),
    )
    policy_set = load([tmp_path, own], "strict")
    assert [policy.id for policy in policy_set.policies][-2:] == INSURED
    assert policy_set.policies[-2].severity is Severity.NOTE, (
        "a shipped set doesn't override the user's severity"
    )
    assert policy_set.policies[-1].severity is Severity.ERROR


def test_own_set_by_path_and_by_name(tmp_path: Path) -> None:
    text = """\
id: house
title: {en: House, fr: Maison}
policies:
  - {id: health-data-under-eu-control, severity: warning}
  - {id: data-class-known, severity: note}
under_eu_control: {accept: [CH]}
"""
    path = write(tmp_path, text, "sets/house.yaml")
    for policy_set in (load([], str(path)), load([tmp_path], "house")):
        assert policy_set.id == "house"
        assert [(p.id, p.severity, p.unproven) for p in policy_set.policies] == [
            ("health-data-under-eu-control", Severity.WARNING, Severity.WARNING)
        ]
        assert policy_set.housekeeping["data-class-known"].severity is Severity.NOTE
        assert policy_set.accept == ("CH",)
    assert set(known_sets([tmp_path])) == {"house", *known_sets()}


BROKEN = [
    (
        OWN.replace("severity", "sevrity"),
        "own.yaml:3:1: unknown key `sevrity`. Did you mean `severity`?",
    ),
    (
        OWN.replace("holds", "hold"),
        "own.yaml:8:8: unknown key `hold` in `require.any.0`. Did you mean `holds`?",
    ),
    (OWN.replace("error", "eror"), "own.yaml:3:1: `severity` can't be 'eror'"),
    (OWN.replace("at-rest", "at-rst"), "Did you mean `at-rest`?"),
    (
        OWN.replace("title: Claims in France\n", ""),
        "own.yaml:1:1: `the document` lacks the key `title`.",
    ),
    (
        OWN.split("require")[0],
        "own.yaml:1:1: `claims-in-france-or-qualified` lacks the key `require`.",
    ),
    (OWN + "severity: note\n", "own.yaml:10:1: the key `severity` stands twice."),
    (
        "id: data-class-known2\ntitle: x\nseverity: note\n",
        "lacks the key `data`. Did you mean `data-class-known`?",
    ),
    (
        OWN.replace("claims-in-france-or-qualified", "data-class-known"),
        "own.yaml:6:1: `data-class-known` is a house",
    ),
    (
        OWN + "within_days: 3\n",
        "`within_days` belongs to `qualification-ends-soon` and `attestation-ends-soon` and `ownership-ages-soon` alone.",
    ),
    (
        "id: qualification-ends-soon\ntitle: x\nseverity: note\n",
        "lacks the key `within_days`.",
    ),
    ("id: [\n", "own.yaml:2:1: "),
    ("# nothing\n", "own.yaml: holds no policy."),
    (f"{OWN}---\n{OWN}", "`claims-in-france-or-qualified` is defined already, at "),
    ("id: s\ntitle: s\npolicies: [health-data-in-eae]\n---\n" + OWN, ""),
]


def test_a_misspelt_key_comes_before_what_it_makes_absent(tmp_path: Path) -> None:
    path = write(tmp_path, OWN.replace("title:", "titel:"))
    with pytest.raises(SovlintError) as caught:
        load([path], "strict")
    first, second = caught.value.message.splitlines()
    assert "unknown key `titel`. Did you mean `title`?" in first
    assert "lacks the key `title`" in second


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_broken_policy_is_told_with_place_and_suggestion(
    tmp_path: Path, text: str, message: str
) -> None:
    path = write(tmp_path, text)
    if not message:  # a set that nobody chose may name what isn't there
        assert load([path], "strict").id == "strict"
        return
    with pytest.raises(SovlintError) as caught:
        load([path], "sovereign-health")
    assert str(path) in caught.value.message
    assert message in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "sovereign-helth",
            "There is no policy set `sovereign-helth`. Did you mean `sovereign-health`?",
        ),
        ("nowhere/x.yaml", "There is no policy set `nowhere/x.yaml`."),
    ],
)
def test_unknown_set(name: str, message: str) -> None:
    with pytest.raises(SovlintError) as caught:
        load([], name)
    assert caught.value.message == message
    assert (
        "eu-control, german-health, health-data-warehouse, sovereign-health, statutory, strict"
        in caught.value.hint
    )


def test_set_that_names_no_policy(tmp_path: Path) -> None:
    path = write(tmp_path, "id: s\ntitle: s\npolicies: [health-data-in-eae]\n")
    with pytest.raises(SovlintError, match="no policy `health-data-in-eae`"):
        load([], str(path))
    path = write(
        tmp_path, "id: s\ntitle: s\npolicies: [health-data-in-eea, health-data-in-eea]\n"
    )
    with pytest.raises(SovlintError, match="stands twice"):
        load([], str(path))
    path = write(tmp_path, OWN)
    with pytest.raises(SovlintError, match="must hold one policy set"):
        load([], str(path))


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(SovlintError, match="no such policy file or folder"):
        load([tmp_path / "gone"], "strict")
    with pytest.raises(SovlintError, match="holds no policy"):
        load([tmp_path], "strict")

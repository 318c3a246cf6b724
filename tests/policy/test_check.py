"""Own policies and sets: everything that is wrong with them in one go, with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sovlint.catalog.load import load
from sovlint.policy.check import Checked, check

GOOD = "id: {id}\ntitle: t\nseverity: error\ndata: [health]\nroles: [at-rest]\nrequire: {{area: EEA}}\n"

DAY = date(2026, 11, 24)


def checked(at: Path, set_name: str = "strict", **files: str) -> Checked:
    for name, text in files.items():
        (at / f"{name}.yaml").write_text(text)
    return check([at], set_name, load().world(DAY))


def said(found: Checked, at: Path) -> list[str]:
    return [problem.message.replace(f"{at}/", "") for problem in found.problems]


def test_what_is_right(tmp_path: Path) -> None:
    house = "id: house\ntitle: t\npolicies: [own, health-data-in-eea]\nunder_eu_control: {accept: [CH]}\n"
    assert checked(tmp_path, "house", own=GOOD.format(id="own"), house=house) == Checked(
        1, 1, ()
    )


def test_names_are_told_where_they_stand(tmp_path: Path) -> None:
    text = (
        "id: own\ntitle: t\nseverity: error\ndata:\n  - health\n  - heath\nroles: [at-rest]\n"
        "require:\n  all:\n    - area: EAE\n    - not: {holds: hsd}\n"
    )
    assert said(checked(tmp_path, own=text), tmp_path) == [
        "own.yaml:6:5: the data class `heath` isn't in the catalogue. Did you mean `health`?",
        "own.yaml:10:7: the area `EAE` isn't in the catalogue. Did you mean `EEA`?",
        "own.yaml:11:13: the qualification `hsd` isn't in the catalogue. Did you mean `hds`?",
    ]


def test_a_broken_document_hides_no_other(tmp_path: Path) -> None:
    first = GOOD.format(id="own").replace("severity", "seveity")
    second = GOOD.format(id="two").replace("EEA", "EAE")
    found = checked(tmp_path, a=f"{first}---\n{second}", b="a: [\n")
    assert said(found, tmp_path) == [
        "a.yaml:3:1: unknown key `seveity`. Did you mean `severity`?",
        "a.yaml:1:1: `the document` lacks the key `severity`.",
        "b.yaml:2:1: did not find expected node content.",
        "a.yaml:13:11: the area `EAE` isn't in the catalogue. Did you mean `EEA`?",
    ]
    assert found.policies == 1


def test_entries_of_a_set(tmp_path: Path) -> None:
    house = "id: house\ntitle: t\npolicies: [own, own, heath-data-in-eea]\nunder_eu_control: {accept: [CH, QQ]}\n"
    assert said(checked(tmp_path, own=GOOD.format(id="own"), house=house), tmp_path) == [
        "house.yaml:4:33: the state `QQ` isn't in the catalogue.",
        "house.yaml:3:17: the policy `own` stands twice in the set.",
        "house.yaml:3:22: there is no policy `heath-data-in-eea`. Did you mean `health-data-in-eea`?",
    ]


def test_a_policy_that_a_broken_file_may_hold_is_not_said_to_be_missing(
    tmp_path: Path,
) -> None:
    house = "id: house\ntitle: t\npolicies: [own]\n"
    found = checked(tmp_path, "maybe", own="id: own\n", house=house)
    assert [line.split(":")[0] for line in said(found, tmp_path)] == ["own.yaml"] * len(
        found.problems
    )


def test_the_same_id_twice(tmp_path: Path) -> None:
    found = checked(tmp_path, a=GOOD.format(id="own"), b=GOOD.format(id="own"))
    assert said(found, tmp_path) == ["b.yaml:1:1: `own` is defined already, at a.yaml:1."]


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = check([tmp_path / "none.yaml", tmp_path / "empty"], "strict", load().world(DAY))
    assert said(found, tmp_path) == [
        "none.yaml: no such policy file or folder.",
        "empty: holds no policy (a file ending in .yaml).",
    ]


def test_a_set_that_does_not_exist_or_is_not_one(tmp_path: Path) -> None:
    found = checked(tmp_path, "strct", own=GOOD.format(id="own"))
    assert said(found, tmp_path) == ["There is no policy set `strct`. Did you mean `strict`?"]
    path = tmp_path / "own.yaml"
    (problem,) = check([], str(path), load().world(DAY)).problems
    assert (
        problem.message
        == f"{path}: must hold one policy set (a mapping with the key `policies`)."
    )


def test_a_set_in_a_file_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_text("id: house\ntitle: t\npolicies: [nothing]\n")
    (problem,) = check([], str(path), load().world(DAY)).problems
    assert problem.message == f"{path}:3:12: there is no policy `nothing`."


def test_a_violation_is_never_milder_than_what_is_not_proved(tmp_path: Path) -> None:
    milder = GOOD.format(id="own").replace(
        "severity: error", "severity: warning\nunproven: error"
    )
    assert said(checked(tmp_path, own=milder), tmp_path) == [
        "own.yaml:4:1: `unproven` can't be above `severity`, which is warning here."
    ]
    for level in ("note", "warning"):
        (tmp_path / "own.yaml").write_text(
            milder.replace("unproven: error", f"unproven: {level}")
        )
        assert not check([tmp_path], "strict", load().world(DAY)).problems

"""``docs/policies``: a page for every policy and no other, as made, and what it says of waiving holds."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from docs import build
from sovlint.cli import main
from sovlint.policy.load import known_policies, known_sets
from sovlint.policy.policies import (
    ATTESTATIONS,
    IGNORE_COMMENTS,
    Group,
    Need,
    SetDocument,
    SetEntry,
)
from tests import scratch

POLICIES, SETS = known_policies(), build.default_first(known_sets())
NAMES = ("README.md", "own.md", *(f"{name}.md" for name in POLICIES))
EXAMPLE = "health-data-in-eea"


@cache
def pages() -> dict[str, str]:
    """The pages as the script makes them now."""
    return build.pages()


def test_there_is_a_page_for_every_policy_and_no_other() -> None:
    assert {path.name for path in build.PAGES.iterdir()} == {
        *NAMES,
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_what_the_script_makes(name: str) -> None:
    assert (build.PAGES / name).read_text(encoding="utf-8") == pages()[name], (
        "`make docs` writes it anew"
    )


def test_pages_that_nobody_made_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "PAGES", tmp_path / "policies")
    monkeypatch.setattr(build, "STORE", tmp_path / "fleet-store.md")
    build.PAGES.mkdir()
    (build.PAGES / "gone.md").touch()
    build.main()
    assert {path.name for path in build.PAGES.iterdir()} == set(pages())


def test_the_tables_of_a_store_are_what_the_script_makes() -> None:
    made = "\n".join(build.store_tables()) + "\n"
    assert build.STORE.read_text(encoding="utf-8") == made, "`make docs` writes it anew"


@pytest.mark.parametrize("name", POLICIES)
def test_a_page_has_all_that_there_is_to_know(name: str) -> None:
    text, policy = pages()[f"{name}.md"], POLICIES[name]
    for words in (
        policy.title["en"],
        policy.why["en"],
        policy.remedy["en"],
        str(policy.severity),
    ):
        assert words in text
    for source in policy.cites:
        assert source.supports in text
        assert source.url in text
        assert f"({source.date})" in text
    for verdict in (build.worst(policy).value, "compliant"):
        for path in (build.FIXTURES / name / verdict).rglob("[!e]*.*"):
            assert path.read_text(encoding="utf-8") in text


def test_the_index_has_each_set_with_its_severities() -> None:
    index = pages()["README.md"]
    strict = index[index.index("## strict") : index.index("## In no set")]
    assert "[insured-identity-in-eea](insured-identity-in-eea.md)" in strict
    assert strict.count("| error |") == 7
    for name in POLICIES:
        assert f"]({name}.md)" in index


@pytest.mark.parametrize("name", POLICIES)
def test_the_waiver_of_a_page_excuses_its_example(name: str, tmp_path: Path) -> None:
    waivers = re.findall(r"```yaml\n(waivers:\n.*?)```", pages()[f"{name}.md"], re.DOTALL)
    assert len(waivers) == 1
    folder = example(name, tmp_path)
    with (folder / "sovlint.yaml").open("a", encoding="utf-8") as file:
        file.write(waivers[0])
    assert excused(name, folder) == {"waiver"}


@pytest.mark.parametrize(
    "name", [name for name in POLICIES if name not in (*IGNORE_COMMENTS, *ATTESTATIONS)]
)
def test_the_comment_of_a_page_excuses_its_example(name: str, tmp_path: Path) -> None:
    (blank,) = re.findall(
        r"^# sovlint: ignore.*until.*$", pages()[f"{name}.md"], re.MULTILINE
    )
    comment = blank.replace('reason="..."', 'reason="moves in January"')
    folder = example(name, tmp_path)
    (said,) = re.findall(
        r"^([\w.]+):(\d+): (?:error|warning|note): ", pages()[f"{name}.md"], re.MULTILINE
    )
    path, line = folder / said[0], int(said[1])
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join([*lines[: line - 1], comment, *lines[line - 1 :], ""]), encoding="utf-8"
    )
    assert excused(name, folder) == {"inline"}


def example(name: str, folder: Path) -> Path:
    """The example that breaks a policy, as a repository of its own."""
    copy, bad = folder / "repository", build.worst(POLICIES[name]).value
    shutil.copytree(
        build.FIXTURES / name / bad, copy, ignore=shutil.ignore_patterns("expected.yaml")
    )
    return copy


def excused(name: str, folder: Path) -> set[str | None]:
    """By what the findings of a policy are excused."""
    chosen = next(
        (
            each.id
            for each in SETS.values()
            if name in [entry.policy for entry in each.entries]
        ),
        None,
    )
    more = [*(["--policy-set", chosen] if chosen else []), *scratch.with_history(folder)]
    more += ["--min-seal", "SOV-2=2"] if name == build.MINIMUM else []
    day = build.AS_OF.isoformat()
    result = CliRunner().invoke(
        main, ["scan", str(folder), "--format", "json", "--as-of", day, *more]
    )
    found = [each for each in json.loads(result.stdout)["findings"] if each["policy"] == name]
    return {each["suppressed"]["kind"] if each["suppressed"] else None for each in found}


class TestWhatNoShippedPolicyHas:
    def test_a_policy_that_cannot_be_waived(self) -> None:
        text = build.page(replace(POLICIES[EXAMPLE], waivable=False), SETS)
        assert "It can't be waived" in text
        assert "sovlint: ignore[" not in text
        assert "waivers:" not in text

    def test_one_that_can_be_waived_for_a_while(self) -> None:
        assert "for 90 days at most." in build.page(
            replace(POLICIES[EXAMPLE], longest_waiver_days=90), SETS
        )

    def test_sets_that_say_otherwise(self) -> None:
        entries = (
            (SetEntry(EXAMPLE, waivable=False),),
            (SetEntry(EXAMPLE, longest_waiver_days=30),),
        )
        house = {
            name: SetDocument(name, POLICIES[EXAMPLE].title, each)
            for name, each in zip(("firm", "brief"), entries, strict=True)
        }
        text = build.page(POLICIES[EXAMPLE], {**SETS, **house})
        assert "Under `firm` it can't be." in text
        assert "Under `brief`: for 30 days at most." in text

    def test_a_requirement_of_several(self) -> None:
        either = Group("any", (Need("area", "EU"), Group("not", (Need("control", "EEA"),))))
        text = build.page(replace(POLICIES[EXAMPLE], require=either), SETS)
        assert "  - any of:\n    - `area: EU`." in text
        assert "    - not:\n      - `control: EEA`." in text

    def test_a_fixture_that_breaks_nothing(self) -> None:
        with pytest.raises(ValueError, match="has no violation of health-data-in-eea"):
            build.judged(POLICIES[EXAMPLE], build.FIXTURES / EXAMPLE / "compliant", SETS)

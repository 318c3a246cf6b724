"""Every note that this room makes has a template, in two languages with the same placeholders."""

from __future__ import annotations

import re
import string
from pathlib import Path

from sovlint.model.placement import ROLES
from sovlint.policy.policies import GROUPS
from sovlint.policy.requirements.predicates import PREDICATES
from sovlint.report.messages.declared import templates

ROOM = Path(__file__).parents[2] / "sovlint" / "policy"


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_placeholders_agree() -> None:
    for key, said in templates().items():
        assert fields(said.en) == fields(said.fr), key


def test_every_key_in_the_code_has_a_template() -> None:
    found = {
        key
        for path in ROOM.glob("*.py")
        for key in re.findall(r'Note\("(policy\.[a-z.-]+)"', path.read_text("utf-8"))
    }
    assert len(found) > 20
    assert found <= templates().keys()


def test_every_role_and_verdict_has_words() -> None:
    wanted = {f"policy.role.{role}" for role in ROLES}
    wanted |= {
        f"policy.{kind}.{end}"
        for kind in PREDICATES
        for end in ("compliant", "violation", "unproven")
    }
    assert wanted <= templates().keys()


def test_schema_and_predicates_agree() -> None:
    import json

    schema = json.loads((ROOM / "schema.json").read_text("utf-8"))
    assert set(schema["$defs"]["require"]["properties"]) == {*PREDICATES, *GROUPS}
    assert set(schema["$defs"]["role"]["enum"]) == set(ROLES) - {"config"}

"""Units of systemd and of Podman as trees."""

from __future__ import annotations

from sovlint.documents.syntaxes.units import trees
from sovlint.model.source import SourceFile
from sovlint.settings.entries import entries
from tests.frontends.configuration.house import one
from tests.settings.test_jenkins import plain_format

STORE = "claims.abc.us-east-1.rds.amazonaws.com"


def told(text: str) -> dict[str, object]:
    """What stands at each path."""
    (tree,) = trees(SourceFile("a.service", text.encode()))
    return {
        "/".join(each.path): getattr(each.value, "value", None)
        for each in entries(tree, plain_format())
    }


def test_a_line_may_set_several_variables() -> None:
    text = "[Service]\nEnvironment=A=b \"C=d e\" 'F=g'\nEnvironment=H=i\n"
    assert told(text) == {
        "Service/Environment/A": "b",
        "Service/Environment/C": "d e",
        "Service/Environment/F": "g",
        "Service/Environment/H": "i",
    }


def test_commands_are_those_of_all_lines_that_begin_so() -> None:
    text = "[Service]\nExecStartPre=-/bin/a\nExecStart=/bin/b \\\n  --c\n# ExecStart=/bin/d\nExecStop=\n"
    assert told(text) == {
        "Service/Exec/0": "/bin/a",
        "Service/Exec/1": "/bin/b    --c",
        "Service/ExecStop": "",
    }


def test_a_service_sends_by_its_variables_and_its_command() -> None:
    text = (
        f"[Service]\nEnvironment=A=1 HOOK=postgres://u@{STORE}/x\n"
        "ExecStart=/usr/bin/pg_dump -h other.abc.eu-west-3.rds.amazonaws.com x\n"
    )
    assert one("claims.service", text) == {
        "Service.Environment.HOOK": "at-rest aws us-east-1",
        "Service.pg_dump": "at-rest aws eu-west-3",
    }

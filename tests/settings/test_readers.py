"""Readers of configuration files: keys, values and lines; what is broken is refused."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from sovlint.documents import DocumentError
from sovlint.documents.syntaxes import properties
from sovlint.model.source import SourceFile
from sovlint.model.value import Known
from sovlint.rules.files.configuration import Format, VariablesAt
from sovlint.rules.files.declares import Declares
from sovlint.rules.files.formats import Claim
from sovlint.rules.keys import DottedPath, path_parts
from sovlint.settings.entries import MAX_ENTRIES
from sovlint.settings.readers import documents_of, parts

KIND = Format(id="any", files=("*",), source="docs", positive=(), negative=())


def said(reader: str, text: str, kind: Format = KIND) -> list[tuple[str, object, int]]:
    """Dotted key, value and line of each entry; a value that isn't known is None."""
    found = documents_of(SourceFile("a", text.encode()), kind, reader)
    return [
        (
            ".".join(e.path),
            e.value.value if isinstance(e.value, Known) else None,
            e.where.span().line,
        )
        for document in found
        for e in document
    ]


def test_properties() -> None:
    text = "a.b=1\n  c : 2\nd 3\n# e=4\n! e=4\nf=x\\\n   y\ng=\\u00e9\\n\n#---\nh[0].i=5\n"
    assert said("properties", text) == [
        ("a.b", "1", 1), ("c", "2", 2), ("d", "3", 3), ("f", "xy", 6), ("g", "é", 8), ("h.0.i", "5", 10),
    ]  # fmt: skip
    assert len(properties.trees(SourceFile("a", text.encode()))) == 2


def test_ini() -> None:
    text = 'a=1\n[b]\n; c=2\nc = "3" ; why\nnothing\n[d e]\nf: 4\n'
    assert said("ini", text) == [("a", "1", 1), ("b.c", "3", 4), ("d e.f", "4", 7)]


def test_json_with_comments() -> None:
    text = '{\n\t"a": "http://x", // no\n\t"b": [1, true, null,], /* "c": 2\n */ "d": {"e": ""},\n}'
    assert said("json", text) == [
        ("a", "http://x", 2), ("b.0", "1", 3), ("b.1", "true", 3), ("d.e", "", 4),
    ]  # fmt: skip


def test_yaml_tags_are_unknown() -> None:
    assert said("yaml", "a: !Ref b\nc: [d]\n") == [("a", None, 1), ("c.0", "d", 2)]


def test_a_default_of_dbt_is_the_value() -> None:
    kind = replace(KIND, default=":")
    text = """a: "{{ env_var('H', 'host') }}"\nb: "{{ env_var('P', '5432') | as_text }}"\nc: "{{ env_var('H') }}"\n"""
    assert said("jinja", text, kind) == [("a", "host", 1), ("b", "5432", 2), ("c", None, 3)]


def test_toml() -> None:
    text = (
        'a = 1\n[b.c]\nd = "x"\n"e.f" = "y"\n[[g]]\nh = "1"\n[[g]]\nh = "2"\ni = {j = "z"}\n'
    )
    assert said("toml", text) == [
        ("a", "1", 1), ("b.c.d", "x", 3), ("b.c.e.f", "y", 4), ("g.0.h", "1", 6), ("g.1.h", "2", 8),
        ("g.1.i.j", "z", 9),
    ]  # fmt: skip


def test_xml() -> None:
    text = '<a>\n<b c="1">x</b>\n<add key="k" value="v"/>\n<add name="n" connectionString="s"/>\n</a>'
    assert said("xml", text) == [
        ("a.b.c", "1", 2),
        ("a.b", "x", 2),
        ("a.k", "v", 3),
        ("a.n", "s", 4),
    ]


@pytest.mark.parametrize(
    ("reader", "text"),
    [("yaml", "a: ["), ("json", "{"), ("toml", "a ="), ("xml", "<a>"),
     ("xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
     ("xml", "<a>" * 200), ("toml", "a = " + "[" * 5000)],
)  # fmt: skip
def test_what_is_broken_is_refused(reader: str, text: str) -> None:
    with pytest.raises(DocumentError):
        said(reader, text)


def test_lines_by_a_pattern() -> None:
    line = re.compile(r"^(?P<name>\w+) -> (?P<value>\S+)$")
    kind = replace(KIND, line=line)
    assert said("lines", "a -> b\n# c -> d\nnothing\n", kind) == [("a", "b", 1)]


def test_dotenv_values_stand_on_their_lines() -> None:
    assert said("dotenv", 'A=1\n\n# c\nexport B="x ${A}"\n') == [
        ("A", "1", 1),
        ("B", "x 1", 4),
    ]


def test_a_file_of_many_values_is_cut() -> None:
    many = MAX_ENTRIES + 5
    assert len(said("json", f"[{'1,' * many}1]")) == MAX_ENTRIES
    for reader, line in (("yaml", "a{}: 1\n"), ("properties", "a{}=1\n"), ("ini", "a{}=1\n")):
        assert len(said(reader, "".join(map(line.format, range(many))))) == many


def test_keys_of_a_path() -> None:
    assert path_parts("a.[b.c].*.d") == ("a", "b.c", "*", "d")
    assert path_parts("") == ()


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("json", "/*" * 300_000), ("json", '\\"' * 300_000), ("json", '{"a": "' + '\\"' * 300_000),
        ("ini", "a" + " " * 600_000 + "b"), ("ini", "a = b" + " " * 600_000 + "c"), ("properties", "\\\n" * 200_000),
        ("properties", "a" * 600_000), ("properties", "a." * 300_000 + "b=c"), ("fluentd", "<a>\n" * 100_000),
        ("toml", "# " + "[" * 500_000), ("dotenv", 'A="' + "\\" * 500_000),
        ("yaml", "a: " + "${" * 9_000), ("xml", "<a>" + "&lt;" * 200_000 + "</a>"),
    ],
)  # fmt: skip
def test_hostile_files_come_to_an_end(reader: str, text: str) -> None:
    """Each would take minutes, or hours, where something looked at the same text again and again."""
    try:
        found = said(reader, text)
    except DocumentError:
        found = []
    assert len(found) <= 1


def test_variables_are_put_in_whatever_the_syntax() -> None:
    pattern = re.compile(r"\$\{(\w+)\}")
    variables = VariablesAt(at=DottedPath(("substitutions",)))
    kind = replace(KIND, expression=pattern, variables=(variables,))
    text = '{"substitutions": {"R": "fr"},\n"region": "${R}", "other": "${S}"}'
    expected = [("substitutions.R", "fr", 1), ("region", "fr", 2), ("other", None, 2)]
    assert said("json", text, kind) == said("yaml", text, kind) == expected


def test_what_deploying_makes_is_one_value_of_which_nothing_is_known() -> None:
    rule = Declares(
        at=DottedPath(("Resources", "*")),
        type=DottedPath(("Type",)),
        plugins={"AWS": "aws"},
        prefixes={},
    )
    kind = replace(KIND, declares=rule)
    text = "Resources:\n  A:\n    Fn::Transform: {Name: x}\n    B: !Sub [c]\n    D: {Ref: e}\n    F: g\n"
    assert said("yaml", text, kind) == [
        ("Resources.A", None, 2), ("Resources.A.B", None, 4), ("Resources.A.D", None, 5), ("Resources.A.F", "g", 6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("steps:\n- a\n", True), ('"steps":\n- a\n', True), ("{'steps' : [a]}", True), ("? steps\n: [a]\n", True),
        ("stepsister: a\n", False), ("steps\n", False),
    ],
)  # fmt: skip
def test_a_key_that_tells_a_format_may_be_quoted(text: str, found: bool) -> None:
    claim = Claim("a.yaml", replace(KIND, contains=("steps:",)), "a.yaml")
    assert bool(parts(SourceFile("a.yaml", text.encode()), claim)) is found

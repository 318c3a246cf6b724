"""Output of templates -> documents, whose parts know where they were written."""

from __future__ import annotations

from sovlint.documents import Document
from sovlint.documents.attributes import Evaluated
from sovlint.expressions.templates.text import (
    Origin,
    PlacedText,
    TemplateHole,
    TemplateHoles,
    joined,
)
from sovlint.frontends.cluster.charts.rendered_text import (
    BrokenDocument,
    DocumentReader,
    RenderedText,
)
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, Unknown, unroll

CHART = Span("c/Chart.yaml", 1, 1, 1, 1)
HOLES = TemplateHoles()


def hole(name: str) -> str:
    """The character of something that isn't known."""
    return HOLES.character(TemplateHole(Unknown(Reason.UNSET_VARIABLE, name), name))


def literal(text: str, line: int, path: str = "c/templates/a.yaml") -> str:
    """Text of a template from a line on."""
    return PlacedText.of(text, [(0, Origin(Span(path, line, 1, line, 1), lines=True))])


def action(text: str, line: int, value: int | None = None) -> str:
    """What an action prints on a line, of a value on a line of the values."""
    written = None if value is None else Span("c/values.yaml", value, 1, value, 9)
    return PlacedText.of(
        text, [(0, Origin(Span("c/templates/a.yaml", line, 7, line, 20), written))]
    )


def documents(*pieces: str) -> list[Document | BrokenDocument]:
    """The documents of pieces of output."""
    return list(DocumentReader().read(RenderedText(joined(pieces), HOLES, CHART)))


def test_a_line_of_the_output_is_a_line_of_its_template() -> None:
    [one, two] = documents(
        literal("# licence\n\nkind: A\nhost: ", 3),
        action("db.example.org", 6, 12),
        literal("\n---\nkind: B\nx: {y: 1}\n", 6),
    )
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert one.span(("kind",)).position == "c/templates/a.yaml:5:1"
    assert one.span(("host",)).line == 6
    assert two.span(("x", "y")).line == 9


def test_a_text_made_of_a_value_says_where_that_is_written() -> None:
    [document] = documents(
        literal("host: ", 1), action('"db.example.org"', 1, 12), literal("\nport: 1\n", 1)
    )
    assert isinstance(document, Document)
    host = document.data["host"]
    assert isinstance(host, Evaluated)
    assert isinstance(host.given, Known)
    assert (host, host.given.value) == ("db.example.org", "db.example.org")
    assert [
        step.where.span().position for step in unroll(host.given.because) if step.where
    ] == ["c/values.yaml:12:1"]


def test_what_is_not_known_of_a_text_stays_a_hole() -> None:
    [document] = documents(
        literal("url: https://", 1), action(hole(".Values.host"), 1), literal("/v1\n", 1)
    )
    assert isinstance(document, Document)
    url = document.data["url"]
    assert isinstance(url, Evaluated)
    assert isinstance(url.given, Unknown)
    assert url.given.parts == ("https://", None, "/v1")
    assert url == "https://${.Values.host}/v1"


def test_a_line_of_which_nothing_is_known_is_an_entry_like_those_around_it() -> None:
    more = hole(".Values.more")
    [document] = documents(
        literal(
            f"labels:\n  app: a\n  {more}\nenv:\n  - name: A\n  {more}\nonly:\n  {more}\n", 1
        )
    )
    assert isinstance(document, Document)
    assert list(document.data["labels"]) == ["app", "${.Values.more}"]
    assert [isinstance(each, str) for each in document.data["env"]] == [False, True]
    assert document.data["only"] == "${.Values.more}"


def test_a_document_that_is_broken_hides_no_other() -> None:
    [broken, sound] = documents(literal("a: b: c\n---\nkind: B\n", 8))
    assert isinstance(broken, BrokenDocument)
    assert broken.where.line == 8
    assert isinstance(sound, Document)
    assert sound.data == {"kind": "B"}

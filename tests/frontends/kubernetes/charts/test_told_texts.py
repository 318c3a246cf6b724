"""Texts of a template that needn't be read, since one that was read says all that they say."""

from __future__ import annotations

import pytest

from sovlint.documents import load
from sovlint.expressions.templates.granted import granted_hole
from sovlint.expressions.templates.text import TemplateHole, TemplateHoles
from sovlint.frontends.cluster.charts.rendered_text import BrokenDocument, RenderedText
from sovlint.frontends.kubernetes.charts.rendered_objects import ToldTexts
from sovlint.model.source import Span
from sovlint.model.value import Reason, Unknown

HERE = Span("a.yaml", 1, 1, 1, 1)
HOLES = TemplateHoles()
NAME = HOLES.character(granted_hole(".Release.Name"))
VALUE = HOLES.character(TemplateHole(Unknown(Reason.UNSET_VARIABLE, "x"), "x"))


@pytest.mark.parametrize(
    ("told", "new", "said"),
    [
        ("name: a\n", "name: a\n", True),
        ("name: release-name-db\n", f"name: {NAME}-db\n", True),
        ('namespace: "default"\n', f"namespace: {NAME}\n", True),
        ("- default\n", f"- {NAME}\n", True),
        ("host: a.eu\n", f"host: {VALUE}.eu\n", False),  # it isn't only printed
        ("host: a.eu\n", f"host: {NAME}.us\n", False),
        ("host: a.eu\n", "host: a.us\n", False),
        ("host: a.eu\n", f"host: {NAME}\nport: 1\n", False),
        ("host: {url: a.eu}\n", f"host: {NAME}\n", False),  # more than a text
        (f"host: {VALUE}\n", f"host: {NAME}\n", False),  # what is told isn't known
        ("a: 1\n", f"{NAME}: 1\n", False),  # a key
        ("a: 1\n", f"{NAME}\n", False),  # a line of its own
    ],
)
def test_a_text_says_no_more_than_another_if_it_would_only_be_printed_otherwise(
    told: str, new: str, said: bool
) -> None:
    """Whatever isn't alike has to be read."""
    texts = ToldTexts()
    texts.add(RenderedText(told, HOLES, HERE), tuple(load(told, "a.yaml")), ("key",))
    assert texts.say(RenderedText(new, HOLES, HERE)) is said
    assert texts.keys_of(RenderedText(told, HOLES, HERE)) == ("key",)


def test_what_is_broken_is_read_again() -> None:
    """What is wrong with it has to be told each time."""
    texts = ToldTexts()
    text = RenderedText("a: [\n", HOLES, HERE)
    texts.add(text, (BrokenDocument("no end", HERE),), ())
    assert not texts.say(text)
    assert texts.keys_of(text) is None

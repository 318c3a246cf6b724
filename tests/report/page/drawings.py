"""What the tests of drawings share: names that mean harm, and SVG as somebody else's reader sees it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

SPACE = "{http://www.w3.org/2000/svg}"

HOSTILE = (
    "</text><script>alert(1)</script>",
    '" onload="alert(1)',
    "]]>&lt;&amp;amp;<!--",
    "\u202etxt.exe\u2066 \u0000\ud800\x1b[2J",
    "שלום עולם",
    "名" * 400,
    "W" * 5_000,
    "",
    "a b\tc\nd%20",
)


def read(svg: str) -> ET.Element:
    """The drawing, which is well formed and has no script, no style and no address in it."""
    root = ET.fromstring(svg)
    assert root.tag == f"{SPACE}svg"
    for each in root.iter():
        assert each.tag.removeprefix(SPACE) in {
            "svg",
            "g",
            "path",
            "circle",
            "rect",
            "text",
            "title",
            "polygon",
        }
        assert not [
            name for name in each.attrib if name.startswith("on") or name in {"style", "href"}
        ]
    return root


def having(root: ET.Element, word: str) -> Iterator[ET.Element]:
    """The elements of a class."""
    return (each for each in root.iter() if word in each.get("class", "").split())


def title_of(element: ET.Element) -> str:
    """What a pointer that rests on it shows."""
    return element.findtext(f"{SPACE}title", "")


def text_of(element: ET.Element) -> str:
    """The words in it, but titles."""
    return " ".join(each.text or "" for each in element.iter(f"{SPACE}text"))

"""What goes into a page: its script, after what the scripts of all pages have in common."""

from __future__ import annotations

import re

from sovlint.report.page.shipped import SCRIPT, SHARED, own_parts

FUNCTION = re.compile(r"function (\w+)")


def test_a_script_has_what_all_pages_share_and_then_its_own() -> None:
    shared, own = (FUNCTION.findall(path.read_text("utf-8")) for path in (SHARED, SCRIPT))
    assert shared
    assert own
    assert FUNCTION.findall(str(own_parts()["script"])) == [*shared, *own]

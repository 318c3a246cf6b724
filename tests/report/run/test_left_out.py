"""What nobody read is named by every format, and a run that finds nothing else doesn't look clean for it."""

from __future__ import annotations

import pytest

from sovlint.model.findings.finding import Coverage
from sovlint.model.text import Bilingual
from sovlint.model.unread import UnreadKind
from sovlint.report import REPORTS
from sovlint.report.pieces.style import Style
from tests.report.build import report

PULUMI = UnreadKind("pulumi", Bilingual("Pulumi", "Pulumi"))


@pytest.mark.parametrize("form", sorted(REPORTS))
def test_kinds_that_nobody_reads_are_named(form: str) -> None:
    told = report(
        coverage=Coverage(files=1, resources=1, unread=((PULUMI, ("a.py", "b.py", "c.py")),))
    )
    assert "pulumi" in REPORTS[form](told, "en", Style(color=False, width=2000)).lower()

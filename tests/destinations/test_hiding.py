"""Where nobody knows the value of a setting, something is still told of it, whatever its name, but for what its name is
plainly about. What violated or was unproven never becomes compliant, or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sovlint.model.findings.finding import Finding, Severity
from sovlint.model.source import Span
from sovlint.model.value import Reason, Unknown
from sovlint.rules.destination import Setting
from tests.destinations.matrix import HIDING, SHOWN_NAMES, Cell, names, written
from tests.destinations.scanning import judged, places
from tests.rules.values.test_by_value import signatures

ABOUT_SOMETHING_ELSE: Final = (
    "LOG_LEVEL", "DEBUG", "FEATURE_CLAIMS", "IS_PRIMARY", "CLAIMS_ENABLED", "HTTP_PORT", "API_VERSION", "BATCH_SIZE",
    "REQUEST_TIMEOUT", "MAX_RETRIES", "WORKERS", "TZ", "LANG", "DEFAULT_LOCALE", "IMAGE_TAG", "APP_ENV", "NODE_ENV",
    "API_KEY", "JWT_SECRET", "CLAIMS_PASSWORD", "DB_USER", "DB_NAME", "CLIENT_ID", "AWS_REGION", "ROLE_ARN",
)  # fmt: skip
"""Names that are plainly those of no address and no store."""
EXEMPT: Final = frozenset(
    ("DB_PASSWORD", "DORIS_VERSION", "GH_AW_COMPILED_VERSION", "HASURA_VERSION", "OPENTELEMETRY_CPP_VERSION",
     "UV_VERSION", "SERVER_BASE_URL", "SCALINGO_NO_FRONT_ERROR_URL")
)  # fmt: skip
"""Those of the matrix that are, or that say where the thing itself answers."""


def told(holder: str, called: Iterable[str], folder: Path) -> dict[str, list[Finding]]:
    """What is told of each setting but that it is compliant, by the lines of findings."""
    group = [Cell(0, name, "", number) for number, name in enumerate(called, 10)]
    made = written(HIDING[holder], [group])
    found = judged(made.files, folder)
    assert not found.failures
    said: dict[str, list[Finding]] = {cell.name: [] for cell in group}
    for finding in found.findings:
        is_own = finding.placement is not None and not finding.placement.sent
        if finding.verdict.value != "compliant" and not is_own:
            for cell in {made.about.get((at.path, at.line)) for at in places(finding)}:
                if cell is not None:
                    said[cell.name].append(finding)
    return said


@pytest.mark.parametrize("holder", HIDING)
def test_a_value_that_nobody_knows_is_told(holder: str, tmp_path: Path) -> None:
    asked = [name for name in names() if name not in EXEMPT]
    said = told(holder, [*asked, *SHOWN_NAMES, *ABOUT_SOMETHING_ELSE], tmp_path)
    assert [name for name in asked if not said[name]] == []
    assert [name for name in (*SHOWN_NAMES, *ABOUT_SOMETHING_ELSE) if said[name]] == []


@pytest.mark.parametrize("holder", HIDING)
def test_names_that_say_nothing_are_one_question(holder: str, tmp_path: Path) -> None:
    said = told(holder, ["LAKE", "FOO", "X"], tmp_path)
    found = {id(each): each for name in said for each in said[name]}
    assert len(found) == 1
    (finding,) = found.values()
    assert (finding.policy, finding.severity) == ("data-class-judged", Severity.WARNING)
    assert finding.cause is not None
    assert finding.cause.kind == "values"


@cache
def _is_asked(name: str) -> bool:
    """Whether neither a word nor a signature exempts a name, or knows it."""
    if yaml.safe_load(name) != name:  # NULL, ON
        return False
    unknown = Unknown(Reason.FROM_ENVIRONMENT, "$V")
    setting = Setting(name, unknown, Span("a.tf", 1, 1, 1, 1))
    found = signatures()
    return any(True for _ in (*found.by_value(setting), *found.untold([setting])))


_WORDS: Final = st.one_of(
    st.sampled_from(["CLAIMS", "PARTNER", "LAKE", "EXPORT", "SINK", "URL", "HOST", "SANTE", "NOEMIE", "BUCKET"]),
    st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8),
)  # fmt: skip
NAMES: Final = st.lists(_WORDS, min_size=1, max_size=3).map("_".join).filter(_is_asked)


@given(st.lists(NAMES, min_size=1, max_size=5, unique=True), st.sampled_from(sorted(HIDING)))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_whatever_it_is_called_and_however_it_is_hidden(
    called: list[str], holder: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        said = told(holder, called, Path(folder))
    assert [name for name in called if not said[name]] == []

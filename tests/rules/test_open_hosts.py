"""An address of whose host a part isn't known, under a name of an address: nobody knows who answers, which is said."""

from __future__ import annotations

import pytest

from sovlint.model.resources.sent import SentBy
from sovlint.model.source import Span
from sovlint.model.value import Reason, Unknown
from sovlint.rules.destination import Setting
from tests.resolve.house import catalog


@pytest.mark.parametrize(
    ("name", "parts", "by"),
    [
        ("API_URL", ("https://", None), [SentBy.ADDRESS]),
        ("API_URL", ("https://", None, "/v1"), [SentBy.ADDRESS]),
        ("PARTNER_HOST", (None,), [SentBy.ADDRESS]),
        ("PARTNER_HOST", ("partner.", None), [SentBy.ADDRESS]),
        (
            "PARTNER_ENDPOINT",
            (None, ".execute-api.", None, ".", None, "/dev"),
            [SentBy.ADDRESS],
        ),
        ("API_LABEL", ("https://", None), [SentBy.URL]),
        ("API_URL", (None, " and more"), []),
    ],
)
def test_a_host_with_holes(
    name: str, parts: tuple[str | None, ...], by: list[SentBy]
) -> None:
    value = Unknown(Reason.UNSET_VARIABLE, "var.host", parts=parts)
    setting = Setting(name, value, Span("a.tf", 1, 1, 1, 2))
    found = catalog().hints().signatures.signals([setting])
    assert [each.sent.by for each in found] == by

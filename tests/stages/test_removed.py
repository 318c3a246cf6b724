"""What a revision declared, where the rules that it is judged by have gone on since."""

from __future__ import annotations

import pytest

from sovlint.model.placement import Classes, How
from sovlint.stages.removed import declared_by_both
from tests.policy.house import claims, placed

DECLARED, INFERRED = claims("health"), claims("contact", how=How.INFERRED)
BOTH = Classes((*DECLARED.claims, *INFERRED.claims))


@pytest.mark.parametrize(
    ("own", "theirs", "left"),
    [
        (BOTH, DECLARED, ["health", "contact"]),
        (BOTH, INFERRED, ["contact"]),  # the target's rules declare it no more: whoever takes it away may
        (INFERRED, DECLARED, ["contact"]),  # the target declares it since: no change here took it away
        (BOTH, None, ["contact"]),  # by the target's rules it isn't there at all
    ],
)  # fmt: skip
def test_a_class_counts_as_declared_where_both_rules_declare_one(
    own: Classes, theirs: Classes | None, left: list[str]
) -> None:
    other = placed(classes=DECLARED, address="aws_s3_bucket.other")
    by_theirs = [other] if theirs is None else [other, placed(classes=theirs)]
    (found,) = declared_by_both([placed(classes=own)], by_theirs)
    assert [each.data_class for each in found.classes.claims] == left

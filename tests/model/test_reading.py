"""Readings joined: nothing that one of them holds is lost."""

from __future__ import annotations

from sovlint.model.resources.reading import Reading, joined_readings


def test_every_field_holds_what_it_holds_in_each_reading() -> None:
    fields = Reading.__struct_fields__
    one, other = (
        Reading(**{name: (f"{name} of {which}",) for name in fields})
        for which in ("one", "other")
    )
    joined = joined_readings(iter((one, other)))
    assert {name: getattr(joined, name) for name in fields} == {
        name: (f"{name} of one", f"{name} of other") for name in fields
    }


def test_no_reading_at_all_is_an_empty_one() -> None:
    assert joined_readings(()) == Reading()

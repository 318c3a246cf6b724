"""A switch beside an address: only the program knows what it is for, so that what is off may be sent all the same."""

from __future__ import annotations

from sovlint.frontends.configuration import read
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.sent import Sent
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

DSN = "SENTRY_DSN=https://0@o1.ingest.us.sentry.io/4\n"


def sent(path: str, text: str) -> list[Sent]:
    """What a file sends."""
    reading = read(MemoryReader({path: text}), ReadOptions(), catalog().hints())
    return [each for resource in reading.resources for each in resource.sends]


def off(path: str, text: str) -> tuple[str, bool] | None:
    """The switch that the only address of a file may be off by, and whether that is only asked."""
    [found] = sent(path, text)
    return None if found.off is None else (found.off.detail, found.is_asked)


def test_what_is_off_in_a_file_for_one_environment_is_asked() -> None:
    assert off(".env.production", f"SENTRY_ENABLED=false\n{DSN}") == ("SENTRY_ENABLED", True)
    assert off(".env.production", f"SENTRY_ENABLED=true\n{DSN}") is None
    assert off(".env.production", DSN) is None


def test_what_is_off_in_a_file_for_all_is_perhaps_sent() -> None:
    assert off(".env", f"SENTRY_ENABLED=false\n{DSN}") == ("SENTRY_ENABLED", False)


def test_a_default_is_there_to_be_overridden() -> None:
    text = "sentry:\n  enabled: {}\n  dsn: https://0@o1.ingest.us.sentry.io/4\n"
    assert off("application-prod.yml", text.format("false")) == ("sentry.enabled", True)
    default = text.format("${SENTRY_ENABLED:false}")
    assert off("application-prod.yml", default) == ("sentry.enabled", False)


def test_a_switch_is_that_of_what_is_called_like_it() -> None:
    others = (
        f"TRACING_ENABLED=false\nSENTR_ENABLED=false\nSENTRY_DSN_OLD_ENABLED=false\n{DSN}"
    )
    assert off(".env.production", others) is None


def test_the_same_address_that_is_on_elsewhere_is_sent() -> None:
    text = f"OLD_SENTRY_ENABLED=false\nOLD_{DSN}NEW_{DSN}"
    assert any(each.off is None for each in sent(".env.production", text))

"""Texts that refer to other keys of the same file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from tests.scratch import write

US = "jdbc:postgresql://claims.x.us-east-1.rds.amazonaws.com/claims"


def told(folder: Path, text: str) -> dict[str, tuple[str | None, str | None]]:
    """Provider and region of what settings send, by their names."""
    write(folder, {"src/main/resources/application.properties": text})
    (folder / ".git").mkdir()
    done = CliRunner().invoke(main, ["facts", str(folder), "--format", "json", "--no-config"])
    found = json.loads(done.stdout)["resources"]
    return {
        each["address"].partition("#")[2]: (place["provider"], place["region"])
        for each in found
        for place in each["placements"]
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"db.main={US}\nspring.flyway.url=${{db.main}}\n", ("aws", "us-east-1")),
        (
            f"a.b={US}\ndb.main=${{a.b}}\nspring.flyway.url=${{db.main}}\n",
            ("aws", "us-east-1"),
        ),
        (
            f"db.main={US}\nspring.flyway.url=${{db.main:jdbc:h2:mem:x}}\n",
            ("aws", "us-east-1"),
        ),
        (
            "db.region=us-east-1\nspring.flyway.url="
            "jdbc:postgresql://a.x.${db.region}.rds.amazonaws.com/c\n",
            ("aws", "us-east-1"),
        ),
    ],
)
def test_what_stands_under_another_key_counts(
    tmp_path: Path, text: str, place: tuple[str, str]
) -> None:
    assert told(tmp_path, text)["spring.flyway.url"] == place


@pytest.mark.parametrize(
    "text",
    [
        "spring.flyway.url=${db.main}\n",
        "db.main=${db.main}\nspring.flyway.url=${db.main}\n",
        "db.main=localhost\n%prod.db.main=a.acme.fr\nspring.flyway.url=jdbc:postgresql://${db.main}/a\n",
        "db.password=localhost\nspring.flyway.url=jdbc:postgresql://${db.password}/a\n",
    ],
)
def test_what_is_not_known_stays_so(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text)["spring.flyway.url"] == (None, None)


def test_the_machine_itself_by_another_key_is_no_destination(tmp_path: Path) -> None:
    text = "aws.endpoint-url=http://127.0.0.1:4566\nspring.cloud.aws.sqs.endpoint=${aws.endpoint-url}\n"
    assert told(tmp_path, text) == {}


def test_texts_that_grow_are_not_followed_for_ever(tmp_path: Path) -> None:
    lines = [f"k{at}=" + f"${{k{at + 1}}}" * 60 for at in range(8)]
    assert told(tmp_path, "\n".join([*lines, "k8=a", "spring.flyway.url=${k0}"]))


def test_a_default_counts_in_formats_that_have_no_sign_for_it(tmp_path: Path) -> None:
    text = "stripe:\n  url: ${STRIPE_URL:-https://api.stripe.com}\nmetrics:\n  host: ${HOST:-localhost}\n"
    write(tmp_path, {"src/main/resources/config/config.yaml": text})
    assert list(told(tmp_path, "a=b\n").values()) == [("stripe", None)]


def test_what_is_another_setting_as_a_whole_is_told_once(tmp_path: Path) -> None:
    main_url = "spring.datasource.url=jdbc:postgresql://${DB_SERVER}/${DB_NAME}\n"
    same = f"{main_url}spring.flyway.url=${{spring.datasource.url}}\n"
    assert set(told(tmp_path / "a", same)) == {"spring.datasource.url"}
    other = f"{main_url}spring.flyway.url=jdbc:postgresql://${{OTHER}}/${{DB_NAME}}\n"
    assert set(told(tmp_path / "b", other)) == {"spring.datasource.url", "spring.flyway.url"}
    more = f"{main_url}spring.flyway.url=${{spring.datasource.url}}.acme.fr\n"
    assert set(told(tmp_path / "c", more)) == {"spring.datasource.url", "spring.flyway.url"}

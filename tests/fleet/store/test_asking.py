"""Questions in SQL, about the latest state and about runs; they change nothing and read nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

from sovlint.errors import SovlintError
from sovlint.fleet.store.asking import as_csv, as_json, ask
from sovlint.fleet.store.columns import VIEWS, described
from sovlint.fleet.store.running import scan_id
from sovlint.fleet.store.store import FleetStore, open_store
from sovlint.fleet.store.views import connect
from tests.fleet.store.house import asked, done, result, run


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FleetStore:
    made = open_store(f"{tmp_path_factory.mktemp('fleet')}", create=True)
    done(made, "one", [result("a"), result("b"), result("gone")])
    done(made, "two", [result("a", "d2"), result("b")])
    return made


def test_every_table_has_its_columns(store: FleetStore) -> None:
    database = connect(store)
    for view in VIEWS:
        listed = database.execute(f"DESCRIBE {view.name}").fetchall()
        assert [name for name, *_ in listed] == [each.name for each in view.columns]
    assert all(says.endswith(".") for *_, says in described())


def test_facts_flows_and_findings(store: FleetStore) -> None:
    fact = """SELECT role, provider, region, among['region'], among['control'], unknown['region'], classes, how['health'],
    qualifications, exists, because[1].note FROM facts WHERE repository = 'a' AND address = 'aws_s3_bucket.a'"""
    assert asked(store, fact) == [(
        "at-rest", "aws", None, ["eu-west-1", "eu-west-2"], ['["US"]', '["FR"]'], "multi-valued: two", ["health"],
        "declared", ["hds"], None, "said here",
    )]  # fmt: skip
    assert asked(store, "SELECT DISTINCT classes, role FROM facts WHERE address = 'x.y'") == [
        (None, None)
    ]
    assert asked(store, "SELECT from_address, to_provider FROM flows LIMIT 1") == [
        ("aws_s3_bucket.a", "datadog")
    ]
    finding = "SELECT message, provider, control, suppressed, suppressed_until FROM findings WHERE repository = 'a' LIMIT 1"
    assert asked(store, finding) == [("é “outside”", "aws", ["US"], "waiver", "2026-12-01")]
    assert asked(store, "SELECT path, at_column FROM failures LIMIT 1") == [("b.tf", 2)]
    assert asked(store, "SELECT keys[2], facts['region'].among FROM offers LIMIT 1") == [
        ("s3/claims/env", ["a", "b"])
    ]


def test_no_file_of_the_machine_is_read(store: FleetStore) -> None:
    """The folder for what is laid out on disk is open to questions, so it is nobody else's."""
    with NamedTemporaryFile(suffix=".csv") as other:
        inside = f"{store.place.path('packs')}/../store.json"
        for file in (other.name, inside):
            with pytest.raises(SovlintError, match="Cannot access file"):
                ask(store, f"SELECT * FROM read_text('{file}')")
    ((folder,),) = ask(store, "SELECT current_setting('temp_directory')").rows
    assert Path(folder).stat().st_mode & 0o077 == 0


def test_a_run_is_asked_about_what_it_lists(store: FleetStore) -> None:
    listed = "SELECT run, repository, digest, owners FROM repositories ORDER BY repository"
    assert asked(store, listed) == [
        ("two", "a", "d2", ["@team"]),
        ("two", "b", "d1", ["@team"]),
    ]
    assert [each[1:3] for each in asked(store, listed, "one")] == [
        ("a", "d1"),
        ("b", "d1"),
        ("gone", "d1"),
    ]
    trend = (
        "SELECT run, count(*) FROM findings JOIN runs USING (run) GROUP BY ALL ORDER BY ALL"
    )
    assert asked(store, trend, "all") == [("one", 6), ("two", 4)]
    with pytest.raises(SovlintError, match="There is no run `twp` that ended") as told:
        connect(store, "twp")
    assert told.value.hint == "Did you mean `two`?"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("SELECT * FROM finding", "Table with name finding does not exist"),
        ("SELECT polcy FROM findings", 'Referenced column "polcy" not found'),
        ("SELEC", "syntax error"),
        ("SELECT * FROM read_text('/etc/hostname')", "Cannot access file"),
        ("SELECT * FROM '/etc/hostname.csv'", "Cannot access file"),
        ("SELECT 1; SELECT 2", "Ask one question at a time"),
        ("", "Ask one question at a time"),
        ("COPY findings TO 'x.csv'", "COPY isn't a question"),
        ("EXPLAIN ANALYZE SELECT 1", "EXPLAIN isn't a question"),
        ("ATTACH 'x.db'", "ATTACH isn't a question"),
        ("SET threads = 9", "SET isn't a question"),
    ],
)
def test_what_is_no_question(store: FleetStore, question: str, said: str) -> None:
    with pytest.raises(SovlintError, match=said):
        ask(store, question)


def test_answers_as_csv_and_json(store: FleetStore) -> None:
    answer = ask(store, "SELECT repository, as_of, control, NULL AS n, true AS t FROM findings JOIN repositories USING "
                 "(run, repository) ORDER BY 1 LIMIT 1")  # fmt: skip
    assert as_csv(answer) == 'repository,as_of,control,n,t\na,2026-11-24,"[""US""]",,true\n'
    (row,) = json.loads(as_json(answer))
    assert row == {
        "repository": "a",
        "as_of": "2026-11-24",
        "control": ["US"],
        "n": None,
        "t": True,
    }


def test_the_latest_state_takes_in_what_pipelines_found(tmp_path: Path) -> None:
    store = open_store(f"{tmp_path / 's'}", create=True)

    def scanned(name: str, digest: str) -> str:
        told = run(scan_id(name, f"2026-11-24T{digest}"), name, options={"repository": name})
        store.keep_scan(result(name, digest), told)
        return told.id

    def state() -> list[tuple[str, str]]:
        return asked(store, "SELECT repository, digest FROM repositories ORDER BY ALL")

    scanned("a", "s1")
    scanned("alone", "s2")
    assert state() == [("a", "s1"), ("alone", "s2")]
    done(store, "one", [result("a", "f1"), result("b", "f2")])
    assert state() == [("a", "f1"), ("alone", "s2"), ("b", "f2")]
    scanned("b", "s3")
    last = scanned("b", "s4")
    assert state() == [("a", "f1"), ("alone", "s2"), ("b", "s4")]
    assert asked(store, "SELECT repository, digest FROM repositories", last) == [("b", "s4")]
    assert len(store.place.sizes("runs")) == 4, "a pipeline keeps its last run"
    done(store, "two", [result("b", "f3")])
    assert state() == [("alone", "s2"), ("b", "f3")], "the fleet no longer has `a`"

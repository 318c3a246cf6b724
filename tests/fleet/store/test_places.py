"""A store on object storage that speaks S3, on this machine."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator

import boto3
import pytest
import s3fs
from moto.server import ThreadedMotoServer

from sovlint.errors import SovlintError
from sovlint.fleet.store.forgetting import forget
from sovlint.fleet.store.packing import compact
from sovlint.fleet.store.store import open_store
from tests.fleet.store.house import asked, done, result, run

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "a",
    "AWS_SECRET_ACCESS_KEY": "b",
    "AWS_DEFAULT_REGION": "eu-west-3",
    "AWS_EC2_METADATA_DISABLED": "true",
}
STORE = "s3://fleet/of/ours"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of object storage with one bucket."""
    with pytest.MonkeyPatch.context() as patched:
        started = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
        started.start()
        host, port = started.get_host_and_port()
        address = f"http://{host}:{port}"
        for name, value in {**SETTINGS, "AWS_ENDPOINT_URL": address}.items():
            patched.setenv(name, value)
        s3fs.S3FileSystem.clear_instance_cache()
        client = boto3.client("s3", endpoint_url=address)
        client.create_bucket(
            Bucket="fleet", CreateBucketConfiguration={"LocationConstraint": "eu-west-3"}
        )
        client.close()
        yield address
        s3fs.S3FileSystem.clear_instance_cache()
        started.stop()


def test_a_store_on_object_storage(server: str) -> None:
    store = open_store(STORE, create=True)
    told = run("one", "a", "b")
    store.begin(told)
    assert store.address == f"{STORE}#run=one"
    worker = open_store(store.address)
    worker.write(result("a"))
    worker.write(result("b"))
    assert {
        each.repository for each in store.voiced([("a", "d1"), ("b", "d1")], told.as_of)
    } == {"a", "b"}
    store.finish(told, [("a", "d1"), ("b", "d1")])
    again = open_store(STORE)
    assert [*again.place.sizes("")] == [
        "packs/one.0000.parquet",
        "runs/000001~one.json",
        "store.json",
    ]
    counted = "SELECT repository, count(*) FROM findings GROUP BY ALL ORDER BY ALL"
    assert asked(again, counted) == [("a", 2), ("b", 2)]
    with pytest.raises(SovlintError, match="Cannot access file"):
        asked(again, "SELECT * FROM read_text('s3://fleet/of/ours/store.json')")
    done(again, "two", [result("b", "d2")])
    assert compact(again, keep=1).dropped == 2
    forget(again, "b")
    assert asked(open_store(STORE), counted) == []


def test_what_object_storage_refuses(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SovlintError, match="There is no store at s3://none/x"):
        open_store("s3://none/x")
    with pytest.raises(SovlintError, match="refuses: The specified bucket does not exist"):
        open_store("s3://none/x", create=True)
    open_store("s3://fleet/second", create=True)

    def refused(said: str) -> str:
        s3fs.S3FileSystem.clear_instance_cache()
        with pytest.raises(SovlintError, match=said) as told:
            open_store("s3://fleet/second")
        return told.value.hint

    check_credentials(server, "0")
    assert "the credentials of this environment" in refused("refuses: Forbidden")
    check_credentials(server, "inf")
    with monkeypatch.context() as patched:
        for name in SETTINGS:
            if "KEY" in name:
                patched.delenv(name)
        patched.setenv("HOME", "/nowhere")
        assert "the credentials of this environment" in refused(
            "Unable to locate credentials"
        )
    s3fs.S3FileSystem.clear_instance_cache()
    assert open_store("s3://fleet/second").runs() == []


def check_credentials(server: str, after: str) -> None:
    """Have the server ask for valid credentials after so many requests."""
    asked = urllib.request.Request(
        f"{server}/moto-api/reset-auth", after.encode(), {"Content-Type": "text/plain"}
    )
    urllib.request.urlopen(asked).close()

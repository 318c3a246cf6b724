"""The catalogue as a file: what is broken, cut short or another version's is refused; and what changed between two."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from jsonschema import Draft202012Validator

from sovlint.catalog.load import load
from sovlint.catalog.releases import carried, signing
from sovlint.catalog.shipped import index
from sovlint.cli import main
from sovlint.commands.schema import PACKAGE, SCHEMAS
from sovlint.errors import SovlintError
from tests.catalog.house import SOURCES, folder, provider
from tests.exceptions.house import repository, scan

HETZNER = f"replaces: true\nregions: {{own-1: {{country: FR, source: annual}}}}\n{SOURCES}"
RENEWED = f"""
offers:
  - provider: outscale
    offer: IaaS Cloud on Demand
    until: 2029-11-30
    source: annual
    note: {{en: renewed, fr: renouvelé}}
    replaces: true
{SOURCES}"""
AMAZON = f"""
replaces: true
entities: {{amazon-com: {{name: "Amazon.com, Inc.", seat: FR, source: annual, no_majority: {{source: annual}}}}}}
{SOURCES}"""


def do(*arguments: str, lang: str = "en") -> Result:
    return CliRunner().invoke(main, [*arguments, "--lang", lang], prog_name="sovlint")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ships, with an overlay in it, as a file."""
    at = tmp_path_factory.mktemp("built")
    own = folder(at / "own", providers__casa=provider(), providers__hetzner=HETZNER)
    path = at / "house.sovcat"
    done = do(
        "catalog",
        "build",
        "-o",
        str(path),
        "--no-config",
        "--catalog",
        str(own),
        "--trust-overlay",
    )
    assert done.exit_code == 0, done.output
    assert "unsigned" in done.stderr
    return path


def test_what_is_in_it_is_known_where_it_is_used(file: Path, tmp_path: Path) -> None:
    found, shipped = load([file], trusted=True), load()
    assert found.providers.keys() == {*shipped.providers, "casa"}
    assert "own-1" in found.providers["hetzner"].regions
    assert found.providers["aws"] == shipped.providers["aws"]
    (rule,) = found.laid_over
    assert [each.name for each in rule.details] == ["sha256", "signer"]
    assert rule.details[1].after == "unsigned"
    more = folder(tmp_path, providers__casa=f"replaces: true\naliases: [Villa]\n{SOURCES}")
    casa = load([file, more], trusted=True).providers["casa"]
    assert (casa.name, casa.aliases) == ("Casa Cloud", ("Villa",))
    overlays = {source.overlay.rpartition("/")[2] for source in casa.sources}
    assert overlays == {"casa.yaml"}


def test_a_run_says_which_it_went_by_and_a_repository_cannot_choose_it(
    file: Path, tmp_path: Path
) -> None:
    root = repository(tmp_path, {"sovlint.yaml": f"catalog: ['{file}']\n", "saas.yaml": ""})
    refused = do("check", "--config", str(root / "sovlint.yaml"))
    assert (refused.exit_code, "takes the place of the whole" in refused.output) == (2, True)
    (root / "sovlint.yaml").write_text("")
    (root / "saas.yaml").write_text("services: [{id: x, vendor: casa, data: [health]}]\n")
    report = scan(root, "--catalog", str(file), "--trust-overlay")
    (rule,) = [each for each in report["rules"] if each["kind"] == "catalogue"]
    version = carried.head_of(file.read_bytes())["version"]
    assert rule["names"] == [version]
    assert version.startswith(load().date.replace("-", "."))
    assert version != index()["version"]
    (found, *_) = report["findings"]
    assert found["placement"]["provider"] == "casa"


def broken(data: bytes) -> list[tuple[bytes, str]]:
    first, _, rest = data.partition(b"\n")

    def head(**changes: object) -> bytes:
        return json.dumps({**json.loads(first), **changes}).encode() + b"\n" + rest

    return [
        (b"", "is no catalogue"),
        (b"hello\n", "is no catalogue"),
        (b"[]\n", "is no catalogue"),
        (data[:5000], "isn't whole, or was changed"),
        (data.replace(b"Hetzner", b"Hetzler", 1), "isn't whole, or was changed"),
        (data + b" ", "isn't whole, or was changed"),
        (head(sovcat=2), "is of format 2, and this sovlint reads 1"),
        (head(keys="others"), "whose entries have other keys"),
        (head(size="many"), "is no catalogue"),
    ]


def test_what_is_broken_is_told_clearly(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.sovcat"
    for data, said in broken(file.read_bytes()):
        path.write_bytes(data)
        for language in ("en", "fr"):
            done = do("provider", "--no-config", "--catalog", str(path), lang=language)
            assert done.exit_code == 2
            assert said in done.stderr or language == "fr"
            assert "internal" not in done.stderr
    gone = do("provider", "--no-config", "--catalog", str(tmp_path / "b.sovcat"))
    assert "can't be read" in gone.stderr
    twice = do("provider", "--no-config", "--catalog", str(file), "--catalog", str(file))
    assert "There are several catalogues" in twice.stderr
    again = do("catalog", "build", "--no-config", "-o", str(file))
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    assert do("catalog", "build", "--no-config", "-o", str(tmp_path / "x")).exit_code == 2


def test_the_same_catalogue_has_the_same_version(tmp_path: Path) -> None:
    head = carried.head_of(carried.written(index(), index()["keys"]))
    assert head["version"] == index()["version"]


def test_what_changed_bears_on_verdicts_or_not(file: Path, tmp_path: Path) -> None:
    own = folder(
        tmp_path,
        entities=AMAZON,
        qualifications__secnumcloud=RENEWED,
        classes="classes: {iban: {en: Accounts, fr: Comptes, labels: [], replaces: true}}\n",
    )
    said = do("catalog", "diff", str(file), str(own))
    text = " ".join(said.stdout.split())
    for told in (
        "Amazon.com, Inc. (amazon-com): seat US → FR",
        "until 2026-11-30 → 2029-11-30",
        "Casa Cloud (casa): gone",
        "Hetzner (hetzner): regions.own-1",
        "classes: 1 changed (iban)",
    ):
        assert told in text
    order = [
        text.index(each)
        for each in ("Who owns whom", "Who runs what", "Who holds", "Besides")
    ]
    assert order == sorted(order)
    french = do("catalog", "diff", str(file), str(own), lang="fr").stdout
    assert "Qui détient qui, et où est leur siège" in french
    assert "Casa Cloud (casa)\N{NO-BREAK SPACE}: retiré" in french
    data = json.loads(do("catalog", "diff", str(file), str(own), "--format", "json").stdout)
    schema = json.loads((PACKAGE / SCHEMAS["catalog-diff"]).read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    bearing = [each["bears"] for each in data["changes"]]
    assert bearing == sorted(bearing, reverse=True)
    (renewed,) = [each for each in data["changes"] if each["heading"] == "qualifications"]
    keys = {each["name"]: each["bears"] for each in renewed["keys"]}
    assert (keys["until"], keys["note.en"]) == (True, False)


def test_one_catalogue_alone_is_told_from_what_ships(tmp_path: Path) -> None:
    own = folder(tmp_path / "own", entities=AMAZON)
    said = " ".join(do("catalog", "diff", str(own)).stdout.split())
    assert "Amazon.com, Inc. (amazon-com): seat US → FR" in said
    assert said.index("what ships here") < said.index("own)")


def test_between_the_same_nothing_is_otherwise(file: Path, tmp_path: Path) -> None:
    said = do("catalog", "diff", str(file), str(file))
    assert (said.exit_code, "Nothing is otherwise." in said.stdout) == (0, True)
    assert do("catalog", "diff", str(tmp_path / "gone")).exit_code == 2
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "main.tf").write_text("")
    assert do("catalog", "diff", str(tmp_path / "infra")).exit_code == 2


# --- signatures


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two keys, ``own`` and ``other``, made by the command."""
    at = tmp_path_factory.mktemp("keys")
    for name in ("own", "other"):
        done = do("catalog", "keygen", "-o", str(at / name))
        assert done.exit_code == 0, done.output
        assert (at / name).stat().st_mode & 0o777 == 0o600
    return at


@pytest.fixture(scope="module")
def signed(file: Path, keys: Path) -> Path:
    path = file.with_name("signed.sovcat")
    words = ("catalog", "build", "-o", str(path), "--sign", str(keys / "own"), "--no-config")
    done = do(*words)
    assert done.exit_code == 0, done.output
    assert f"signed by {keyid(path)}" in done.stderr
    return path


def keyid(path: Path) -> str:
    (one,) = json.loads(path.read_bytes().partition(b"\n")[0])["signatures"]
    return str(one["keyid"])


def digits(key: Path) -> str:
    """A public key as the 32 bytes that end its PEM."""
    return base64.b64decode(key.read_text().splitlines()[1])[-32:].hex()


def test_a_key_that_signed_takes_the_place_of_other_trust(signed: Path, keys: Path) -> None:
    public = keys / "own.pub"
    for key in (str(public), digits(public)):
        (rule,) = load([signed], keys=(str(keys / "other.pub"), key)).laid_over
        assert [(each.name, each.after) for each in rule.details][1:] == [
            ("signer", keyid(signed))
        ]
    own = folder(signed.parent / "house", entities=AMAZON)
    with pytest.raises(SovlintError, match="changes `seat`"):  # of overlays it says nothing
        load([signed, own], keys=(str(public),))
    (unchecked,) = load([signed], trusted=True).laid_over
    assert [(each.name, each.after) for each in unchecked.details][1:] == [
        ("signer", keyid(signed)),
        ("signature", "unchecked"),
    ]
    with pytest.raises(SovlintError, match="takes the place of the whole catalogue"):
        load([signed])


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


FORGED = {
    # what is changed in the file, and what is said
    "the version": (
        lambda data: changed(data, b'"version": "2', b'"version": "3'),
        "is wrong",
    ),
    "the content": (lambda data: data[:-2] + b" }", "isn't whole"),
    "the content and its digest": (lambda data: rehashed(data), "is wrong"),
    "who signed": (lambda data: changed(data, b'"keyid": "', b'"keyid": "0'), "unsigned"),
    "the signature": (lambda data: changed(data, b'"sig": "', b'"sig": "AAAA'), "is wrong"),
    "no signature": (lambda data: changed(data, b'"signatures"', b'"signature"'), "unsigned"),
}


def rehashed(data: bytes) -> bytes:
    first, _, body = data.partition(b"\n")
    body = changed(body, b'"seat":"US"', b'"seat":"FR"')
    head = {**json.loads(first), "sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(head).encode() + b"\n" + body


@pytest.mark.parametrize("what", FORGED)
def test_what_was_changed_is_refused(
    signed: Path, keys: Path, tmp_path: Path, what: str
) -> None:
    change, said = FORGED[what]
    path = tmp_path / "forged.sovcat"
    path.write_bytes(change(signed.read_bytes()))
    with pytest.raises(SovlintError) as refused:
        load([path], trusted=True, keys=(str(keys / "own.pub"),))
    assert said in refused.value.message


def test_of_another_key_or_none_it_is_refused_whatever_else_is_trusted(
    file: Path, signed: Path, keys: Path
) -> None:
    with pytest.raises(SovlintError, match="signed by another key"):
        load([signed], trusted=True, keys=(str(keys / "other.pub"),))
    with pytest.raises(SovlintError, match="is unsigned"):
        load([file], trusted=True, keys=(str(keys / "own.pub"),))
    for key in ("own", "gone", "../built0/signed.sovcat"):
        with pytest.raises(SovlintError):
            load([signed], trusted=True, keys=(str(keys / key),))


def test_no_key_of_the_repository_trusts_anything(
    signed: Path, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository(
        tmp_path / "r", {"main.tf": "", "sovlint.yaml": "catalog: [c.sovcat]\n"}
    )
    (root / "c.sovcat").write_bytes(signed.read_bytes())
    (root / "own.pub").write_bytes((keys / "own.pub").read_bytes())
    (root / "linked.pub").symlink_to(keys / "own.pub")
    (tmp_path / "outside.pub").symlink_to(root / "own.pub")
    words = ("scan", str(root), "--as-of", "2026-12-15", "--trust-key")
    for key in (root / "own.pub", root / "linked.pub", tmp_path / "outside.pub"):
        done = do(*words, str(key))
        assert (done.exit_code, "lies in the repository" in done.stderr) == (2, True), key
    monkeypatch.chdir(root)
    assert "lies in the repository" in do("provider", "aws", "--trust-key", "own.pub").stderr
    assert "dans le dépôt" in do("catalog", "keygen", "-o", "key", lang="fr").stderr
    told = do(*words, str(keys / "own.pub"), "--format", "json")
    details = [each["details"] for each in json.loads(told.stdout)["rules"]]
    assert {"name": "signer", "before": "", "after": keyid(signed)} in details[0]


def test_keys_that_openssl_makes_sign_too(file: Path, tmp_path: Path) -> None:
    key, path = tmp_path / "k", tmp_path / "c.sovcat"
    private = Ed25519PrivateKey.generate()
    plain = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key.write_bytes(plain)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    head = {"sha256": "0" * 64}
    told = signing.signed(head, key)
    assert signing.verified(told, [public], path) == signing.signers(told)[0]
    locked = BestAvailableEncryption(b"secret")
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))
    with pytest.raises(SovlintError, match="has a password"):
        signing.signed(head, key)
    key.write_text("no key")
    with pytest.raises(SovlintError, match="no Ed25519 key"):
        signing.signed(head, key)

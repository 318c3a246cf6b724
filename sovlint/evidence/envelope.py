"""A statement as a file: an envelope as DSSE has it, signed or not.

https://github.com/secure-systems-lab/dsse/blob/master/envelope.md
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from sovlint import signing
from sovlint.documents.fitting import fits
from sovlint.errors import SovlintError
from sovlint.evidence.statement import PREDICATE, STATEMENT
from sovlint.files.package_data import decoded
from sovlint.files.regular_files import regular_bytes
from sovlint.model.text import Note
from sovlint.report.pieces.json_text import Json

PAYLOAD: Final = "application/vnd.in-toto+json"
_FAMILY: Final = PREDICATE.rpartition("/")[0]


class SealedStatement(Struct, frozen=True):
    """A statement that was read: what it says, the bytes that were signed, and the signatures."""

    statement: Json
    payload: bytes
    signatures: Sequence[Json]

    @property
    def predicate(self) -> Json:
        """What is stated."""
        found: Json = self.statement["predicate"]
        return found

    @property
    def signers(self) -> tuple[str, ...]:
        """The ids of the keys that it names, whatever they are worth."""
        return signing.key_ids(list(self.signatures))


def sealed(statement: Json, key: Path | None) -> bytes:
    """The file of a statement, signed by a private ``key`` if one is given. Raises ``SovlintError`` where that is none."""
    payload = json.dumps(
        statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8", "backslashreplace")
    signatures = [] if key is None else signing.signatures(payload, PAYLOAD, key)
    envelope = {
        "payload": b64encode(payload).decode(),
        "payloadType": PAYLOAD,
        "signatures": signatures,
    }
    return json.dumps(envelope).encode() + b"\n"


def opened(path: Path) -> SealedStatement:
    """The statement of a file. Raises ``SovlintError`` where it isn't one, or is another version's."""
    envelope = _object(_bytes(path), path)
    payload = envelope.get("payload")
    if envelope.get("payloadType") != PAYLOAD or not isinstance(payload, str):
        raise _no_statement(path)
    try:
        data = b64decode(payload, validate=True)
    except (binascii.Error, ValueError):
        raise _no_statement(path) from None
    statement = _object(data, path)
    if statement.get("_type") != STATEMENT:
        raise _no_statement(path)
    _of_this_version(statement, path)
    signatures = envelope.get("signatures")
    listed = signatures if isinstance(signatures, list) else []
    return SealedStatement(
        statement, data, [each for each in listed if isinstance(each, dict)]
    )


def signer(found: SealedStatement, keys: Sequence[str], path: Path) -> str:
    """The id of the key among those trusted that signed a statement. Raises ``SovlintError`` where none did, or where
    it was changed since."""
    if not found.signers:
        raise SovlintError(
            f"The statement `{path}` is unsigned, and a key is given that it has to be signed by.",
            "Get the signed file.",
        )
    try:
        return signing.accepted(found.payload, PAYLOAD, found.signatures, keys)
    except signing.UntrustedError as error:
        raise SovlintError(
            f"The statement `{path}` is signed by another key than those given: {', '.join(found.signers)}.",
            f"Given: {', '.join(error.trusted)}. Ask who signs it for the public key, and check its id by another way.",
        ) from None
    except signing.TamperedError as error:
        raise SovlintError(
            f"The signature of the statement `{path}` is wrong: it was changed after {error.keyid} signed it, or "
            "somebody else wrote that id.",
            "Don't rely on it. Get it again from who made it.",
        ) from None


def _of_this_version(statement: Json, path: Path) -> None:
    kind = statement.get("predicateType")
    if kind != PREDICATE:
        known = isinstance(kind, str) and kind.rpartition("/")[0] == _FAMILY
        if known:
            raise SovlintError(
                f"The statement `{path}` is of another version ({kind}), and this sovlint reads {PREDICATE}.",
                "Install the version of sovlint that made it.",
            )
        raise _no_statement(path)
    if not _is_whole(statement):
        raise _no_statement(path)


def _is_whole(statement: Json) -> bool:
    """Whether it is as the schema has it, so that it can be compared."""
    schema = decoded("schemas/evidence.json", dict[str, Any])
    if fits(statement, schema):
        return True
    from jsonschema import Draft202012Validator  # imported late: slow

    return Draft202012Validator(schema).is_valid(statement)


def _bytes(path: Path) -> bytes:
    try:
        data = regular_bytes(str(path))
    except OSError as error:
        raise SovlintError(
            f"The statement `{path}` can't be read: {error.strerror}."
        ) from None
    if isinstance(data, Note):
        raise _no_statement(path)
    return data


def _object(data: bytes, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        raise _no_statement(path) from None
    if not isinstance(found, dict):
        raise _no_statement(path)
    return found


def _no_statement(path: Path) -> SovlintError:
    return SovlintError(
        f"`{path}` is no statement of evidence, or isn't whole.",
        "`sovlint evidence -o FILE` writes one. Get it again from who made it.",
    )

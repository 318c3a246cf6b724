"""Keys and signatures: Ed25519, as DSSE signs, so that other programs can check what is signed here.

The library is an extra (``sign``), asked for only where a key is given.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sovlint.errors import SovlintError
from sovlint.installation import bringing

if TYPE_CHECKING:
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import CryptoSigner, SSlibKey

PUBLIC: Final = ".pub"
"""The end of the name of the public half of a key, which is given on."""
_KIND: Final = "ed25519"
_HEX: Final = re.compile(r"[0-9a-fA-F]{64}")
_MAKE: Final = "`sovlint catalog keygen -o KEY` makes one, and so does `openssl genpkey -algorithm ed25519 -out KEY`."

DsseSignatures = Sequence[Mapping[str, Any]]
"""As DSSE has them: each with ``keyid`` and ``sig``."""


class UntrustedError(Exception):
    """None of the keys that are trusted signed it. ``trusted`` are their ids."""

    def __init__(self, trusted: Sequence[str]) -> None:
        super().__init__()
        self.trusted = tuple(trusted)


class TamperedError(Exception):
    """A trusted key is named, and what it signed is otherwise. ``keyid`` is the key's."""

    def __init__(self, keyid: str) -> None:
        super().__init__()
        self.keyid = keyid


def signatures(payload: bytes, payload_type: str, key: Path) -> list[dict[str, Any]]:
    """The signature of a private key, as DSSE has it. Raises ``SovlintError`` where the key is none."""
    envelope = _envelope(payload, payload_type, ())
    envelope.sign(_signer(key))
    return list(envelope.to_dict()["signatures"])


def key_ids(found: object) -> tuple[str, ...]:
    """The ids of the keys that signatures name, whatever they are worth."""
    listed = found if isinstance(found, list) else []
    ids = (each.get("keyid") if isinstance(each, dict) else None for each in listed)
    return tuple(each for each in ids if isinstance(each, str) and _HEX.fullmatch(each))


def accepted(
    payload: bytes, payload_type: str, found: DsseSignatures, keys: Sequence[str]
) -> str:
    """The id of the key among those trusted (``keys``: files, or keys in hexadecimal digits) that signed a payload.

    Raises ``UntrustedError``, ``TamperedError``, and ``SovlintError`` where one of ``keys`` is none.
    """
    trusted = [_public(each) for each in keys]
    known = {each.keyid: each for each in trusted}
    named = [each for each in key_ids(list(found)) if each in known]
    if not named:
        raise UntrustedError(tuple(known))
    from securesystemslib.exceptions import VerificationError

    try:
        signed_by = _envelope(payload, payload_type, found).verify([*trusted], 1)
    except (VerificationError, ValueError, KeyError, TypeError):
        raise TamperedError(named[0]) from None
    return str(next(iter(signed_by)))


def _envelope(payload: bytes, payload_type: str, found: DsseSignatures) -> Envelope:
    _needed()
    from securesystemslib.dsse import Envelope

    return Envelope.from_dict(
        {
            "payload": b64encode(payload).decode(),
            "payloadType": payload_type,
            "signatures": [dict(each) for each in found],
        }
    )


def generated(path: Path) -> tuple[str, str]:
    """Make a key: the private half at ``path``, which only its owner may read, the public one beside it. Gives its id,
    and the public half in hexadecimal digits. Raises ``SovlintError`` where one is there, and ``OSError``."""
    _needed()
    from securesystemslib.signer import CryptoSigner

    signer = CryptoSigner.generate_ed25519()
    public = path.with_name(path.name + PUBLIC)
    for each in (path, public):
        if os.path.lexists(each):
            raise SovlintError(
                f"{each} is there already, and is left as it is.", "Name another file."
            )
    _save(path, signer.private_bytes, 0o600)
    _save(public, _pem(signer.public_key), 0o644)
    return signer.public_key.keyid, str(signer.public_key.keyval["public"])


def key_file(written: str) -> Path | None:
    """The file of a public key that is given as one; ``None`` where the key itself is given."""
    return None if _HEX.fullmatch(written) else Path(written)


def _signer(path: Path) -> CryptoSigner:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from securesystemslib.signer import CryptoSigner

    try:
        signer = CryptoSigner(load_pem_private_key(_bytes(path), None))
    except TypeError:
        raise SovlintError(
            f"The key `{path}` has a password, and nobody is asked for one.",
            "Give it without, from where secrets are kept: `openssl pkey -in KEY -out PLAIN`.",
        ) from None
    except ValueError:
        raise _no_key(path) from None
    if signer.public_key.keytype != _KIND:
        raise _no_key(path)
    return signer


def _public(written: str) -> SSlibKey:
    """A public key, given as a file or in hexadecimal digits."""
    _needed()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from securesystemslib.signer import SSlibKey

    path = key_file(written)
    if path is None:
        return SSlibKey.from_crypto(
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(written))
        )
    try:
        key = SSlibKey.from_crypto(load_pem_public_key(_bytes(path)))
    except ValueError:
        raise _no_key(path) from None
    if key.keytype != _KIND:
        raise _no_key(path)
    return key


def _pem(key: SSlibKey) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.keyval["public"]))
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SovlintError(
            f"The key `{path}` can't be read: {error.strerror}.", _MAKE
        ) from None


def _no_key(path: Path) -> SovlintError:
    return SovlintError(
        f"`{path}` is no Ed25519 key in PEM, private to sign with and public to trust.", _MAKE
    )


def _needed() -> None:
    """Raise ``SovlintError`` where a library isn't there."""
    if not all(map(find_spec, ("securesystemslib", "cryptography"))):
        raise SovlintError(
            "Signatures need securesystemslib and cryptography, which aren't installed.",
            bringing("sign"),
        )


def _save(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)

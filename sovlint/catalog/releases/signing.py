"""Signatures of catalogues as files: who made one, shown by a key that whoever runs sovlint trusts.

Ed25519, over the file's head, which has the digest of the content; as DSSE signs, so that other programs can check it.
The library is an extra (``sovlint[sign]``), asked for only where a key is given.
"""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sovlint.errors import SovlintError

if TYPE_CHECKING:
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import CryptoSigner, SSlibKey

SIGNATURES: Final = "signatures"
"""The key of the head under which they stand, which is all of it that they don't sign."""
PAYLOAD: Final = "application/vnd.sovlint.catalogue+json"
PUBLIC: Final = ".pub"
"""The end of the name of the public half of a key, which is given on."""
_KIND: Final = "ed25519"
_HEX: Final = re.compile(r"[0-9a-fA-F]{64}")
_MAKE: Final = "`sovlint catalog keygen -o KEY` makes one, and so does `openssl genpkey -algorithm ed25519 -out KEY`."


def signed(head: Mapping[str, Any], key: Path) -> dict[str, Any]:
    """The head of a file with the signature of a private key. Raises ``SovlintError`` where the key is none."""
    envelope = _envelope(head)
    envelope.sign(_signer(key))
    return {**head, SIGNATURES: envelope.to_dict()[SIGNATURES]}


def signers(head: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the keys whose signatures a head has, whatever they are worth."""
    found = head.get(SIGNATURES)
    listed = found if isinstance(found, list) else []
    ids = (each.get("keyid") if isinstance(each, dict) else None for each in listed)
    return tuple(each for each in ids if isinstance(each, str) and _HEX.fullmatch(each))


def verified(head: Mapping[str, Any], keys: Sequence[str], path: Path) -> str:
    """The id of the key among those trusted (``keys``: files, or keys in hexadecimal digits) that signed a head. Raises
    ``SovlintError`` where none did, or what was signed is otherwise."""
    trusted = [_public(each) for each in keys]
    if not signers(head):
        raise SovlintError(
            f"The catalogue `{path}` is unsigned, and a key is given that it has to be signed by.",
            "Get the signed file. Without a key (--trust-key) it takes --trust-overlay, and reports say that it is "
            "unsigned.",
        )
    known = {each.keyid: each for each in trusted}
    named = [each for each in signers(head) if each in known]
    if not named:
        raise SovlintError(
            f"The catalogue `{path}` is signed by another key than those given: {', '.join(signers(head))}.",
            f"Given: {', '.join(known)}. Ask who signs it for the public key, and check its id by another way.",
        )
    from securesystemslib.exceptions import VerificationError

    try:
        accepted = _envelope(head).verify([*trusted], 1)
    except (VerificationError, ValueError, KeyError, TypeError):
        raise SovlintError(
            f"The signature of the catalogue `{path}` is wrong: it was changed after {named[0]} signed it, or "
            "somebody else wrote that id.",
            "Don't use it. Get it again from who made it.",
        ) from None
    return next(iter(accepted))


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


def _envelope(head: Mapping[str, Any]) -> Envelope:
    """What is signed of a head, with the signatures that it has."""
    _needed()
    from securesystemslib.dsse import Envelope

    told = {key: each for key, each in head.items() if key != SIGNATURES}
    payload = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    return Envelope.from_dict(
        {
            "payload": b64encode(payload).decode(),
            "payloadType": PAYLOAD,
            SIGNATURES: [dict(each) for each in head.get(SIGNATURES, ())],
        }
    )


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
            "pip install 'sovlint[sign]'",
        )


def _save(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)

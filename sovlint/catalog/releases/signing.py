"""Signatures of catalogues as files: who made one, shown by a key that whoever runs sovlint trusts.

What is signed is the file's head, which has the digest of the content.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sovlint import signing
from sovlint.errors import SovlintError

SIGNATURES: Final = "signatures"
"""The key of the head under which they stand, which is all of it that they don't sign."""
PAYLOAD: Final = "application/vnd.sovlint.catalogue+json"


def signed(head: Mapping[str, Any], key: Path) -> dict[str, Any]:
    """The head of a file with the signature of a private key. Raises ``SovlintError`` where the key is none."""
    return {**head, SIGNATURES: signing.signatures(_payload(head), PAYLOAD, key)}


def signers(head: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the keys whose signatures a head has, whatever they are worth."""
    return signing.key_ids(head.get(SIGNATURES))


def verified(head: Mapping[str, Any], keys: Sequence[str], path: Path) -> str:
    """The id of the key among those trusted (``keys``: files, or keys in hexadecimal digits) that signed a head. Raises
    ``SovlintError`` where none did, or what was signed is otherwise."""
    if not signers(head):
        raise SovlintError(
            f"The catalogue `{path}` is unsigned, and a key is given that it has to be signed by.",
            "Get the signed file. Without a key (--trust-key) it takes --trust-overlay, and reports say that it is "
            "unsigned.",
        )
    try:
        return signing.accepted(_payload(head), PAYLOAD, head[SIGNATURES], keys)
    except signing.UntrustedError as error:
        raise SovlintError(
            f"The catalogue `{path}` is signed by another key than those given: {', '.join(signers(head))}.",
            f"Given: {', '.join(error.trusted)}. Ask who signs it for the public key, and check its id by another way.",
        ) from None
    except signing.TamperedError as error:
        raise SovlintError(
            f"The signature of the catalogue `{path}` is wrong: it was changed after {error.keyid} signed it, or "
            "somebody else wrote that id.",
            "Don't use it. Get it again from who made it.",
        ) from None


def _payload(head: Mapping[str, Any]) -> bytes:
    """What is signed of a head."""
    told = {key: each for key, each in head.items() if key != SIGNATURES}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()

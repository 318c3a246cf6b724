"""What is kept can be opened only by who has the files that it was made of: it may hold what is a secret in them.

The key is the digest of what these files hold. In the kept file stands only the digest of each digest, from which no key
can be told. So a copy of the cache tells nothing that isn't in the repository, and nothing at all without it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256, shake_256
from typing import Final

from msgspec import Struct

from sovlint.cache.asking import ReaderAnswers, ReaderQuestion

ONCE: Final = 16
"""Bytes that tell two contents under the same answers apart: no stream is used twice."""
_MAGIC: Final = b"sovlint-reading/1\n"


class Unsealed(Struct, frozen=True):
    """Content that was kept, and the questions that it hangs on, each with the digest of its answer."""

    content: bytes
    asked: Mapping[ReaderQuestion, str]


def sealed(content: bytes, asked: Mapping[ReaderQuestion, str]) -> bytes:
    """What is kept of ``content``. ``asked``: each question that it hangs on, with the digest of the answer."""
    once = os.urandom(ONCE).hex()
    head = {
        "asked": [[*question, _check(answer)] for question, answer in asked.items()],
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "once": once,
    }
    key = _key((once, *asked.values()))
    return _MAGIC + json.dumps(head).encode() + b"\n" + mixed(content, key)


def opened(kept: bytes, answers: ReaderAnswers) -> Unsealed | None:
    """The content, where every question has the answer that it had then; ``None`` where one hasn't, or where this is no
    kept reading, or not a whole one."""
    if not kept.startswith(_MAGIC):
        return None
    end = kept.find(b"\n", len(_MAGIC))
    try:
        head = json.loads(kept[len(_MAGIC) : end])
        found: dict[ReaderQuestion, str] = {}
        for asked, path, check in head["asked"]:
            answer = answers.to((asked, path))
            if _check(answer) != check:
                return None
            found[asked, path] = answer
        size, digest, once = head["size"], head["digest"], head["once"]
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return None
    content = mixed(kept[end + 1 :], _key((once, *found.values())))
    whole = len(content) == size and sha256(content).hexdigest() == digest
    return Unsealed(content, found) if whole else None


def _check(answer: str) -> str:
    return sha256(answer.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _key(answers: Iterable[str]) -> bytes:
    made = sha256()
    for answer in answers:
        made.update(f"{answer}\0".encode("utf-8", "surrogateescape"))
    return made.digest()


def mixed(content: bytes, key: bytes) -> bytes:
    """The content and a stream that the key makes, bit by bit: twice is once."""
    stream = shake_256(key).digest(len(content))
    both = int.from_bytes(content, sys.byteorder) ^ int.from_bytes(stream, sys.byteorder)
    return both.to_bytes(len(content), sys.byteorder)

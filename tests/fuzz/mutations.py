"""Mutations of a whole repository: a change in the structure of a file, in its lines or bytes, or of the files."""

from __future__ import annotations

import random
from collections.abc import Callable
from posixpath import dirname, join

from tests.fuzz import hcl, odd, trees
from tests.fuzz.seeds import Files, Seed, seeds

MOST = 40
"""Files of a repository."""
LARGEST = 400_000


def repository(dice: random.Random, room: str | None = None) -> Seed:
    """A seed, of a room or of any: rooms with few seeds are as likely as others."""
    rooms = sorted({each.room for each in seeds()})
    wanted = room or dice.choice(rooms)
    return dice.choice([each for each in seeds() if each.room == wanted])


def mutated(dice: random.Random, seed: Seed) -> Files:
    """A repository with some changes."""
    files = dict(seed.files)
    for _ in range(dice.choice((1, 1, 2, 2, 3, 4, 6, 10))):
        if dice.random() < 0.12:
            of_files(dice, files)
        elif files:
            name = dice.choice(sorted(files))
            files[name] = of_text(dice, name, files[name])
    return files


def rebuilt(dice: random.Random, seed: Seed) -> Files:
    """A repository as it is, or with some changes in what its files are made of, which leave their syntax whole."""
    files = dict(seed.files)
    for _ in range(dice.choice((0, 0, 1, 2, 4))):
        name = dice.choice(sorted(files))
        files[name] = structured(dice, name, files[name]) or files[name]
    return files


def of_text(dice: random.Random, name: str, raw: bytes) -> bytes:
    """A text with a change."""
    way = dice.random()
    changed: bytes | None = None
    if way < 0.7:
        changed = structured(dice, name, raw)
    if changed is None and way < 0.9:
        changed = dice.choice(LINES)(dice, raw)
    if changed is None:
        changed = dice.choice(RAW)(dice, raw)
    return changed if len(changed) < LARGEST else raw


def structured(dice: random.Random, name: str, raw: bytes) -> bytes | None:
    """A change of what a text is made of, where its syntax is one of those known here."""
    if name.endswith((".tf", ".hcl", ".tfvars", ".tofu")):
        return hcl.mutate(dice, raw, another(dice, (".tf", ".hcl")))
    if name.endswith((".yaml", ".yml", ".json", ".tfstate", ".json5")):
        return trees.mutate(dice, raw, another(dice, (".yaml", ".yml", ".json")))
    return None


def another(dice: random.Random, endings: tuple[str, ...]) -> bytes:
    """A text of another seed."""
    for _ in range(20):
        files = dice.choice(seeds()).files
        found = [name for name in sorted(files) if name.endswith(endings)]
        if found:
            return files[dice.choice(found)]
    return b""


# --- lines


def _lines(
    change: Callable[[random.Random, list[bytes]], None],
) -> Callable[[random.Random, bytes], bytes]:
    def changed(dice: random.Random, raw: bytes) -> bytes:
        lines = raw.split(b"\n")
        change(dice, lines)
        return b"\n".join(lines)

    return changed


def _drop(dice: random.Random, lines: list[bytes]) -> None:
    at = dice.randrange(len(lines))
    del lines[at : at + dice.choice((1, 1, 2, 5))]


def _repeat(dice: random.Random, lines: list[bytes]) -> None:
    at = dice.randrange(len(lines))
    lines[at:at] = lines[at : at + dice.choice((1, 1, 3))] * dice.choice((1, 1, 2, 50))


def _move(dice: random.Random, lines: list[bytes]) -> None:
    line = lines.pop(dice.randrange(len(lines)))
    lines.insert(dice.randint(0, len(lines)), line)


def _indent(dice: random.Random, lines: list[bytes]) -> None:
    at = dice.randrange(len(lines))
    lines[at] = dice.choice((b" ", b"  ", b"\t", b"")) + lines[at].lstrip() * dice.choice(
        (1, 1, 2)
    )


def _word(dice: random.Random, lines: list[bytes]) -> None:
    """One word of a line is something odd."""
    at = dice.randrange(len(lines))
    words = lines[at].split(b" ")
    words[dice.randrange(len(words))] = odd.text(dice).encode("utf-8", "surrogatepass")
    lines[at] = b" ".join(words)


def _value(dice: random.Random, lines: list[bytes]) -> None:
    """What stands after a mark is something odd."""
    at = dice.randrange(len(lines))
    mark = dice.choice((b"=", b":", b" "))
    head, found, _ = lines[at].partition(mark)
    if found:
        lines[at] = head + found + odd.text(dice).encode("utf-8", "surrogatepass")


def _graft(dice: random.Random, lines: list[bytes]) -> None:
    """Lines of a text of another seed."""
    other = another(dice, ("",)).split(b"\n")
    start = dice.randrange(len(other))
    at = dice.randint(0, len(lines))
    lines[at:at] = other[start : start + dice.choice((1, 2, 5))]


LINES = tuple(
    _lines(each)
    for each in (_drop, _repeat, _move, _indent, _word, _word, _value, _value, _graft)
)


# --- bytes


def _put(dice: random.Random, raw: bytes) -> bytes:
    at = dice.randint(0, len(raw))
    return raw[:at] + dice.choice(odd.BYTES) * dice.choice((1, 1, 1, 2, 500)) + raw[at:]


def _cut(dice: random.Random, raw: bytes) -> bytes:
    at = dice.randint(0, len(raw))
    return raw[:at] + raw[at + dice.choice((1, 1, 2, 10, 100)) :]


def _end(dice: random.Random, raw: bytes) -> bytes:
    return raw[: dice.randint(0, len(raw))]


def _encoding(dice: random.Random, raw: bytes) -> bytes:
    text = raw.decode("utf-8", "replace")
    return dice.choice((
        lambda: b"\xef\xbb\xbf" + raw,
        lambda: text.encode("utf-16"),
        lambda: text.encode("utf-16-be"),
        lambda: text.encode("utf-32"),
        lambda: text.encode("latin-1", "replace"),
        lambda: raw.replace(b"\n", b"\r\n"),
        lambda: raw.replace(b"\n", b"\r"),
        lambda: raw + b"\x00" * 64,
        lambda: raw.rstrip(),
        lambda: raw.replace(b" ", b"\xc2\xa0"),
        lambda: raw.upper(),
    ))()  # fmt: skip


def _long(dice: random.Random, raw: bytes) -> bytes:
    at = dice.randint(0, len(raw))
    return (
        raw[:at]
        + dice.choice(
            (b"x", b"a.", b"a/", b"(", b"[", b"${", b" ", b"\\", b'"', b"@", b"<a>")
        )
        * dice.choice((20_000, 20_000, 150_000))
        + raw[at:]
    )


RAW = (_put, _put, _put, _cut, _cut, _end, _encoding, _encoding, _long)


# --- files


def of_files(dice: random.Random, files: Files) -> None:
    """A change of what files there are."""
    if not files:
        return
    name = dice.choice(sorted(files))
    match dice.randrange(6):
        case 0:
            del files[name]
        case 1:
            _call(files, join(dirname(name), dice.choice(odd.NAMES)), files.pop(name))
        case 2:
            _call(files, join(dirname(name), dice.choice(odd.NAMES)), files[name])
        case 3:
            files[name] = dice.choice(
                (b"", b"\n", b"\x00", b"---\n", b"{}", b"[]", b"null", b"# x\n")
            )
        case 4:
            other = dice.choice(seeds()).files
            for each in sorted(other)[: MOST - len(files)]:
                _call(files, each, other[each])
        case _:
            _call(
                files,
                dice.choice(("a/", "modules/x/", "test/", "a/b/c/")) + name,
                files.pop(name),
            )


def _call(files: Files, name: str, raw: bytes) -> None:
    """Add a file, unless a folder has its name, or a file that of one of its folders."""
    taken = any(each.startswith(f"{name}/") for each in files)
    parts = name.split("/")
    above = ("/".join(parts[:number]) for number in range(1, len(parts)))
    if not taken and not any(each in files for each in above):
        files[name] = raw

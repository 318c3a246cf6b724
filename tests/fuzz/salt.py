"""Secrets in places where secrets are: none of them may come out."""

from __future__ import annotations

import random
from collections.abc import Callable
from posixpath import basename

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from tests.fuzz import hcl, odd, trees
from tests.fuzz.seeds import Files

MAP, SEQ = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
NAMES = odd.table("names of secrets")
COMMANDS = odd.table("commands with secrets")
"""With ``@`` for the secret, as settings; a second one is an at sign."""


def filled(form: str, secret: str) -> str:
    """A form with the secret in it."""
    return form.replace("@@", "\0").replace("@", secret).replace("\0", f"{secret}@")


class Salt:
    """Secrets, each given away once."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.given: list[str] = []

    def secret(self) -> str:
        """A new one, which no rule knows by its form."""
        word = "".join(self.dice.choices("abcdefghjkmnpqrstuvwxyz", k=9))
        self.given.append(f"hunter{word}{len(self.given)}q")
        return self.given[-1]

    def setting(self) -> tuple[str, str]:
        """A name and a value that holds a secret."""
        if self.dice.random() < 0.5:
            return self.dice.choice(NAMES), self.secret()
        name = self.dice.choice(sorted(odd.SETTINGS))
        return name, filled(odd.SETTINGS[name], self.secret())

    def command(self) -> str:
        """A command line that holds a secret."""
        return filled(self.dice.choice(COMMANDS), self.secret())


def salted(dice: random.Random, files: Files) -> tuple[Files, tuple[str, ...]]:
    """The repository with secrets in it, and the secrets."""
    salt = Salt(dice)
    found = dict(files)
    for name in sorted(found):
        for _ in range(dice.randint(1, 3)):
            changed = _way(name)(salt, found[name])
            found[name] = found[name] if changed is None else changed
    held = [
        each for each in salt.given if any(each.encode() in raw for raw in found.values())
    ]
    return found, tuple(held)


GOVERNING, RULES = (
    ("sovlint.yaml", "pyproject.toml", "house.yaml"),
    ("own/", "policies/", "rules/"),
)
"""Files in which a house says what counts: no place for secrets, and quoted where they are wrong."""
Way = Callable[[Salt, bytes], bytes | None]


def _way(name: str) -> Way:
    last = basename(name)
    if last in GOVERNING or name.startswith(RULES):
        return lambda salt, raw: None
    if last.endswith((".yaml", ".yml", ".json")):
        return _tree
    if last.endswith((".tf", ".hcl")):
        return _hcl
    if ".env" in last or last.endswith(".properties"):
        return lambda salt, raw: (
            raw.rstrip(b"\n") + b"\n" + "=".join(salt.setting()).encode() + b"\n"
        )
    if last.endswith(".sh"):
        return lambda salt, raw: raw + salt.command().encode() + b"\n"
    if last.endswith((".ini", ".conf", ".toml")) and not last.startswith(("nginx", "fluent")):
        return _section
    return lambda salt, raw: None


def _section(salt: Salt, raw: bytes) -> bytes:
    name, value = salt.setting()
    quote = b"" if b"\n[" not in raw and b'"' not in raw else b'"'
    return (
        raw.rstrip(b"\n")
        + b"\n"
        + name.encode()
        + b" = "
        + quote
        + value.encode()
        + quote
        + b"\n"
    )


def _tree(salt: Salt, raw: bytes) -> bytes | None:
    documents = trees.parse(raw)
    if not documents or any(isinstance(each, ScalarNode) for each in documents):
        return None
    nodes = [*documents, *map(trees.at, trees.places(documents))]
    node = salt.dice.choice(nodes)
    name, value = salt.setting()
    key, text = trees.scalar(name), trees.scalar(value)
    match node:
        case MappingNode():
            node.value.insert(salt.dice.randint(0, len(node.value)), (key, text))
        case SequenceNode(value=[MappingNode(), *_]):
            pairs = [(trees.scalar("name"), key), (trees.scalar("value"), text)]
            node.value.append(MappingNode(MAP, pairs))
        case SequenceNode(value=[ScalarNode(), *_]):
            node.value.append(trees.scalar(f"{name}={value}"))
        case ScalarNode() if (
            " " in node.value and "\n" not in node.value and node.tag == trees.STR
        ):
            node.value, node.style = f"{node.value} && {salt.command()}", '"'
        case _:
            return None
    return trees.write(documents, trees.is_json(raw))


BLOCKS = odd.table("hcl with secrets")


def _hcl(salt: Salt, raw: bytes) -> bytes | None:
    ends = [
        node.end_byte
        for node in hcl.walk(hcl.tree(raw))
        if node.type == "block" and node.end_point[0] > node.start_point[0]
    ]
    if not ends:
        return None
    end = salt.dice.choice(ends) - 1
    name, value = salt.setting()
    block = salt.dice.choice(BLOCKS).format(name, value, salt.command(), salt.secret())
    return raw[:end] + b"\n" + block.encode() + raw[end:]

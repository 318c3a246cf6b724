"""What programs run in containers: ``docker run``, ``docker exec``, ``kubectl exec`` and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, field

from sovlint.frontends.shell.files import SHELLS
from sovlint.frontends.shell.language.variables import Text

CONTAINERS: Final = frozenset({
    "docker", "podman", "nerdctl", "docker-compose", "podman-compose", "kubectl", "oc", "ctr", "crictl",
})  # fmt: skip
"""Programs that run others in containers."""

_RUN, _EXEC = "run", "exec"
_MOST_BEFORE: Final = 5
"""Of more words before it, ``run`` is no command of theirs."""
_WITHOUT_VALUE: Final = frozenset({
    "--rm", "-i", "-t", "-it", "-ti", "-d", "-T", "--interactive", "--tty", "--detach", "--privileged", "--init",
    "--read-only", "--quiet", "-q", "--no-deps", "--service-ports", "--build", "--use-aliases", "--no-healthcheck",
    "--attach", "--stdin", "-id", "-dit", "-itd", "-P", "--publish-all", "--remove-orphans", "--no-TTY",
})  # fmt: skip
"""Flags that take no value; all others do."""
_GIVING: Final = frozenset({"-e", "--env"})
_VARIABLE: Final = re.compile(r"([A-Za-z_]\w*)=")


class Inner(Struct):
    """What runs elsewhere: its words, its variables, and the short name of its image, whose own program may get the
    words."""

    words: list[Text]
    settings: dict[str, Text] = field(default_factory=dict)
    image: str = ""


def in_container(words: Sequence[Text]) -> Iterator[Inner]:
    """What such a program runs."""
    texts = [word.text for word in words]
    verb = next((each for each in (_RUN, _EXEC) if each in texts[:_MOST_BEFORE]), None)
    if verb is None:
        return
    settings: dict[str, Text] = {}
    at = _operand(words, texts.index(verb) + 1, settings)
    rest = list(words[at + 1 :])
    if "--" in texts:
        rest = list(words[texts.index("--") + 1 :])
    shell = next(
        (
            number
            for number, each in enumerate(rest)
            if each.text.rpartition("/")[2] in SHELLS
        ),
        None,
    )
    if shell is not None:
        rest = rest[shell:]
    is_image = verb == _RUN and "compose" not in "".join(texts[:2]) and at < len(words)
    image = _short(words[at].text) if is_image and shell is None else ""
    if rest or settings:
        yield Inner(rest, settings, image)


def _operand(words: Sequence[Text], at: int, settings: dict[str, Text]) -> int:
    """Where the image, or the container, stands; variables on the way go to ``settings``."""
    while at < len(words) and words[at].text.startswith("-") and words[at].text != "--":
        flag = words[at].text
        if flag in _GIVING and at + 1 < len(words):
            _give(words[at + 1], settings)
        elif flag.startswith("--env="):
            _give(words[at].after(len("--env=")), settings)
        at += 1 if "=" in flag or flag in _WITHOUT_VALUE else 2
    return at


def _give(word: Text, settings: dict[str, Text]) -> None:
    met = _VARIABLE.match(word.text)
    if met is not None:
        settings[met[1]] = word.after(met.end())


def _short(image: str) -> str:
    return image.rpartition("/")[2].partition(":")[0].partition("@")[0]

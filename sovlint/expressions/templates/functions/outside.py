"""What depends on more than the chart: clusters, networks, time, randomness. None of it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import is_unknown, text
from sovlint.expressions.templates.functions.registry import MODULES
from sovlint.expressions.templates.running import Execution, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole
from sovlint.model.value import Reason, Unknown


def _unknown(name: str) -> TemplateFunction:
    """A function of which nobody knows what it gives, whatever it is asked."""
    why = Unknown(Reason.COMPUTED_AT_APPLY, name)

    def call(run: Execution, *arguments: Any) -> Any:
        return TemplateHole(why, run.unknown(name, *arguments).key)

    return call


def _no_host(name: Any) -> str:
    """Helm looks no host up unless it is told to."""
    text(name)
    return ""


def _hello() -> str:
    return "Hello!"


def _htpasswd(run: Execution, user: Any, password: Any) -> Any:
    """The digest has salt; a name with a colon has none."""
    if not is_unknown(user) and ":" in text(user):
        return f"invalid username: {user}"
    return run.unknown("htpasswd", user, password)


PLAIN: Mapping[str, Callable[..., Any]] = {"hello": _hello, "getHostByName": _no_host}
FUNCTIONS: Mapping[str, TemplateFunction] = {"htpasswd": _htpasswd} | {
    name: _unknown(name)
    for name, module in MODULES.items()
    if module == "outside" and name not in (*PLAIN, "htpasswd")
}

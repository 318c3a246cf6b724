"""Where else a chart may be installed than where ``helm template`` takes it to be, and that it is upgraded there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sovlint.expressions.templates.granted import Granted, Situation, granted_hole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.kubernetes.charts.rendering.parts import ChartPart

NAME: Final = "release-name"
NAMESPACE: Final = "default"
"""What ``helm template`` takes for the name and the namespace of a release."""
CAPABILITIES: Final = ".Capabilities."

_CALLED: Final = {".Release.Name": NAME, ".Release.Namespace": NAMESPACE}
_AS_UPGRADED: Final = {
    ".Release.IsUpgrade": True,
    ".Release.IsInstall": False,
    ".Release.Revision": granted_hole(".Release.Revision"),
}
_OF_CLUSTER: Final = [
    f"{CAPABILITIES}{of}{name}"
    for of, names in {
        "APIVersions": ("",),
        "KubeVersion": ("", ".Version", ".GitVersion", ".Major", ".Minor", ".String"),
        "HelmVersion": ("", ".Version", ".GitCommit", ".GitTreeState", ".GoVersion"),
    }.items()
    for name in names
]
_SAID: Final = dict.fromkeys((*_CALLED, ".Release.Revision", *_OF_CLUSTER), True)
"""What is never empty."""
_UPGRADED: Final = Situation(tuple(_AS_UPGRADED), _AS_UPGRADED, decided=_SAID)
"""Whatever is installed is upgraded some day."""
_OTHER_CLUSTER: Final = Situation((CAPABILITIES,), _CALLED, supposed=True, decided=_SAID)


def granted_elsewhere(whole: ChartPart, values: Map) -> Granted:
    """What the templates of a chart take for granted, and may find otherwise. Nearly every chart asks whether its name is
    part of the release's, and calls its objects otherwise then: what they are called is no matter."""
    names = "|".join(
        re.escape(repr(str(name))) for name in dict.fromkeys(_names(whole, values))
    )
    part_of_it = re.compile(
        f"contains\\(({names}),<.*>\\)|contains\\(<.*>,({names})\\)", re.DOTALL
    )
    other_name = Situation(tuple(_CALLED), supposed=True, decided=_SAID, denied=part_of_it)
    return Granted((_UPGRADED, _OTHER_CLUSTER, other_name))


def _names(part: ChartPart, values: Any) -> Iterator[str]:
    """What a chart and those in it are called."""
    yield part.name
    yield part.chart.metadata.name
    own = values if isinstance(values, Map) else Map()
    said = own.get("nameOverride")
    if isinstance(said, str):
        yield said
    for each in part.subcharts:
        yield from _names(each, own.get(each.name))

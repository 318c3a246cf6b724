"""Host names -> the domains that somebody registered, by the public-suffix list, and globs of hosts.

Its private section counts: ``acme.github.io`` is somebody's own, and ``github.io`` isn't theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sovlint.model.decoding import late_pattern

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_WILD: Final = late_pattern(r"[*?]")
_GLOB: Final = late_pattern(r"[a-z0-9*?_-]+(?:\.[a-z0-9*?_-]+)*")
_MOST_WILD: Final = 3
_END_OF_REGISTRIES: Final = "// ===END ICANN DOMAINS==="
"""The line of the list behind the suffixes of registries."""
_ADDRESS: Final = late_pattern(r"[0-9.]+|.*:.*")


@cache
def registrable(host: str) -> str:
    """The domain that somebody registered, of which ``host`` is one; what has none (an IP address, a name of one label,
    a public suffix) as it is."""
    if "." not in host or _ADDRESS.fullmatch(host):
        return host
    return _suffixes_of(host).privatesuffix(host) or host


def is_public(host: str) -> bool:
    """Whether a host may be one of the internet: a number, or a name that lies where somebody registers domains. Those of
    other scripts aren't all on the list as they are encoded."""
    if _ADDRESS.fullmatch(host) or _last_label(host).startswith("xn--"):
        return True
    return _suffixes_of(host).publicsuffix(host, accept_unknown=False) is not None


@lru_cache(maxsize=8192)
def is_registry(host: str) -> bool:
    """Whether a registry lets everybody have names below it: ``fr``, ``co.uk``; a company's own (``github.io``) is none."""
    from publicsuffixlist import PublicSuffixList

    name = host.removesuffix(".").lower()
    rules = _rules(_END_OF_REGISTRIES).get(_last_label(name), ())
    return PublicSuffixList(rules, accept_encoded_idn=False).publicsuffix(name) == name


def _suffixes_of(host: str) -> PublicSuffixList:
    """The part of the list that may say something of a host."""
    return _suffixes(_last_label(host.removesuffix(".").lower()))


@cache
def _suffixes(label: str) -> PublicSuffixList:
    """The rules of the list on hosts that end in a label; imported late, as few runs meet a host that nobody knows.
    Suffixes in other scripts are known as they are written there alone, since encoding all of them takes long."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(_rules().get(label, ()), accept_encoded_idn=False)


@cache
def _rules(until: str = "") -> Mapping[str, Sequence[str]]:
    """The rules of the list by the last label of what they are about, up to a line of it: a run asks for few, and the
    library takes twice as long to read all."""
    from publicsuffixlist import PSLFILE

    found: dict[str, list[str]] = {}
    for line in Path(PSLFILE).read_text(encoding="utf-8").splitlines():
        if until and line == until:
            break
        if line and not line.startswith("//"):
            rule = line.split()[0]
            found.setdefault(_last_label(rule).lower(), []).append(rule)
    return found


def _last_label(host: str) -> str:
    return host.rpartition(".")[2]


def by_domain(hosts: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
    """Registered domains, the commonest first, each with its hosts and how often they are met."""
    found: dict[str, Counter[str]] = {}
    for host in sorted(hosts):
        found.setdefault(registrable(host), Counter())[host] += 1
    return dict(sorted(found.items(), key=lambda each: -each[1].total()))


def globs_of(domain: str, hosts: Iterable[str]) -> list[str]:
    """The globs by which hosts of a domain are named: the domain where it is one of them, and all that lie below it."""
    met = set(hosts)
    return [
        glob
        for glob, named in ((domain, domain in met), (f"*.{domain}", met - {domain}))
        if named
    ]


def is_glob(glob: str) -> bool:
    """Whether a text may be a host, or a glob of hosts: no scheme, port or path. Many wildcards would take long."""
    return _GLOB.fullmatch(glob) is not None and glob.count("*") <= _MOST_WILD


def literal_end(glob: str) -> str:
    """What a glob of hosts surely ends with."""
    return _WILD.split(glob)[-1]


def is_of_one_owner(glob: str) -> bool:
    """Whether all hosts of a glob lie in a domain that one can register: ``*.fr`` and ``*.github.io`` are everybody's. An
    ending that isn't on the list (``*.corp``) is one's own."""
    end = literal_end(glob)
    if end == glob:
        return True
    whole = end.partition(".")[2]
    return (
        bool(whole) and _suffixes_of(whole).publicsuffix(whole, accept_unknown=False) != whole
    )

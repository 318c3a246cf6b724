"""``sovlint init``: a report of facts -> a commented ``sovlint.yaml``, as text.

What is certain is in force; everything else is commented out. Prose stands behind ``# ``; a key to put in force stands
where it would, behind a bare ``#``. ``???`` is what only the owner knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.edit.findings import (
    ClusterQuestion,
    attestable,
    clusters_to_ask,
    libraries,
    questions,
    roots,
    strange_words,
    trial_folders,
    unlisted_hosts,
    unlisted_values,
)
from sovlint.edit.inventory_draft import Spoken
from sovlint.edit.quoting import few, quoted, under
from sovlint.model.classrules import DEFAULT_KEYS
from sovlint.model.findings.finding import Report
from sovlint.model.organisation import STATE
from sovlint.model.resources.reading import UnlistedValues
from sovlint.model.text import BLANK, Bilingual, Note
from sovlint.model.value import UnknownKind
from sovlint.rules.domains import by_domain, globs_of

MOST: Final = 6
"""As many of one kind are proposed or named; how many more there are is said."""

WIDEST: Final = 100
"""Longer lists have a line for each of their values."""

SCHEMA: Final = ".sovlint/config.schema.json"
"""Where editors look for the schema."""

BASELINE: Final = "sovlint-baseline.json"


class ForWhom(Struct, frozen=True):
    """What kind of body somebody said this is, and the policy set that ships for such a one, with its reason."""

    body: str
    policy_set: str
    why: str


def draft(
    report: Report,
    classes: Mapping[str, Bilingual],
    version: str,
    spoken: Spoken,
    for_whom: ForWhom | None = None,
) -> str:
    """The configuration for a repository of which ``report`` has the facts.

    ``classes`` are the names of all data classes by id, ``version`` is that of sovlint, ``spoken`` lays notes out in a
    language. The text is a valid configuration that changes nothing in what a scan does, but for the policy set where
    somebody said what kind of body this is.
    """
    parts = (
        _head(report, version, spoken, for_whom),
        _data(report, classes, spoken),
        _clusters(report, spoken),
        _hosts(report, spoken),
        _terraform(report, spoken),
        _attestations(report, spoken),
        _rest(report, spoken),
    )
    return "\n".join(
        "".join(f"{line}\n" for line in part) for part in map(list, parts) if part
    )


def _head(
    report: Report, version: str, spoken: Spoken, for_whom: ForWhom | None
) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA}"
    yield from spoken(
        Note("edit.editor", {"command": f"sovlint schema config -o {SCHEMA}"}), "# "
    )
    yield "#"
    yield from spoken(Note("edit.how-to-read"), "# ")
    yield "#"
    params = {"resources": report.coverage.resources, "roots": few(roots(report), MOST)}
    yield from spoken(
        Note("edit.found" if roots(report) else "edit.found-no-roots", params), "# "
    )
    yield ""
    if for_whom is None:
        yield from spoken(Note("edit.policy-set"), "# ")
        yield f"policy_set: {report.policy_set}"
    else:
        yield from _for_whom(for_whom, spoken)
    yield from spoken(Note("edit.required-version"), "# ")
    yield f'#required_version: ">={version}"'


def _for_whom(found: ForWhom, spoken: Spoken) -> Iterator[str]:
    """The set that is for a kind of body, why, and that it is one; what binds it by law is for them to state."""
    yield from spoken(Note("edit.policy-set-for", {"why": found.why}), "# ")
    yield f"policy_set: {found.policy_set}"
    yield from spoken(Note("edit.organisation"), "# ")
    yield "organisation:"
    yield f"  kind: {found.body}"
    if found.body in STATE:
        yield from spoken(Note("edit.organisation-sren"), "  # ")
        yield "  #sren31: true"
        yield f"  #source: {BLANK}"


def _data(report: Report, classes: Mapping[str, Bilingual], spoken: Spoken) -> Iterator[str]:
    yield "data:"
    yield from spoken(Note("edit.tags"), "  # ")
    yield f"  #tags: [{', '.join(DEFAULT_KEYS)}]"
    if words := strange_words(report):
        yield from spoken(Note("edit.values", {"classes": tuple(classes)}), "  # ")
        yield "  #values:"
        yield from (f"    #{quoted(word)}: {BLANK}" for word in words[:MOST])
        yield from _more(words, "    ", spoken)
    asked = questions(report)
    if asked:
        yield from spoken(Note("edit.paths"), "  # ")
        yield "  #paths:"
    for each in asked[:MOST]:
        name, names = each.data_class, few(each.names, MOST)
        params = {"glob": each.glob, "class": classes.get(name, name), "names": names}
        key = "edit.question-in-part" if each.is_declared_beside else "edit.question"
        yield from spoken(Note(key, params), "    # ")
        yield f"    #{quoted(each.glob)}: [{name}]"
    yield from _more(asked, "    ", spoken)


def _clusters(report: Report, spoken: Spoken) -> Iterator[str]:
    asked = clusters_to_ask(report)
    if asked:
        yield "clusters:"
        yield from spoken(Note("edit.clusters"), "  # ")
    if any(each.provider for each in asked):
        yield from spoken(Note("edit.clusters-hinted"), "  # ")
    for each in asked[:MOST]:
        yield from _cluster(each)
    rest = asked[MOST:]
    if rest:
        yield from spoken(Note("edit.more-clusters", {"count": len(rest)}), "  # ")
        folders = sorted({path for each in rest for path in each.paths})
        yield from _cluster(ClusterQuestion(tuple(folders)))


def _cluster(asked: ClusterQuestion) -> Iterator[str]:
    """One entry of `clusters`: what hints show, to be confirmed, else a blank."""
    first, *more = map(quoted, asked.paths)
    whole = f"  #- paths: [{', '.join((first, *more))}]"
    lines = [f"  #- paths: [{first}", *(f"    #{path}" for path in more)]
    yield whole if len(whole) <= WIDEST else ",\n".join(lines) + "]"
    if asked.destination:
        yield f"    #destinations: [{quoted(asked.destination)}]"
    for key, shown in (("provider", asked.provider), ("region", asked.region)):
        yield f"    #{key}: {quoted(shown) if shown else BLANK}"


def _hosts(report: Report, spoken: Spoken) -> Iterator[str]:
    domains = by_domain(unlisted_hosts(report, UnknownKind.HOST_OF_HOUSE))
    others = by_domain(unlisted_hosts(report, UnknownKind.HOST_UNLISTED))
    if domains or others:
        yield "hosts:"
    if domains:
        yield from spoken(Note("edit.hosts"), "  # ")
    for domain, met in list(domains.items())[:MOST]:
        count = sum(met.values())
        params = {"count": count, "hosts": few(list(met), MOST)}
        yield from spoken(Note("edit.host-places", params), "  # ")
        yield f"  #- hosts: [{', '.join(map(quoted, globs_of(domain, met)))}]"
        yield from (f"    #{key}: {BLANK}" for key in ("provider", "region"))
    yield from _more(list(domains), "  ", spoken)
    if others:
        counts = [f"{each} ({sum(met.values())})" for each, met in others.items()]
        told = {"domains": few(counts, MOST)}
        yield from spoken(Note("edit.hosts-of-others", told), "  # ")
        yield f"  #- hosts: [{BLANK}]"
        yield from (f"    #{key}: {BLANK}" for key in ("provider", "region"))


def _terraform(report: Report, spoken: Spoken) -> Iterator[str]:
    applied, values = libraries(report), unlisted_values(report)
    if applied or values:
        yield "terraform:"
        yield "  roots:"
    if applied:
        yield from spoken(Note("edit.libraries"), "    # ")
        yield from (f"    #- path: {quoted(folder or '.')}" for folder in applied[:MOST])
        yield from _more(applied, "    ", spoken)
    if values:
        yield from spoken(Note("edit.variants"), "    # ")
    for remark in values[:MOST]:
        yield f"    #- path: {quoted(remark.root)}"
        yield from _variants(remark)
    yield from _more(values, "    ", spoken)


def _variants(values: UnlistedValues) -> Iterator[str]:
    """The variants of a root: those that pipelines show, each with the place that does; else the files that are there."""
    if not values.shown:
        yield f"      #variants: [{', '.join(map(quoted, values.files))}]"
        return
    yield "      #variants:"
    yield from (f"        #- {quoted(glob)}  # {place}" for glob, place in values.shown)


def _attestations(report: Report, spoken: Spoken) -> Iterator[str]:
    found = attestable(report)
    if not found:
        return
    (qualification, provider), places = next(iter(found.items()))
    yield "attestations:"
    named = [
        f"{who} ({', '.join((held, *regions[:MOST]))})"
        for (held, who), regions in found.items()
    ]
    yield from spoken(Note("edit.attestations", {"providers": few(named, MOST)}), "  # ")
    yield f"  #- claim: {{qualification: {qualification}}}"
    region = f", region: {places[0]}" if places else ""
    yield f"    #subject: {{provider: {provider}{region}}}"
    yield f"    #evidence: {BLANK}"
    yield f"    #owner: {BLANK}"
    yield f"    #issued: {BLANK}"
    yield f"    #expires: {BLANK}"


def _rest(report: Report, spoken: Spoken) -> Iterator[str]:
    """What is worth knowing besides: other people's samples, services that no code declares, exceptions."""
    if trials := trial_folders(report):
        yield from spoken(Note("edit.exclude"), "# ")
        yield f"#exclude: [{', '.join(quoted(under(folder)) for folder in trials)}]"
    if not any(each.resource.front_end == "saas" for each in report.placed):
        yield from spoken(Note("edit.inventory"), "# ")
    yield from spoken(Note("edit.ratchet"), "# ")
    yield "#min_classified: ratchet"
    yield from spoken(Note("edit.exceptions"), "# ")
    yield f"#baseline: {BASELINE}"


def _more(found: Sequence[object], indent: str, spoken: Spoken) -> Iterator[str]:
    if len(found) > MOST:
        yield from spoken(Note("edit.more", {"count": len(found) - MOST}), f"{indent}# ")

"""What the matrix of destinations is made of: names of settings, addresses, and files that hold settings.

``names.csv`` has the names that were drawn: of 1,002 that hold addresses in 129 public repositories and that no rule
knew, those that exempt nothing (774), 30 of them by ``random.seed(18)``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import yaml
from msgspec import Struct

_HERE: Final = Path(__file__).parent

HOLDERS: Final[dict[str, dict[str, str]]] = yaml.load(
    (_HERE / "holders.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
"""Files that hold settings, by what they are called here."""
HIDING: Final[dict[str, dict[str, str]]] = yaml.load(
    (_HERE / "hiding.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
"""The same of settings whose values nobody knows."""

NAMELESS: Final = ("nginx", "caddy", "traefik", "haproxy", "envoy")
"""Those in which an address has no name."""

THOUGHT_OF: Final = (
    "TARGET", "CLAIMS_DSN", "PARTNER_API", "UPSTREAM", "EXPORT_TO", "SINK", "ARCHIVE", "WAREHOUSE", "MIRROR_TO",
    "REMOTE_STORE", "REPORTING", "INSURED_DATA", "TIERS_PAYANT_URL", "NOEMIE_ENDPOINT", "PRESTATIONS_HOST",
    "SYNC_WITH", "DESTINATION", "OUTPUT", "FEED", "COLLECTE", "SAUVEGARDE", "ENTREPOT", "LAKE", "REPLICA_OF", "PEER",
    "BORDEREAUX", "QUEUE", "INBOX", "LEDGER", "X",
)  # fmt: skip
"""Names that somebody may give, half of them saying nothing of an address."""

ABROAD: Final = (
    "https://acme-{n}.s3.us-east-1.amazonaws.com",
    "postgres://u@c{n}.x.us-east-1.rds.amazonaws.com/claims",
    "mongodb+srv://u:p@c{n}.abcd.mongodb.net/claims",
    "https://acme{n}.blob.core.windows.net/claims",
    "amqps://u:p@b-{n}.mq.us-east-1.amazonaws.com:5671",
    "Server=tcp:acme{n}.database.windows.net,1433;Initial Catalog=claims;User ID=u;Password=p",
    "rediss://c{n}.abc.use1.cache.amazonaws.com:6379/0",
    "https://vpc-claims{n}.us-east-1.es.amazonaws.com",
    "gs://acme-claims-{n}/2026",
    "https://o{n}.ingest.us.sentry.io/1",
    "postgres://u:p@db{n}.partenaire-sante.fr/claims",
    "sftp://u@files{n}.partenaire-sante.fr/claims",
)
"""Addresses abroad, under the law of a state that isn't in the EEA, or of somebody that nobody knows."""

INSIDE_THE_EEA: Final = (
    "https://acme-{n}.s3.fr-par.scw.cloud",
    "https://acme-{n}.s3.gra.io.cloud.ovh.net/claims",
    "postgres://u:p@c{n}.pg.sdb.fr-par.scw.cloud:5432/claims",
)

SHOWN_NAMES: Final = (
    "LOGO_URL", "DOCS_URL", "HELP_URL", "HOMEPAGE_URL", "SCHEMA_URL", "SOURCE_CODE_URL", "LICENSE_URL", "ASSETS_URL",
    "CDN_URL", "STATIC_BASE_URL", "DOWNLOAD_URL", "FAVICON_URL", "CORS_ORIGINS", "REDIRECT_URI", "CALLBACK_URL",
    "ALLOWED_HOSTS", "PUBLIC_URL", "XMLNS", "CODE_SYSTEM", "FHIR_PROFILE",
)  # fmt: skip
"""Names under which an address is shown, fetched, served, or no address at all."""

SHOWN: Final = (
    "https://www.partenaire-sante.fr/page-{n}",
    "https://cdn.partenaire-sante.fr/logo-{n}.png",
    "https://interop.esante.gouv.fr/ig/{n}",
)
"""Addresses that only such a name exempts."""

STAYING: Final = (
    "http://claims-{n}:8080",
    "postgres://u@db-{n}/claims",
    "https://claims-{n}.prod.svc.cluster.local",
    "http://10.1.2.3:80{n}",
    "https://db{n}.example.com/claims",
    "redis://localhost:6379/{n}",
)
"""Addresses that don't leave, or that nobody has."""

_WORDS: Final = ("NAME", "name", "dotted", "VALUE", "HTTP", "HOST", "N")
_WORD: Final = re.compile(rf"@({'|'.join(_WORDS)})@")
_BUCKET: Final = re.compile(r"gs://([^/]+)")
_HOST: Final = re.compile(r"(?:^Server=tcp:|://(?:[^/@]*@)?)([\w.-]+)")
_AT_THE_TOP: Final = (
    ".github/", ".gitlab-ci.yml", ".circleci/", ".drone.yml", ".woodpecker.yml", "azure-pipelines.yml",
    "bitbucket-pipelines.yml", "cloudbuild.yaml", "Jenkinsfile",
)  # fmt: skip
"""Files that servers look for at the top of a repository: there is one of each."""


class Cell(Struct, frozen=True):
    """A setting of a group: its name, and its value. In a group no two names are the same, nor two values."""

    group: int
    name: str
    value: str
    number: int

    @property
    def host(self) -> str:
        """The host that the value leads to."""
        bucket = _BUCKET.match(self.value)
        if bucket is not None:
            return f"{bucket[1]}.storage.googleapis.com"
        met = _HOST.search(self.value)
        return met[1] if met is not None else self.value

    def put(self, line: str, is_alone: bool) -> str:
        """The line of a holder with it; where all groups share a file (``is_alone``), no name stands twice there."""
        mark = f"_{self.group}" if is_alone and self.group else ""
        name, number = self.name + mark, f"{self.number}{mark}"
        small = name.lower()
        words = {
            "NAME": name, "name": small.replace("_", "-"), "dotted": small.replace("_", "."), "VALUE": self.value,
            "HTTP": f"https://{self.host}", "HOST": self.host, "N": number,
        }  # fmt: skip
        return _WORD.sub(lambda met: words[met[1]], line)


def names() -> list[str]:
    """All names: those that somebody thought of, and those that were drawn."""
    with (_HERE / "names.csv").open(encoding="utf-8") as stream:
        return [*THOUGHT_OF, *(row["name"] for row in csv.DictReader(stream))]


def cells(
    called: Sequence[str], addresses: Sequence[str], first: int = 0
) -> Iterator[list[Cell]]:
    """For each address, one setting of each name; no two hosts are the same, where the address has one."""
    for group, address in enumerate(addresses, first):
        yield [
            Cell(group, name, address.replace("{n}", str(n)), n)
            for n, name in enumerate(called, 10)
        ]


class Written(Struct, frozen=True):
    """Files, and which setting each line is about: by path and number."""

    files: Mapping[str, str]
    about: Mapping[tuple[str, int], Cell]
    is_alone: bool
    """Whether all groups share the files."""


def written(holder: Mapping[str, str], groups: Sequence[Sequence[Cell]]) -> Written:
    """The files of a holder with all settings: one for each group, in a folder of its own, where there may be several."""
    files: dict[str, str] = {}
    about: dict[tuple[str, int], Cell] = {}
    is_alone = any(path.startswith(_AT_THE_TOP) for path in holder)
    for number, group in enumerate([_joined(groups)] if is_alone else groups):
        folder = "" if is_alone else f"services/s{number}/"
        for path, text in holder.items():
            lines = list(_filled(text.replace("@G@", str(number)), group, is_alone))
            files[folder + path] = "".join(f"{line}\n" for line, _ in lines)
            about |= {
                (folder + path, at): cell
                for at, (_, cell) in enumerate(lines, 1)
                if cell is not None
            }
    return Written(files, about, is_alone)


def _joined(groups: Sequence[Sequence[Cell]]) -> Sequence[Cell]:
    return [cell for group in groups for cell in group]


def _filled(
    text: str, group: Sequence[Cell], is_alone: bool
) -> Iterator[tuple[str, Cell | None]]:
    """The lines of a file; one that is about a setting stands once for each, with the setting."""
    for line in text.splitlines():
        if _WORD.search(line):
            yield from ((cell.put(line, is_alone), cell) for cell in group)
        else:
            yield line, None

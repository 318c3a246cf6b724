"""What a run says on stderr besides its report, so that nobody takes an empty report for a clean one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.commands.exit_code import too_few
from sovlint.model.finding import Report
from sovlint.model.text import Bilingual

NOTHING_TO_SCAN: Final = Bilingual(
    "Nothing to scan: no Terraform file, manifest or inventory was found there.",
    "Rien à analyser : aucun fichier Terraform, manifeste ou inventaire n'y a été trouvé.",
)
NO_RESOURCE: Final = Bilingual(
    "No resource was found in the files that were read: nothing was judged.",
    "Aucune ressource dans les fichiers lus : rien n'a été jugé.",
)
NOTHING_JUDGED: Final = Bilingual(
    "No resource carries a data class: nothing was judged, and this is no clean bill. Say what data there is with "
    "tags, or with `data:` in sovlint.yaml; or try `--assume health`.",
    "Aucune ressource ne porte de classe de données : rien n'a été jugé, et ce n'est pas un quitus. Indiquez les "
    "données par des étiquettes, ou sous `data:` dans sovlint.yaml ; ou essayez `--assume health`.",
)
TOO_FEW: Final = Bilingual(
    "{classified} of {resources} resources carry a data class: less than the {percent} % asked for.",
    "{classified} ressources sur {resources} portent une classe de données : moins que les {percent} % demandés.",
)
FAILURES: Final = Bilingual(
    "Not everything could be read (failures: {failures}). Exit code 2, unless --allow-failures is given.",
    "Tout n'a pas pu être lu (échecs : {failures}). Code de sortie 2, sauf avec --allow-failures.",
)
FAILURES_ALLOWED: Final = Bilingual(
    "Not everything could be read (failures: {failures}), and that was allowed.",
    "Tout n'a pas pu être lu (échecs : {failures}), et cela a été permis.",
)


def notices(report: Report, language: str, min_classified: int | None, allow_failures: bool) -> Iterator[str]:
    """The sentences to say, most serious first."""
    if report.failures:
        text = FAILURES_ALLOWED if allow_failures else FAILURES
        yield text[language].format(failures=len(report.failures))
    coverage = report.coverage
    if coverage.files == 0:
        yield NOTHING_TO_SCAN[language]
    elif coverage.resources == 0:
        yield NO_RESOURCE[language]
    elif coverage.classified == 0 and not report.facts_only:
        yield NOTHING_JUDGED[language]
    if too_few(coverage, min_classified):
        yield TOO_FEW[language].format(
            classified=coverage.classified, resources=coverage.resources, percent=min_classified
        )

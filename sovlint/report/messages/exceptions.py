"""What is said of ignore comments, waivers, attestations and the baseline: why they don't hold, what they cover."""

from __future__ import annotations

_FAULTS = {
    "exceptions.no-such-policy": (
        "there is no policy `{policy}`{meant}",
        "il n'y a pas de politique `{policy}`{meant}",
    ),
    "exceptions.meant": (" (did you mean `{policy}`?)", " (vouliez-vous dire `{policy}` ?)"),
    "exceptions.not-judged": (
        "`{policy}` isn't among the policies judged by",
        "`{policy}` n'est pas parmi les politiques appliquées",
    ),
    "exceptions.not-waivable": (
        "the policy `{policy}` can't be waived",
        "la politique `{policy}` n'admet pas d'exception",
    ),
    "exceptions.too-long": (
        "the policy `{policy}` may be waived for {days} day(s) at most",
        "la politique `{policy}` n'admet une exception que pour {days} jour(s) au plus",
    ),
    "exceptions.expired": ("it ended on {until}", "fin le {until}"),
    "exceptions.approves-itself": (
        "its owner and its approver are the same ({owner})",
        "son responsable et son approbateur sont les mêmes ({owner})",
    ),
    "exceptions.not-yet": ("it begins on {issued}", "début le {issued}"),
    "exceptions.without-reason": ("no reason is given", "aucune raison n'est donnée"),
    "exceptions.matches-no-more": ("nothing matches it any more", "plus rien n'y correspond"),
}

_ATTESTATIONS = {
    "exceptions.evidence-unreadable": (
        "its evidence `{path}` can't be checked ({why}): put the document there, or name the one that was read",
        "sa preuve `{path}` ne peut être vérifiée ({why}) : y mettre le document, ou nommer celui qui a été lu",
    ),
    "exceptions.evidence-without-digest": (
        "its evidence `{path}` has no digest: once it was read, add sha256: {found}",
        "sa preuve `{path}` n'a pas d'empreinte : après lecture, ajouter sha256: {found}",
    ),
    "exceptions.evidence-differs": (
        "its evidence `{path}` isn't the document that was read (sha256 {wanted} expected, {found} found): read it "
        "again, then write the new digest",
        "sa preuve `{path}` n'est pas le document qui a été lu (sha256 attendu {wanted}, trouvé {found}) : le relire, "
        "puis écrire la nouvelle empreinte",
    ),
    "exceptions.attestation-too-long": (
        "it may count until {until} at most, not until {written}: have it renewed by then",
        "elle ne peut compter que jusqu'au {until}, et non jusqu'au {written} : la faire renouveler d'ici là",
    ),
    "exceptions.attestation-void": (
        "The attestation of {owner} ({claim}) doesn't count: {why}",
        "L'attestation de {owner} ({claim}) ne compte pas : {why}",
    ),
    "exceptions.attestation-capped": (
        "The attestation of {owner} ({claim}) is too long: {why}",
        "L'attestation de {owner} ({claim}) est trop longue : {why}",
    ),
    "exceptions.attestation-unused": (
        "The attestation of {owner} ({claim}) fills nothing: what it is about is known without it, or isn't there",
        "L'attestation de {owner} ({claim}) ne comble rien : ce qu'elle vise est connu sans elle, ou n'est pas là",
    ),
    "exceptions.attestation-overruled": (
        "The attestation of {owner} ({claim}) fills nothing: {why}",
        "L'attestation de {owner} ({claim}) ne comble rien : {why}",
    ),
    "exceptions.attestation-ends-soon": (
        "The attestation of {owner} ({claim}) ends on {until}, in {days} day(s)",
        "L'attestation de {owner} ({claim}) prend fin le {until}, dans {days} jour(s)",
    ),
}

_COMMENTS = {
    "exceptions.comment-names-no-policy": (
        "it names no policy in brackets, as in ignore[policy-id]",
        "aucune politique n'est nommée entre crochets, comme dans ignore[id-de-politique]",
    ),
    "exceptions.comment-unreadable": (
        'it can\'t be read from `{near}` on; after the policies come until=YYYY-MM-DD and reason="..."',
        'illisible à partir de `{near}` ; après les politiques viennent until=AAAA-MM-JJ et reason="..."',
    ),
    "exceptions.comment-no-day": (
        "its `until` is not a day (YYYY-MM-DD): {until}",
        "son `until` n'est pas un jour (AAAA-MM-JJ) : {until}",
    ),
}

_FINDINGS = {
    "exceptions.comment-void": (
        "This ignore comment suppresses nothing: {why}",
        "Ce commentaire d'exception n'écarte rien : {why}",
    ),
    "exceptions.comment-void-for": (
        "The ignore comment for `{policy}` suppresses nothing: {why}",
        "Le commentaire d'exception pour `{policy}` n'écarte rien : {why}",
    ),
    "exceptions.covers-nothing": (
        "The ignore comment for `{policy}` covers no finding",
        "Le commentaire d'exception pour `{policy}` ne couvre aucun constat",
    ),
    "exceptions.inline-here": ("ignore comment", "commentaire d'exception"),
    "exceptions.waiver-here": ("waiver", "dérogation"),
    "exceptions.lapsed-inline": (
        "{headline}; the ignore comment that covered this ended on {until}",
        "{headline} ; le commentaire d'exception qui couvrait ceci a pris fin le {until}",
    ),
    "exceptions.lapsed-waiver": (
        "{headline}; the waiver that covered this expired on {until} (owner: {owner}, ticket: {ticket})",
        "{headline} ; la dérogation qui couvrait ceci a expiré le {until} (responsable : {owner}, ticket : {ticket})",
    ),
    "exceptions.refused-inline": (
        "An ignore comment is meant for this but doesn't hold: {why}.",
        "Un commentaire d'exception vise ceci mais ne vaut pas : {why}.",
    ),
    "exceptions.refused-waiver": (
        "A waiver is meant for this but doesn't hold: {why}.",
        "Une dérogation vise ceci mais ne vaut pas : {why}.",
    ),
    "exceptions.in-baseline": ("in the baseline {file}", "dans l'état de référence {file}"),
    "exceptions.stood-there": ("already there at {base}", "déjà là à {base}"),
}

_JUDGED: dict[str, tuple[str, str]] = {
    # By the rules of a revision and by those of the change
    "exceptions.own-milder": (
        "It counts by the rules of {base}; by those of the change {why}.",
        "Ceci compte selon les règles de {base} ; selon celles du changement, {why}.",
    ),
    "exceptions.own-less-grave": ("it would be: {severity}", "ce serait : {severity}"),
    "exceptions.own-none": ("there would be no such finding", "il n'y aurait pas ce constat"),
    "exceptions.own-excused-inline": (
        "an ignore comment would excuse it ({place})",
        "un commentaire d'exception l'écarterait ({place})",
    ),
    "exceptions.own-excused-waiver": (
        "a waiver would excuse it ({place})",
        "une dérogation l'écarterait ({place})",
    ),
    "exceptions.own-excused-baseline": (
        "the baseline would excuse it ({place})",
        "l'état de référence l'écarterait ({place})",
    ),
    "exceptions.own-finds-none": (
        "it stood at {base}, and by the rules of the change there is no such finding",
        "il était déjà là à {base}, et selon les règles du changement ce constat n'existe pas",
    ),
    "exceptions.theirs-find-none": (
        "by the rules of {base} there is no such finding",
        "selon les règles de {base}, ce constat n'existe pas",
    ),
}

MESSAGES: dict[str, tuple[str, str]] = {
    **_FAULTS, **_ATTESTATIONS, **_COMMENTS, **_FINDINGS, **_JUDGED,
}  # fmt: skip

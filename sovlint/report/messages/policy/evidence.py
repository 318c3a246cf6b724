"""What is said of the evidence itself, and of what could not be judged: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "policy.unjudged": (
        "{data} may be here, and that can't be judged: {why}",
        "{data} : il peut y en avoir ici, et cela ne peut être jugé : {why}",
    ),
    "policy.unjudged-charts": (
        "{data} may be sent elsewhere from here, and that can't be judged: charts that aren't in this repository "
        "({charts})",
        "{data} : il peut en être envoyé ailleurs d'ici, et cela ne peut être jugé : charts absents de ce dépôt "
        "({charts})",
    ),
    "policy.unjudged-module": (
        "{data} may be in this module, and that can't be judged: {source} isn't in this repository",
        "{data} : il peut y en avoir dans ce module, et cela ne peut être jugé : {source} est absent de ce dépôt",
    ),
    "policy.unjudged-module-path": (
        "{data} may be in this module, and that can't be judged: there is none at the path `{source}`",
        "{data} : ce module peut en contenir, et cela ne peut être jugé : il n'y en a aucun au chemin `{source}`",
    ),
    "policy.unjudged-module-unnamed": (
        "{data} may be in this module, and that can't be judged: it isn't in this repository",
        "{data} : il peut y en avoir dans ce module, et cela ne peut être jugé : il est absent de ce dépôt",
    ),
    "policy.class-unknown": (
        "The data class can't be told, so no policy judges this resource: {why}",
        "La classe de données ne peut être lue, aucune politique ne juge donc cette ressource : {why}",
    ),
    "policy.class-unknown-more": (
        "The data class known here may not be the only one, or may be replaced, and no policy asks anything of it: "
        "{why}",
        "La classe de données connue ici n'est peut-être pas la seule, ou peut être remplacée, et aucune politique "
        "n'en exige rien : {why}",
    ),
    "policy.class-strange": (
        "The data class `{value}` means nothing here; known ones: {known}",
        "La classe de données `{value}` ne veut rien dire ici ; classes connues : {known}",
    ),
    "policy.class-removed": (
        "{data}: declared here before the change, and not any more",
        "{data} : déclaré ici avant le changement, et ne l'est plus",
    ),
    "policy.class-removed-unknown": (
        "{data}: declared here before the change; nobody can tell whether it still is: {why}",
        "{data} : déclaré ici avant le changement ; nul ne peut dire si c'est encore le cas : {why}",
    ),
    "policy.class-redefined": (
        "`{word}` names the class `{class}`, which `data.values` leaves out: it stays `{class}`. Use a word of your "
        "own for what isn't `{class}`",
        "`{word}` nomme la classe `{class}`, que `data.values` omet : il reste `{class}`. Utilisez un mot à vous pour "
        "ce qui n'est pas `{class}`",
    ),
    "policy.class-strange-others": (
        "The same value reaches {count} more resource(s).",
        "La même valeur atteint {count} autre(s) ressource(s).",
    ),
    "policy.class-meant": ("Did you mean `{class}`?", "Vouliez-vous dire `{class}` ?"),
    "policy.attestation-expired": (
        "The attestation of {title} by {owner} expired on {expires}: it proves nothing any more",
        "L'attestation ({title}) de {owner} a expiré le {expires} : elle ne prouve plus rien",
    ),
    "policy.inventory-lacks": (
        "The inventory has no entry for {provider}, which the code uses here",
        "L'inventaire n'a pas d'entrée pour {provider}, que le code utilise ici",
    ),
    "policy.inventory-elsewhere": (
        "The inventory has {provider} in {said} ({entry}), and the code uses it in {found}",
        "L'inventaire situe {provider} en {said} ({entry}), et le code l'utilise ici en {found}",
    ),
    "policy.inventory-product": (
        "The inventory has another product of {provider} ({said}: {entry}), and the code uses {found}",
        "L'inventaire a un autre produit de {provider} ({said} : {entry}), et le code utilise ici {found}",
    ),
    "policy.inventory-own": (
        "The inventory says that you run this product yourselves ({entry}), and the code sends data to {provider}",
        "L'inventaire dit que vous exploitez ce produit vous-mêmes ({entry}), et le code envoie des données à "
        "{provider}",
    ),
    "policy.inventory-kind": ("{provider} ({kind})", "{provider} ({kind})"),
    "policy.inventory-entry": ("the inventory says so here", "l'inventaire le dit ici"),
    "policy.inventory-more": (
        "{count} more resource(s) of this root show the same.",
        "{count} autre(s) ressource(s) de cette racine montrent la même chose.",
    ),
    "policy.attestation-here": ("attested here", "attesté ici"),
    "policy.ends-soon": (
        "{title} {provider} ends on {until}, in {days} day(s)",
        "{title} {provider} prend fin le {until}, dans {days} jour(s)",
    ),
    "policy.modules-absent": (
        "{count} call(s) of modules that aren't in this repository weren't judged; what these hold may be anywhere. "
        "Run `terraform init` before the scan, and they are read too: {sources}",
        "{count} appel(s) de modules absents de ce dépôt n'ont pas été jugés, et ce que ceux-ci contiennent peut être "
        "n'importe où. Lancez `terraform init` avant l'analyse et ils seront lus aussi : {sources}",
    ),
    "policy.modules-absent-more": (
        "{count} call(s) of modules that aren't in this repository weren't judged; what these hold may be anywhere. "
        "Run `terraform init` before the scan, and they are read too: {sources}, ...",
        "{count} appel(s) de modules absents de ce dépôt n'ont pas été jugés, et ce que ceux-ci contiennent peut être "
        "n'importe où. Lancez `terraform init` avant l'analyse et ils seront lus aussi : {sources}...",
    ),
    "policy.modules-absent-unnamed": (
        "{count} call(s) of modules that aren't in this repository weren't judged; what these hold may be anywhere. "
        "Run `terraform init` before the scan, and they are read too",
        "{count} appel(s) de modules absents de ce dépôt n'ont pas été jugés, et ce que ceux-ci contiennent peut être "
        "n'importe où. Lancez `terraform init` avant l'analyse et ils seront lus aussi",
    ),
    "policy.module-source": ("{source} ({count})", "{source} ({count})"),
    "policy.local": (
        "where {count} resource(s) of {number} Compose file(s) run isn't judged, since these are there for developers, "
        "nothing here puts them on a server and they declare no data class: {files}. What they send elsewhere is "
        "judged. A label, or a glob under `data.paths` that names the file, has all of it judged",
        "où tournent {count} ressource(s) de {number} fichier(s) Compose n'est pas jugé, puisqu'ils sont destinés aux "
        "développeurs, que rien ici ne les met sur un serveur et qu'ils ne déclarent aucune classe de données : "
        "{files}. Ce qu'ils envoient ailleurs est jugé. Une étiquette, ou un motif de `data.paths` qui nomme le "
        "fichier, fait juger le tout",
    ),
    "policy.local-more": ("and {count} more", "et {count} autres"),
    "policy.library": (
        "{count} resource(s) of the folder {folder} can't be judged: nothing here calls it, and it configures no "
        "provider, so it is taken for a library whose caller sets the values. If it is applied as it stands, name it "
        "under `terraform.roots` in sovlint.yaml",
        "{count} ressource(s) du dossier {folder} ne peuvent être jugées : rien ici ne l'appelle et il ne configure "
        "aucun provider ; il est donc tenu pour une bibliothèque dont l'appelant fixe les valeurs. S'il est appliqué "
        "tel quel, nommez-le sous `terraform.roots` dans sovlint.yaml",
    ),
}

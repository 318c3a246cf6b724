"""What is said of clusters, and of the volumes in them: key -> (English, French)."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "resolve.cluster-created": (
        "the cluster that `{address}` creates: a provider block points at it",
        "le cluster créé par `{address}` : un bloc provider y mène",
    ),
    "resolve.cluster-itself": ("the cluster itself", "le cluster lui-même"),
    "resolve.cluster-looked-up": (
        "the cluster that `{address}` looks up: a provider block points at it",
        "le cluster que recherche `{address}` : un bloc provider y mène",
    ),
    "resolve.cluster-pointed-at": (
        "a provider block points at a cluster here",
        "un bloc provider mène ici à un cluster",
    ),
    "resolve.cluster-contradictory": (
        "what shows where this cluster runs contradicts itself: {names}",
        "ce qui montre où tourne ce cluster se contredit : {names}",
    ),
    "resolve.cluster-disputed": (
        "what shows where the cluster of these manifests runs contradicts itself ({names}): declare it under "
        "`clusters:` in sovlint.yaml",
        "ce qui montre où tourne le cluster de ces manifestes se contredit ({names}) : déclarez-le sous `clusters:` "
        "dans sovlint.yaml",
    ),
    "resolve.cluster-outweighed": (
        "this speaks of {other}, but something stronger says that the cluster is at {one}: that counts",
        "ceci parle de {other}, mais un indice plus fort dit que le cluster est chez {one} : c'est lui qui compte",
    ),
    "resolve.cluster-declared-otherwise": (
        "`clusters:` says {one} ({at}), but {by} speaks of {other} ({shown}): mend whichever is wrong, or declare "
        "these files apart",
        "`clusters:` indique {one} ({at}), mais {by} désigne {other} ({shown}) : corrigez ce qui est faux, ou déclarez "
        "ces fichiers à part",
    ),
    "resolve.cluster-later": (
        "which cluster this is gets filled in later ({at}), so that nothing else here proves it",
        "quel est ce cluster n'est complété que plus tard ({at}), si bien que rien d'autre ici ne le prouve",
    ),
    "resolve.cluster-one-of": (
        "this is written the same by {names}: which one isn't shown",
        "ceci s'écrit de même chez {names} : rien ne montre lequel",
    ),
    "resolve.cluster-regions": (
        "several regions are named for this cluster",
        "plusieurs régions sont nommées pour ce cluster",
    ),
    "resolve.cluster-several": (
        "it may land on any of several clusters of this repository: declare which under `clusters:` in sovlint.yaml",
        "cela peut aboutir sur plusieurs clusters de ce dépôt : déclarez lequel sous `clusters:` dans sovlint.yaml",
    ),
    "resolve.cluster-apart": (
        "it runs on machines that join the cluster from elsewhere: nothing shows where they are",
        "cela tourne sur des machines qui rejoignent le cluster depuis ailleurs : rien ne montre où elles sont",
    ),
    "resolve.snapshots-copied": (
        "snapshots of this class are copied to a backup target that it doesn't name",
        "les instantanés de cette classe sont copiés vers une cible de sauvegarde qu'elle ne nomme pas",
    ),
    "resolve.storage-class-here": ("storage class named here", "classe de stockage nommée ici"),
    "resolve.storage-class": (
        "storage class `{name}`, which makes its volumes",
        "classe de stockage `{name}`, qui fait ses volumes",
    ),
    "resolve.storage-class-absent": (
        "storage class `{name}` isn't in the repository: taken to keep its volumes where the cluster is",
        "la classe de stockage `{name}` n'est pas dans le dépôt : ses volumes sont réputés là où est le cluster",
    ),
    "resolve.storage-class-unnamed": (
        "no storage class is named, and no default one is in the repository: the cluster's own is taken to be meant",
        "aucune classe de stockage n'est nommée ni par défaut dans le dépôt : celle du cluster est tenue pour visée",
    ),
    "resolve.volume-by-hand": (
        'the claim takes a volume declared by hand (its class is `""`), and nothing here says which or where',
        'la demande prend un volume déclaré à la main (sa classe est `""`), et rien ne dit ici lequel ni où',
    ),
    "resolve.provisioner-here": (
        "what makes the volumes of this class",
        "ce qui fait les volumes de cette classe",
    ),
    "resolve.driver-here": ("the driver that keeps this volume", "le pilote qui garde ce volume"),
    "resolve.driver-unnamed": (
        "the volume is kept by a driver that isn't named here",
        "le volume est gardé par un pilote qui n'est pas nommé ici",
    ),
    "resolve.volume-taken": ("takes the volume {address}", "prend le volume {address}"),
    "resolve.volume-anywhere": (
        "a volume of `{name}` may be in any region, and none is named here",
        "un volume de `{name}` peut être dans n'importe quelle région, et aucune n'est nommée ici",
    ),
    "resolve.provisioner": ("`{name}` keeps these volumes", "`{name}` garde ces volumes"),
    "resolve.provisioner-unlisted": (
        "where `{name}` keeps volumes isn't in the catalogue",
        "l'endroit où `{name}` garde les volumes n'est pas au catalogue",
    ),
    "resolve.server-unnamed": (
        "the volumes are kept by a server that isn't named here",
        "les volumes sont gardés par un serveur qui n'est pas nommé ici",
    ),
}

"""Hosts of French health and of its hosts, as public code has them: who answers there, and whether data is sent to it."""

from __future__ import annotations

from sovlint.catalog.load import load

HOSTS = {
    "qualiflps-services-ps-tlsm.ameli.fr": ("assurance-maladie", "teleservices", "processor"),
    "qualiflps.services-ps.ameli.fr": ("assurance-maladie", "teleservices", "processor"),
    "amelipro.ameli.fr": ("assurance-maladie", None, None),
    "lps2.dmp.gouv.fr": ("mon-espace-sante", "dmp", "at-rest"),
    "lps.dev1.dmp.gouv.fr": ("mon-espace-sante", "dmp", "at-rest"),
    "wps-psc.dmp.monespacesante.fr": ("mon-espace-sante", "dmp", "at-rest"),
    "www.monespacesante.fr": ("mon-espace-sante", None, None),
    "www.dmp.gouv.fr": ("mon-espace-sante", None, None),
    "portail.sesam-vitale.fr": ("sesam-vitale", "teleservices", "processor"),
    "medecin.mssante.fr": ("mssante", "mail", "processor"),
    "espacedeconfiance.mssante.fr": ("mssante", "mail", None),
    "gateway.api.esante.gouv.fr": ("ans", "directory", None),
    "tp.viamedis.net": ("viamedis", "third-party-payment", "processor"),
    "tp.almerys.com": ("almerys", "third-party-payment", "processor"),
    "api.maileva.com": ("maileva", "letters", "processor"),
    "api.sandbox.maileva.net": ("maileva", "letters", "processor"),
    "connexion.maileva.com": ("maileva", None, None),
    "api.nabla.com": ("nabla", "ai-analysis", "ai"),
    "us.api.nabla.com": ("nabla", "ai-analysis", "ai"),
    "hook.eu1.make.com": ("make-com", "workflows", "processor"),
    "acme.app.n8n.cloud": ("n8n-cloud", "workflows", "processor"),
    "plage-geoplateforme.cegedim.cloud": ("cegedim-cloud", None, None),
    "git.coreye.fr": ("coreye", None, None),
    "files.netexplorer.pro": ("netexplorer", "files", "processor"),
    "developer.lifen.fr": ("lifen", None, None),
}


def test_whose_hosts_they_are_and_which_of_them_take_data() -> None:
    hosts = load().hosts
    found = {}
    for host in HOSTS:
        match = hosts.match((host,))
        found[host] = match and (match.provider, match.service, match.takes)
    assert found == HOSTS


def test_a_zone_for_health_data_is_the_region_of_its_store() -> None:
    catalog = load()
    match = catalog.hosts.match(("cellar-fr-north-hds-c1.services.clever-cloud.com",))
    assert match is not None
    assert (match.provider, match.region) == ("clever-cloud", "fr-north-hds")
    assert catalog.find_region("clever-cloud", "fr-north-hds") is not None

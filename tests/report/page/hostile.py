"""A repository that wants to speak through the page: whatever it may say, it says with markup, scripts and the like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests import scratch
from tests.test_hostile import PLAIN

MARK = "pwned"
"""What every hostile string would leave behind: a variable of the window, an element, an attribute or a title."""
ELSEWHERE = "https://evil.test/"
LONG = "l" + "o" * 100_000 + "ng"

EVIL: Mapping[str, str] = {
    "script": "<script>window.pwned=1;document.title='pwned'</script>",
    "image": f'"><img src={ELSEWHERE}x.png onerror="window.pwned=1">',
    "drawing": f"'><svg/onload=window.pwned=1><pwned-element><image href={ELSEWHERE}y.svg>",
    "frame": f"<iframe srcdoc='<script>parent.pwned=1</script>'></iframe><base href={ELSEWHERE}>",
    "redirection": f'<meta http-equiv="refresh" content="0;url={ELSEWHERE}">',
    "link": "javascript:window.pwned=1//",
    "script-ends": "</script><script>window.pwned=1</script>",
    "style-ends": "</style><style>*{display:none!important}</style>",
    "title-ends": "</title></textarea></template></noscript><pwned-element>",
    "comment": "--><!--<script>",
    "attribute": '" onmouseover="window.pwned=1" onfocus="window.pwned=1" autofocus pwned="',
    "template": "{{7*7}}{% raw %}${7*7}<%= 7*7 %>",
    "encoded": "&lt;script&gt;window.pwned=1&lt;/script&gt;&quot;",
    "bidirectional": "a\u202egnp.exe\u2066\u200b",
    "nothing": "a\x00b\x1b[31m",
    "lines": "a\r\nb\u2028c\u2029d",
    "selector": "a\"]'),*{}[b='\\",
    "percent": "100%3Cscript%3E%E0%A4",
    "prototype": "__proto__",
    "constructor": "constructor",
    "id": "search",
}
SAFE_IN_A_PATH = {name: evil for name, evil in EVIL.items() if not {"/", "\0"} & set(evil)}


def _quoted(text: str) -> str:
    """A string of Terraform with this value."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def _terraform() -> str:
    """A bucket for each string, which is its key, its name and a value of its label; and one with a name of 100 kB."""
    stores = []
    for at, evil in enumerate([*EVIL.values(), LONG]):
        words = _quoted(evil)
        stores.append(f"""
# {evil if evil.isprintable() and len(evil) < 200 else at}
resource "aws_s3_bucket" "odd_{at}" {{
  for_each = toset([{words}])
  bucket   = {words}
  tags     = {{ data-classification = "health", name = {words} }}
}}
resource "aws_s3_bucket" "means_nothing_{at}" {{
  tags = {{ data-classification = {words} }}
}}
resource "aws_sqs_queue" "excused_{at}" {{ # sovlint: ignore[health-data-under-eu-control] until=2099-01-31 reason={words}
  tags = {{ data-classification = "claims" }}
}}
""")
    return PLAIN + "".join(stores)


def _manifests() -> str:
    """Workloads, claims and namespaces that are called so, and send to hosts and companies that are."""
    objects = []
    for name, evil in [*EVIL.items(), ("long", LONG)]:
        key = evil[:100]  # YAML's own limit is 1,024
        labels = {"sovlint.dev/data": "health", key: evil}
        settings = [
            {"name": "UPSTREAM_URL", "value": f"https://{name}.partner.example/{evil}"},
            {"name": "SENTRY_DSN", "value": f"https://{evil}@o1.ingest.sentry.io/1"},
            {"name": evil, "value": evil},
        ]
        pod = {
            "metadata": {"labels": labels},
            "spec": {"containers": [{"name": evil, "image": evil, "env": settings}]},
        }
        meta = {"name": evil, "namespace": evil, "labels": labels, "annotations": {key: evil}}
        objects.append(
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta, "spec": {"template": pod}}
        )  # fmt: skip
        objects.append(
            {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": meta}
        )
    return "---\n".join(json.dumps(each) + "\n" for each in objects)


def _compose() -> str:
    services = {
        evil: {"image": evil, "labels": {"sovlint.dev/data": "health"}, "environment": {"SMTP_HOST": evil}}
        for evil in EVIL.values()
    }  # fmt: skip
    return json.dumps({"name": "odd", "services": services})


def _inventory() -> str:
    services = [
        {
            "id": f"odd-{name}", "vendor": evil, "product": evil, "plan": evil, "region": evil, "data": ["health"],
            "purpose": evil, "owner": evil, "contract": {"reference": evil, "date": "2026-02-02"},
        }
        for name, evil in EVIL.items()
    ]  # fmt: skip
    return json.dumps({"services": services})


def _configuration() -> str:
    """What the house says of itself: evidence, waivers, and companies and policies of its own."""
    evidence = [
        {
            "claim": {"qualification": "hds"},
            "subject": {"provider": "aws", "region": region},
            "evidence": evil, "owner": evil, "issued": "2026-10-01", "expires": "2027-10-01",
        }
        for region, evil in zip(("eu-west-3", "eu-west-1", "eu-central-1"), EVIL.values(), strict=False)
    ]  # fmt: skip
    waivers = [
        {
            "policy": "health-data-under-eu-control", "addresses": [f"aws_s3_bucket.odd_{at}*"],
            "reason": evil, "owner": evil, "approver": evil + " too", "ticket": evil,
            "issued": "2026-10-01", "expires": "2027-01-01",
        }
        for at, evil in enumerate(EVIL.values())
    ]  # fmt: skip
    return json.dumps({"attestations": evidence, "waivers": waivers})


def repository(folder: Path) -> Path:
    """All of it, in files and folders that are called so too."""
    files = {
        "main.tf": _terraform(),
        "k8s/all.yaml": _manifests(),
        "compose.yaml": _compose(),
        "saas.yaml": _inventory(),
        "sovlint.yaml": _configuration(),
    }
    for name, evil in SAFE_IN_A_PATH.items():
        path = f"{evil}/{name}{evil}.tf"
        files[path] = PLAIN.replace('"plain"', f'"in_{name.replace("-", "_")}"')
        files[f"{evil}/broken-{name}.tf"] = f'resource "{evil}'
    scratch.write(folder, files)
    return folder

"""What commands give functions, services, workloads, templates and stacks are settings like any other: whoever is given
an address abroad is told, and so is one that nobody knows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sovlint.model.value import Known
from tests.destinations.scanning import judged, places

GIVING: Final = (
    "aws lambda update-function-configuration --function-name f --environment Variables={MODE=a,LAKE=@}",
    "aws lambda update-function-configuration --function-name f --environment \"Variables={LAKE=@}\"",
    "aws lambda create-function --function-name f --environment \"{\\\"Variables\\\": {\\\"LAKE\\\": \\\"@\\\"}}\"",
    "aws ecs run-task --task-definition t "
    "--overrides \"{\\\"containerOverrides\\\": "
    "[{\\\"environment\\\": [{\\\"name\\\": \\\"LAKE\\\", \\\"value\\\": \\\"@\\\"}]}]}\"",
    "gcloud run deploy claims --set-env-vars MODE=a,LAKE=@ --region europe-west9",
    "gcloud functions deploy claims --update-env-vars=LAKE=@ --region europe-west9",
    "az webapp config appsettings set --name claims --settings MODE=a LAKE=@ -g g",
    "az containerapp update -n claims --set-env-vars LAKE=@",
    "kubectl set env deployment/claims MODE=a LAKE=@",
    "oc set env dc/claims -e LAKE=@",
    "kubectl create configmap claims --from-literal=MODE=a --from-literal=LAKE=@",
    "kubectl run claims --image=acme/claims --env=LAKE=@",
    "oc process -f claims.yaml -p MODE=a -p LAKE=@",
    "docker run -e LAKE=@ acme/claims",
    "serverless deploy --param=LAKE=@",
)  # fmt: skip
ABROAD: Final = "https://acme-{0}.s3.us-east-1.amazonaws.com"
INSIDE: Final = "https://acme-{0}.s3.fr-par.scw.cloud"


def verdicts(value: str, folder: Path) -> list[set[str]]:
    """The verdicts on what each command gives, with a value put in; ``{0}`` is the number of the command."""
    head = ["on: push", "jobs:", "  a:", "    steps:"]
    lines = [
        f"    - run: >-\n        {each.replace('@', value.format(number))}"
        for number, each in enumerate(GIVING)
    ]
    text = "\n".join([*head, *lines]) + "\n"
    found = judged({".github/workflows/a.yml": text}, folder)
    assert not found.failures
    said: list[set[str]] = [set() for _ in GIVING]
    for each in found.findings:
        role = None if each.placement is None else each.placement.role
        is_given = not isinstance(role, Known) or role.value == "at-rest"
        for at in places(each) if is_given else ():
            if at.line > len(head):
                said[(at.line - len(head) - 1) // 2].add(each.verdict.value)
    return said


def test_an_address_abroad_is_a_violation(tmp_path: Path) -> None:
    assert verdicts(ABROAD, tmp_path) == [{"violation"}] * len(GIVING)


def test_one_inside_is_compliant(tmp_path: Path) -> None:
    assert verdicts(INSIDE, tmp_path) == [{"compliant"}] * len(GIVING)


def test_one_that_nobody_knows_is_asked(tmp_path: Path) -> None:
    assert verdicts("$V{0}", tmp_path) == [{"unproven"}] * len(GIVING)


def test_a_region_on_the_command_line_stands_before_that_of_the_file(tmp_path: Path) -> None:
    region = "\"${opt:region, 'eu-west-3'}\""
    files = {
        "serverless.yml": f"provider:\n  name: aws\n  region: {region}\n",
        ".gitlab-ci.yml": "a:\n  script: [sls deploy --region us-east-1]\n",
    }
    found = judged(files, tmp_path)
    said = {each.resource.address: each.verdict.value for each in found.findings}
    assert said["config:.gitlab-ci.yml#a.sls deploy"] == "violation"

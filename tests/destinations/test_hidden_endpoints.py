"""A doubt about the endpoint of a command makes a placement unknown, never nothing: whatever role it has, and however
the endpoint is hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.destinations.scanning import judged

ENDPOINT: Final = "https://s3.fr-par.scw.cloud"
COMMANDS: Final = (
    "aws s3 sync dist s3://claims", "aws s3 cp dump.sql s3://claims", "aws s3api put-object --bucket c --key k --body x",
    "aws dynamodb put-item --table-name claims --item file://x", "aws sns publish --topic-arn $TOPIC --message x",
    "aws lambda invoke --function-name claims out", "aws events put-events --entries file://x",
)  # fmt: skip
HIDING: Final = {
    "a flag": "{command} --endpoint-url {endpoint}",
    "a flag and its value": "{command} --endpoint-url={endpoint}",
    "an export": "export AWS_ENDPOINT_URL={endpoint}; {command}",
    "a variable before it": "AWS_ENDPOINT_URL={endpoint} {command}",
    "a command before it": "aws configure set endpoint_url {endpoint}; {command}",
    "a profile that is set to it": "aws configure set profile.p.endpoint_url {endpoint}; {command} --profile p",
    "flags that aren't known": "aws {endpoint} {words}",
}
STEP: Final = """\
  j{number}:
    steps:
      - run: |
          {script}
"""
OTHERS: Final = """\
  action:
    steps:
      - uses: jakejarvis/s3-sync-action@v1
        env: {AWS_S3_BUCKET: claims, AWS_S3_ENDPOINT: '${{ vars.E }}'}
  images:
    steps:
      - run: docker push $REGISTRY/claims
  two:
    steps:
      - run: aws s3 sync d s3://claims --endpoint-url $A
      - run: aws s3 sync d s3://claims --endpoint-url $B
"""
"""An action; images, whose registry is not asked for; two endpoints that nobody knows."""


def scripts(endpoint: str) -> Iterator[str]:
    """Each command with each way to hide its endpoint, which has a number: no two are the same."""
    for hiding in HIDING.values():
        for command in COMMANDS:
            words = command.removeprefix("aws ")
            yield hiding.format(command=command, words=words, endpoint=endpoint)


def verdicts(
    text: str, folder: Path, path: str = ".github/workflows/a.yml"
) -> Counter[tuple[str, str]]:
    """How often each job has each verdict on what it sends."""
    found = judged({path: text}, folder)
    assert not found.failures
    return Counter(
        (
            each.resource.address.partition("#")[2].removeprefix("jobs.").partition(".")[0],
            each.verdict.value,
        )
        for each in found.findings
        if each.placement is not None
    )


def test_a_hidden_endpoint_is_unproven(tmp_path: Path) -> None:
    jobs = "".join(
        STEP.format(number=number, script=script.replace("$E", f"$E{number}"))
        for number, script in enumerate(scripts("$E"))
    )
    found = verdicts(f"on: push\njobs:\n{jobs}{OTHERS}", tmp_path)
    hidden = {(f"j{number}", "unproven"): 1 for number in range(len(HIDING) * len(COMMANDS))}
    assert found == {**hidden, ("action", "unproven"): 1, ("two", "unproven"): 2}


def test_a_known_one_is_compliant(tmp_path: Path) -> None:
    known = [each for each in scripts(ENDPOINT) if not each.startswith(f"aws {ENDPOINT}")]
    jobs = "".join(
        STEP.format(number=number, script=each) for number, each in enumerate(known)
    )
    found = verdicts(f"on: push\njobs:\n{jobs}", tmp_path)
    assert {verdict for _, verdict in found} == {"compliant"}


def test_a_variable_of_the_project_may_be_the_endpoint(tmp_path: Path) -> None:
    jobs = "".join(
        f"j{number}:\n  script: ['{command}']\n" for number, command in enumerate(COMMANDS)
    )
    found = verdicts(jobs, tmp_path, ".gitlab-ci.yml")
    assert {verdict for _, verdict in found} == {"unproven"}

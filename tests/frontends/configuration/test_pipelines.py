"""What files of CI and CD prove: where software is deployed and kept, by hand, and what must not be taken for it."""

from __future__ import annotations

import json

import pytest

from sovlint.model.placement import Placement
from sovlint.model.resources.sent import SentBy
from sovlint.model.text import Note
from sovlint.model.value import Known, Unknown, Value
from tests.frontends.configuration.house import one, placed, read, told

WORKFLOW = ".github/workflows/deploy.yml"


def workflow(steps: str, head: str = "") -> dict[str, str]:
    """What a workflow of one job proves, by key without what leads to the step."""
    indented = "".join(f"      {line}\n" for line in steps.splitlines())
    found = one(WORKFLOW, f"{head}jobs:\n  ship:\n    steps:\n{indented}")
    return {key.removeprefix("jobs.ship.steps."): facts for key, facts in found.items()}


def test_where_an_action_deploys_and_as_whom() -> None:
    steps = (
        "- uses: actions/checkout@v4\n"
        "- uses: aws-actions/configure-aws-credentials@0123abc # v4\n"
        "  with: {aws-region: eu-west-3, role-to-assume: 'arn:aws:iam::1:role/x'}\n"
        "- uses: aws-actions/amazon-ecr-login@v2\n"
        "- uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n"
        "  with: {service: claims}\n"
    )
    assert workflow(steps) == {
        "1.with.aws-region": "config aws eu-west-3",
        "2.aws-actions/amazon-ecr-login": "registry aws eu-west-3",
        "3.aws-actions/amazon-ecs-deploy-task-definition": "compute aws eu-west-3",
    }


def test_what_one_job_sets_isnt_there_in_another() -> None:
    text = (
        "jobs:\n  a:\n    steps:\n    - uses: aws-actions/configure-aws-credentials@v4\n"
        "      with: {aws-region: eu-west-3}\n"
        "  b:\n    steps:\n    - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n"
    )
    assert (
        one(WORKFLOW, text)["jobs.b.steps.0.aws-actions/amazon-ecs-deploy-task-definition"]
        == "compute aws ?"
    )


@pytest.mark.parametrize(
    ("region", "facts"),
    [
        ("${{ env.REGION }}", "compute google-cloud europe-west9"),
        ("${{ env.OTHER }}", "compute google-cloud ?"),
        ("${{ vars.REGION }}", "compute google-cloud ?"),
        ("${{ inputs.region || 'europe-west1' }}", "compute google-cloud ?"),
        ("europe-west1", "compute google-cloud europe-west1"),
    ],
)
def test_variables_of_the_file_are_put_in_and_nothing_else(region: str, facts: str) -> None:
    steps = f"- uses: google-github-actions/deploy-cloudrun@v2\n  with:\n    service: claims\n    region: {region}\n"
    assert workflow(
        steps, "env:\n  REGION: europe-west9\n  OTHER: ${{ secrets.REGION }}\n"
    ) == {"0.with.region": facts}


def test_a_program_that_deploys_does_other_things_too() -> None:
    steps = "- run: vercel pull --prod\n- run: vercel build --prod --token=t\n- run: vercel deploy --prebuilt --token=t\n"
    assert workflow(steps) == {"2.vercel": "compute vercel ?"}
    assert workflow("- run: vercel ./dist --prod --token=t\n") == {
        "0.vercel": "compute vercel ?"
    }


def test_a_variable_that_is_made_of_itself_ends() -> None:
    steps = (
        "- uses: google-github-actions/deploy-cloudrun@v2\n  with: {region: '${{ env.A }}'}\n"
    )
    head = "env:\n  A: ${{ env.B }}${{ env.B }}\n  B: ${{ env.A }}${{ env.A }}\n"
    assert workflow(steps, head) == {"0.with.region": "compute google-cloud ?"}


def test_scripts_deploy_with_the_variables_that_they_get() -> None:
    steps = (
        "- run: |\n"
        "    gcloud run deploy claims --image a/b --region $REGION\n"
        "    echo gcloud run deploy other --region us-central1\n"
        "    # flyctl deploy --app claims\n"
        "- run: aws ecs update-service --cluster a --service ${{ matrix.service }}\n"
        "  env: {AWS_REGION: eu-west-1}\n"
        "- run: flyctl deploy --remote-only\n"
        "- run: kubectl apply -f k8s && helm upgrade claims ./chart && terraform apply\n"
    )
    assert workflow(steps, "env: {REGION: europe-west9}\n") == {
        "0.gcloud run deploy": "compute google-cloud europe-west9",
        "1.aws ecs update-service": "compute aws eu-west-1",
        "2.flyctl deploy": "compute fly-io ?",
    }


def test_what_is_put_into_a_bucket_is_software_but_a_dump_is_data() -> None:
    steps = (
        "- run: aws s3 sync dist s3://www.acme.fr --region eu-west-3\n"
        "- run: pg_dump -h $HOST claims | gzip | aws s3 cp - s3://acme/claims.gz --region eu-west-3\n"
        "- run: aws s3 sync s3://acme-claims s3://acme-copy --region eu-west-1\n"
        "- run: aws s3 cp s3://acme/tool .\n"
    )
    assert workflow(steps) == {
        "0.aws s3 sync": "registry aws eu-west-3",
        "1.pg_dump": "at-rest ? ?",
        "1.aws s3 cp": "at-rest aws eu-west-3",
        "2.aws s3 sync": "at-rest aws eu-west-1",
    }


def test_a_bucket_may_be_anybodys_where_variables_of_the_project_are_handed_on() -> None:
    text = "ship:\n  script: [aws s3 sync dist s3://www.acme.fr --region fr-par]\n"
    assert one(".gitlab-ci.yml", text) == {"ship.aws s3 sync": "registry ? ?"}
    told_here = text.replace("s3 sync", "s3 sync --endpoint-url https://s3.fr-par.scw.cloud")
    assert one(".gitlab-ci.yml", told_here) == {
        "ship.aws s3 sync": "registry scaleway fr-par"
    }


SERVERS = {
    ".gitlab-ci.yml": "a: {script: ['@']}\n",
    ".circleci/config.yml": "jobs: {a: {steps: [{run: '@'}]}}\n",
    "bitbucket-pipelines.yml": "pipelines: {default: [{step: {script: ['@']}}]}\n",
    "cloudbuild.yaml": "steps: [{name: amazon/aws-cli, script: '@'}]\n",
    "buildspec.yml": "phases: {build: {commands: ['@']}}\n",
    ".drone.yml": "kind: pipeline\nsteps: [{image: amazon/aws-cli, commands: ['@']}]\n",
    ".semaphore/semaphore.yml": "blocks: [{task: {jobs: [{commands: ['@']}]}}]\n",
}
"""CI servers whose projects have variables that no file shows."""


@pytest.mark.parametrize("path", SERVERS)
def test_a_variable_of_the_project_may_name_the_endpoint_of_what_is_sent(path: str) -> None:
    def script(line: str) -> list[str]:
        return list(one(path, SERVERS[path].replace("@", line)).values())

    assert script("aws s3 cp dump s3://backup --region us-east-1") == ["at-rest ? ?"]
    assert script(
        "aws s3 cp dump s3://backup --endpoint-url https://s3.fr-par.scw.cloud"
    ) == ["at-rest scaleway fr-par"]
    assert script("aws s3 cp dump s3://backup --endpoint-url http://localhost:9000") == []
    assert script("aws s3 cp s3://backup/dump .") == []
    assert script("gsutil cp dump.sql gs://backup") == ["at-rest google-cloud ?"]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("rclone copy dump.sql remote:x", ["at-rest ? ?"]),
        ("mc cp dump.sql m/x", ["at-rest ? ?"]),
        (
            "mc alias set m https://s3.fr-par.scw.cloud k s; mc cp dump.sql m/x",
            ["at-rest scaleway fr-par"],
        ),
        (
            "az storage blob upload -f dump.sql --account-name $A -c x",
            ["at-rest microsoft-azure ?"],
        ),
        (
            "azcopy copy dump.sql https://$A.blob.core.windows.net/x",
            ["at-rest microsoft-azure ?"],
        ),
        (
            'psql \\"host=/cloudsql/acme:$REGION:claims\\" -f dump.sql',
            ["at-rest google-cloud ?"],
        ),
        ("cloud-sql-proxy acme:$REGION:claims", ["at-rest google-cloud ?"]),
        ("psql -h $HOST -f dump.sql", ["at-rest ? ?"]),
        ("docker compose up -d; psql -h $HOST -f dump.sql", []),
        ("curl -d @status.json $HOOK", []),
        ("for f in *; do curl -d @$f $HOOK; done", ["at-rest ? ?"]),
        ("for f in out/*.json; do curl -d @$f $HOOK; done", []),
        ("find out -exec curl -T {} $HOOK +", ["at-rest ? ?"]),
        ("find out -name *.png -exec curl -T {} $HOOK +", []),
        ("ls | xargs -I{} curl -T {} $HOOK", ["at-rest ? ?"]),
        ("restic -r $REPO backup /data", ["backup ? ?"]),
    ],
)
def test_an_address_that_a_script_leaves_open_is_unknown_and_told_once(
    line: str, facts: list[str]
) -> None:
    text = f'a: {{script: ["{line}"]}}\n'
    assert list(one(".gitlab-ci.yml", text).values()) == facts


def test_what_two_commands_send_may_differ_where_nothing_is_known_of_it() -> None:
    lines = "[rclone copy a remote:x, mc cp a m/x, 'cloud-sql-proxy a:$R:b', 'cloud-sql-proxy a:us-east1:b']"
    assert sorted(one(".gitlab-ci.yml", f"a: {{script: {lines}}}\n").values()) == [
        "at-rest ? ?",
        "at-rest ? ?",
        "at-rest google-cloud ?",
        "at-rest google-cloud us-east1",
    ]


def test_what_a_server_fills_in_is_no_redirection() -> None:
    text = SERVERS[".circleci/config.yml"]
    load = text.replace("@", "aws s3 cp s3://images/web-<< pipeline.number >> ./digest")
    assert one(".circleci/config.yml", load) == {}
    keep = text.replace("@", "aws s3 cp dump s3://backup/web-<< pipeline.number >>")
    assert list(one(".circleci/config.yml", keep).values()) == ["at-rest ? ?"]


def test_an_endpoint_that_a_variable_names_is_not_known() -> None:
    line = "- run: aws s3 cp dump s3://backup --endpoint-url $ENDPOINT\n  env: {ENDPOINT: '${{ vars.ENDPOINT }}'}\n"
    assert workflow(line) == {"0.aws s3 cp": "at-rest ? ?"}


def test_each_file_is_told_where_data_goes_and_not_where_images_are_kept() -> None:
    line = "aws s3 cp dump s3://backup"
    found = told(
        {
            path: SERVERS[path].replace("@", line)
            for path in (".gitlab-ci.yml", "bitbucket-pipelines.yml")
        }
    )
    assert list(found.values()) == ["at-rest ? ?", "at-rest ? ?"]


def test_an_endpoint_that_isnt_known_makes_a_bucket_nobodys() -> None:
    steps = "- uses: jakejarvis/s3-sync-action@v1\n  env: {AWS_S3_ENDPOINT: '${{ vars.ENDPOINT }}', AWS_REGION: gra}\n"
    assert workflow(steps) == {"0.env.AWS_S3_ENDPOINT": "registry ? ?"}
    steps = steps.replace("${{ vars.ENDPOINT }}", "https://s3.gra.io.cloud.ovh.net")
    assert workflow(steps) == {"0.env.AWS_S3_ENDPOINT": "registry ovhcloud GRA"}


def test_images_are_kept_at_a_registry_that_is_written() -> None:
    steps = (
        "- uses: docker/login-action@v3\n  with: {registry: rg.fr-par.scw.cloud/acme}\n"
        "- run: docker push rg.fr-par.scw.cloud/acme/claims:$TAG\n"
        "- uses: docker/login-action@v3\n  with: {registry: ghcr.io}\n"
        "- uses: docker/login-action@v3\n  with: {username: a}\n"
        "- run: docker push $REGISTRY/claims.x && docker pull quay.io/acme/base\n"
        "- run: docker push $ACCOUNT.dkr.ecr.eu-west-3.amazonaws.com/claims\n"
    )
    assert workflow(steps) == {
        "0.with.registry": "registry scaleway fr-par",
        "5.docker push": "registry aws eu-west-3",
    }


def test_a_server_is_where_software_runs() -> None:
    steps = (
        "- uses: appleboy/ssh-action@v1\n  with: {host: ec2-1-2-3-4.eu-west-3.compute.amazonaws.com, script: a}\n"
        "- uses: appleboy/scp-action@v1\n  with: {host: '${{ secrets.HOST }}', source: dist}\n"
    )
    assert workflow(steps) == {"0.with.host": "compute aws ?", "1.with.host": "compute ? ?"}


def test_what_a_pipeline_is_given_isnt_what_runs() -> None:
    dsn = "https://0123@o1.ingest.de.sentry.io/4"
    text = (
        "jobs:\n"
        "  web:\n"
        f"    env: {{VITE_SENTRY_DSN: '{dsn}', OPENAI_API_KEY: '${{{{ secrets.K }}}}', SLACK_URL: '${{{{ vars.H }}}}'}}"
        "\n"
        "    steps:\n"
        "    - {run: make, env: {DATABASE_URL: '${{ secrets.DATABASE_URL }}', SENTRY_AUTH_TOKEN: '${{ secrets.T }}'}}\n"
        "  e2e-tests:\n"
        f"    env: {{SENTRY_DSN: '{dsn}'}}\n"
        "    services: {postgres: {image: postgres}}\n"
        "    steps: [{run: make test}]\n"
    )
    assert one(WORKFLOW, text) == {"jobs.web.env.VITE_SENTRY_DSN": "processor sentry EU"}


def test_as_whom_pipelines_act_is_told_once_for_a_folder_and_where_they_deploy_for_each_file() -> (
    None
):
    def text(name: str) -> str:
        return (
            "jobs:\n  a:\n    steps:\n    - uses: azure/login@v2\n    - uses: azure/webapps-deploy@v3\n"
            f"      with: {{app-name: {name}}}\n"
        )

    found = told({".github/workflows/a.yml": text("a"), ".github/workflows/b.yml": text("b")})
    assert found == {
        ".github/workflows/a.yml#jobs.a.steps.0.azure/login": "config microsoft-azure ?",
        ".github/workflows/a.yml#jobs.a.steps.1.azure/webapps-deploy": "compute microsoft-azure ?",
        ".github/workflows/b.yml#jobs.a.steps.1.azure/webapps-deploy": "compute microsoft-azure ?",
    }


def test_gitlab() -> None:
    text = (
        "include: [{local: /ci/test.yml}]\n"
        "variables:\n  REGION: europe-west9\n  SCW: {value: fr-par, description: where}\n"
        ".base: &base\n  before_script: [docker login -u a -p $P rg.fr-par.scw.cloud]\n"
        "deploy:\n  <<: *base\n  image: google/cloud-sdk\n  variables: {SCW_DEFAULT_REGION: $SCW}\n"
        "  script:\n  - gcloud run deploy claims --region $REGION\n  - - scw container container deploy 0123\n"
        "  environment: {name: production}\n"
    )
    assert one(".gitlab-ci.yml", text) == {
        ".base.docker login": "registry scaleway fr-par",
        "deploy.gcloud run deploy": "compute google-cloud europe-west9",
        "deploy.scw container container deploy": "compute scaleway fr-par",
    }


def test_azure_pipelines() -> None:
    text = (
        "variables:\n- group: secrets\n- name: place\n  value: francecentral\n"
        "stages:\n- stage: a\n  jobs:\n  - deployment: b\n    strategy:\n      runOnce:\n        deploy:\n"
        "          steps:\n"
        "          - task: AzureContainerApps@1\n            inputs: {location: $(place), containerAppName: a}\n"
        "          - task: AzureCLI@2\n            inputs: {inlineScript: az functionapp deploy -n claims --src a}\n"
        "          - bash: az aks get-credentials -n $(cluster) -g rg\n"
    )
    found = one("azure-pipelines.yml", text)
    assert {key.rpartition("steps.")[2]: facts for key, facts in found.items()} == {
        "0.inputs.location": "compute microsoft-azure francecentral",
        "1.az functionapp deploy": "compute microsoft-azure ?",
        "2.az aks get-credentials": "compute microsoft-azure ?",
    }


def test_circleci_calls_orbs_as_it_likes() -> None:
    text = (
        "version: 2.1\norbs: {ecs: circleci/aws-ecs@4.0.0, own: acme/aws-ecs@1}\n"
        "jobs:\n  ship:\n    docker: [{image: cimg/base}]\n    environment: {AWS_REGION: eu-west-3}\n    steps:\n"
        "    - checkout\n    - run: {name: a, command: 'aws eks update-kubeconfig --name a'}\n"
        "    - run: clever deploy --alias claims\n"
        "workflows:\n  all:\n    jobs:\n    - ship\n    - ecs/deploy_service_update: {region: eu-west-1}\n"
        "    - own/deploy_service_update: {region: eu-west-2}\n"
    )
    assert one(".circleci/config.yml", text) == {
        "jobs.ship.steps.1.aws eks update-kubeconfig": "compute aws eu-west-3",
        "jobs.ship.steps.2.clever deploy": "compute clever-cloud ?",
        "workflows.all.jobs.1.ecs/deploy_service_update.region": "compute aws eu-west-1",
    }


def test_bitbucket_cloud_build_codebuild_and_drone() -> None:
    bitbucket = (
        "pipelines:\n  default:\n  - step:\n      script: [make, {pipe: 'atlassian/aws-lambda-deploy:1.0.0', "
        "variables: {AWS_DEFAULT_REGION: eu-west-3}}]\n"
        "  branches:\n    main:\n    - step: {script: ['git push git@ssh.osc-fr1.scalingo.com:claims.git main']}\n"
    )
    assert one("bitbucket-pipelines.yml", bitbucket) == {
        "pipelines.default.0.step.script.1.variables.AWS_DEFAULT_REGION": "compute aws eu-west-3",
        "pipelines.branches.main.0.step.git push": "compute scalingo osc-fr1",
    }
    cloud_build = (
        "substitutions: {_REGION: europe-west9}\nsteps:\n- name: gcr.io/cloud-builders/docker\n"
        "  args: [push, 'europe-west9-docker.pkg.dev/$PROJECT_ID/a/claims']\n"
        "- name: gcr.io/google.com/cloudsdktool/cloud-sdk\n  entrypoint: gcloud\n"
        "  args: [run, deploy, claims, --region, $_REGION]\n"
    )
    assert one("cloudbuild.yaml", cloud_build) == {
        "steps.0.docker push": "registry google-cloud europe-west9",
        "steps.1.gcloud run deploy": "compute google-cloud europe-west9",
    }
    buildspec = (
        "env:\n  variables: {REGION: eu-west-3}\nphases:\n  post_build:\n    commands:\n"
        "    - aws lambda update-function-code --function-name claims --region $REGION\n"
    )
    assert one("buildspec.yml", buildspec) == {
        "phases.aws lambda update-function-code": "compute aws eu-west-3"
    }
    drone = "steps:\n- name: a\n  image: plugins/ecr:20\n  settings: {region: eu-west-3}\n- name: b\n  image: golang\n"
    assert one(".drone.yml", drone) == {"steps.0.settings.region": "registry aws eu-west-3"}


def test_what_runs_where_is_said_of_itself_and_what_is_kept_is_sent() -> None:
    text = "jobs:\n  a:\n    steps:\n    - {uses: azure/webapps-deploy@v3}\n    - {run: docker push quay.io/acme/claims}\n"
    runs, kept = placed({WORKFLOW: text})
    assert [each.key for one in (runs, kept) for each in one.resource.sends] == [
        "",
        "docker push",
    ]
    assert all(isinstance(each.resource.exists, Known) for each in (runs, kept))


@pytest.mark.parametrize(
    "text",
    [
        "jobs: {a: {steps: [1, null, {uses: [azure/login]}, {uses: {a: b}}, {run: {a: [b]}}]}}\n",
        "jobs: [{steps: [{uses: azure/login}]}]\nenv: [A=b, 1]\n",
        "jobs:\n  a:\n    steps:\n    - uses: 'azure/login'\n    - uses: '@v1'\n    - uses: ':'\n    - run: '$('\n",
        "steps: uses\n",
    ],
)
def test_files_of_another_form_are_borne(text: str) -> None:
    found = one(WORKFLOW, text)
    assert set(found.values()) <= {"config microsoft-azure ?"}


def test_semaphore() -> None:
    text = (
        "blocks:\n- name: ship\n  task:\n"
        "    env_vars: [{name: AWS_REGION, value: eu-west-3}, {name: DATABASE_URL, value: $DB}]\n    jobs:\n"
        "    - commands: [checkout, docker push acme/claims, aws ecs update-service --cluster a --service claims]\n"
    )
    assert one(".semaphore/deploy.yml", text) == {
        "blocks.0.task.docker push": "registry docker-hub ?",
        "blocks.0.task.aws ecs update-service": "compute aws eu-west-3",
    }


def test_an_image_without_a_host_is_docker_hubs() -> None:
    steps = "- run: |\n    docker push acme/claims:$TAG\n    docker push claims\n    docker push localhost:5000/a\n"
    assert workflow(steps) == {"0.docker push": "registry docker-hub ?"}
    assert (
        workflow("- run: docker push $IMAGE\n- run: docker push ghcr.io/acme/claims\n") == {}
    )


def test_a_command_line_that_is_installed_deploys_in_some_script() -> None:
    steps = "- run: npm install -g clever-tools\n- run: ./deploy.sh\n"
    assert workflow(steps) == {"0.npm install": "config clever-cloud ?"}


def test_app_platform_by_its_command_line() -> None:
    steps = "- run: |\n    doctl apps create-deployment ${{ secrets.APP }} --wait\n    doctl apps list-deployments 0\n"
    assert workflow(steps) == {"0.doctl apps create-deployment": "compute digitalocean ?"}


def test_what_is_run_on_a_server_from_afar() -> None:
    steps = (
        "- uses: aws-actions/configure-aws-credentials@v4\n  with: {aws-region: ap-south-1}\n"
        '- run: aws ssm send-command --instance-ids "$ID" --document-name AWS-RunShellScript | jq .\n'
    )
    found = workflow(steps)
    assert found["1.aws ssm send-command"] == "compute aws ap-south-1"
    steps = (
        "- env: {HOST: '${{ secrets.HOST }}'}\n  run: |\n    ssh deploy@$HOST << 'END'\n      git pull\n    END\n"
        "- run: ssh -i k deploy@ec2-1-2-3-4.eu-west-3.compute.amazonaws.com 'docker compose up -d'\n"
        "- run: ssh -T git@github.com || true\n"
    )
    assert workflow(steps) == {"0.ssh": "compute ? ?", "1.ssh": "compute aws ?"}


FRENCH, AMERICAN = "https://s3.fr-par.scw.cloud", "https://s3.us-east-1.amazonaws.com"
DUMP = "pg_dump $DB | aws s3 cp - s3://backup/x"


def places(path: str, text: str) -> list[Placement]:
    """Where a dump of the file is stored."""
    found = (each for each in placed({path: text}) if each.resource.sends[0].key != "pg_dump")
    return [place for each in found for place in each.placements]


def stored(path: str, text: str) -> list[tuple[str, str]]:
    """Provider and region of each place where a dump of the file is stored; what one may be where it isn't known."""
    return [(shown(place.provider), shown(place.region)) for place in places(path, text)]


def shown(fact: Value) -> str:
    if isinstance(fact, Known):
        return str(fact.value)
    return "?" + "|".join(sorted(str(each.value) for each in fact.among or ()))


GITLAB = f"variables: {{AWS_ENDPOINT_URL: '{FRENCH}'}}\n"


@pytest.mark.parametrize(
    "text",
    [
        f".base: {{variables: {{AWS_ENDPOINT_URL: '{AMERICAN}'}}}}\nb: {{extends: .base, script: ['{DUMP}']}}\n",
        f".a: {{variables: {{AWS_ENDPOINT_URL: '{AMERICAN}'}}}}\n.b: {{extends: .a}}\n"
        f"b: {{extends: [.b], variables: {{X: y}}, script: ['{DUMP}']}}\n",
        f"b: {{before_script: ['export AWS_ENDPOINT_URL={AMERICAN}'], script: ['{DUMP}']}}\n",
        f"default: {{before_script: ['export AWS_ENDPOINT_URL={AMERICAN}']}}\nb: {{script: ['{DUMP}']}}\n",
        f"before_script: ['export AWS_ENDPOINT_URL={AMERICAN}']\nb: {{script: ['{DUMP}']}}\n",
        f".a: {{before_script: ['export AWS_ENDPOINT_URL={AMERICAN}']}}\nb: {{extends: .a, script: ['{DUMP}']}}\n",
        f".a: {{script: ['export AWS_ENDPOINT_URL={AMERICAN}', '{DUMP}']}}\nb: {{extends: .a}}\n",
    ],
)
def test_what_a_job_of_gitlab_has_by_others_counts(text: str) -> None:
    assert stored(".gitlab-ci.yml", GITLAB + text) == [("aws", "us-east-1")]


@pytest.mark.parametrize(
    "text",
    [
        f".a: {{variables: {{AWS_ENDPOINT_URL: '{AMERICAN}'}}}}\n"
        f"b: {{extends: .a, variables: {{AWS_ENDPOINT_URL: '{FRENCH}'}}, script: ['{DUMP}']}}\n",
        f"default: {{before_script: ['export AWS_ENDPOINT_URL={AMERICAN}']}}\n"
        f"b: {{before_script: [date], script: ['{DUMP}']}}\n",
        f"b: {{extends: .of-another-file, variables: {{AWS_ENDPOINT_URL: '{FRENCH}'}}, script: ['{DUMP}']}}\n",
        f"a: {{variables: {{AWS_ENDPOINT_URL: '{AMERICAN}'}}, script: [date]}}\nb: {{script: ['{DUMP}']}}\n",
        f"a: {{extends: b}}\nb: {{extends: a, script: ['{DUMP}']}}\n",
    ],
)
def test_and_what_it_has_itself_counts_more(text: str) -> None:
    assert stored(".gitlab-ci.yml", GITLAB + text) == [("scaleway", "fr-par")]


EITHER = [("?aws|scaleway", "?fr-par|us-east-1")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"b: {{rules: [{{if: $A, variables: {{AWS_ENDPOINT_URL: '{AMERICAN}'}}}}], script: ['{DUMP}']}}\n", EITHER),
        (f"b: {{parallel: {{matrix: [{{AWS_ENDPOINT_URL: ['{AMERICAN}']}}]}}, script: ['{DUMP}']}}\n", EITHER),
        (f"workflow: {{rules: [{{if: $A, variables: {{AWS_ENDPOINT_URL: '{AMERICAN}'}}}}]}}\n"
         f"b: {{script: ['{DUMP}']}}\n", EITHER),
        (f"b: {{extends: .of-another-file, script: ['{DUMP}']}}\n", [("?", "?")]),
        (f"a: {{rules: [{{variables: {{AWS_ENDPOINT_URL: '{AMERICAN}'}}}}], script: [date]}}\n"
         f"b: {{script: ['{DUMP}']}}\n",
         [("scaleway", "fr-par")]),
    ],
)  # fmt: skip
def test_what_rules_and_a_matrix_may_set_isnt_known(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert stored(".gitlab-ci.yml", GITLAB + text) == expected


REGIONS = [("aws", "?eu-west-3|us-east-1")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("echo AWS_REGION=us-east-1 >> $GITHUB_ENV", REGIONS),
        ('echo "AWS_REGION=us-east-1" | tee -a "$GITHUB_ENV"', REGIONS),
        ("{ echo A=1; echo AWS_REGION=us-east-1\n} >> ${GITHUB_ENV}", REGIONS),
        ("cat >> $GITHUB_ENV <<END\nAWS_REGION=us-east-1\nEND", REGIONS),
        ('"AWS_REGION=us-east-1" >> $env:GITHUB_ENV', REGIONS),
        ("echo '::set-env name=AWS_REGION::us-east-1'", REGIONS),
        ("echo AWS_REGION=$(./region) >> $GITHUB_ENV", [("aws", "?")]),
        ("cat prod.env >> $GITHUB_ENV", [("?", "?")]),
        ("cat prod.env \\\n  >> $GITHUB_ENV", [("?", "?")]),
        ("for a in $B; do echo $a; done >> $GITHUB_ENV", [("?", "?")]),
        ("A=1 ./print-environment >> $GITHUB_ENV", [("?", "?")]),
        ("python - <<END\nopen(os.environ['GITHUB_ENV'], 'a').write(x)\nEND", [("?", "?")]),
        ("echo AWS_REGION=eu-west-3 >> $GITHUB_ENV", [("aws", "eu-west-3")]),
        ("echo VERSION=1 >> $GITHUB_ENV", [("aws", "eu-west-3")]),
        ("cat $GITHUB_ENV", [("aws", "eu-west-3")]),
        ("echo AWS_REGION=us-east-1 >> $GITHUB_OUTPUT", [("aws", "eu-west-3")]),
    ],
)
def test_what_steps_set_for_those_after_them_isnt_known(
    line: str, expected: list[tuple[str, str]]
) -> None:
    steps = [{"run": line}, {"run": DUMP}]
    head = f"env: {{AWS_REGION: eu-west-3}}\njobs: {{b: {{steps: {json.dumps(steps)}}}}}\n"
    assert stored(WORKFLOW, head) == expected
    swapped = (
        f"env: {{AWS_REGION: eu-west-3}}\njobs: {{b: {{steps: {json.dumps(steps[::-1])}}}}}\n"
    )
    assert stored(WORKFLOW, swapped) == [("aws", "eu-west-3")], "it isn't set yet"
    one, other = json.dumps(steps[:1]), json.dumps(steps[1:])
    apart = f"env: {{AWS_REGION: eu-west-3}}\njobs: {{a: {{steps: {one}}}, b: {{steps: {other}}}}}\n"
    assert stored(WORKFLOW, apart) == [("aws", "eu-west-3")], (
        "another job has another environment"
    )


def test_what_an_action_sets_counts_until_a_step_sets_it_otherwise() -> None:
    action = (
        "- uses: aws-actions/configure-aws-credentials@v4\n  with: {aws-region: eu-west-3}\n"
    )
    write = "- run: echo AWS_REGION=us-east-1 >> $GITHUB_ENV\n"
    assert (
        workflow(f"{write}{action}- run: {DUMP}\n")["2.aws s3 cp"] == "at-rest aws eu-west-3"
    )
    assert workflow(f"{action}{write}- run: {DUMP}\n")["2.aws s3 cp"] == "at-rest aws ?"


def test_an_input_that_is_filled_in_isnt_known_either() -> None:
    steps = (
        "- run: echo REGION=us-east1 >> $GITHUB_ENV\n"
        "- uses: google-github-actions/deploy-cloudrun@v2\n"
        "  with: {service: claims, region: '${{ env.REGION }}'}\n"
    )
    assert workflow(steps, "env: {REGION: europe-west9}\n") == {
        "1.with.region": "compute google-cloud ?"
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("azure-pipelines.yml",
         "variables: {AWS_REGION: eu-west-3}\nsteps:\n"
         "- script: echo '##vso[task.setvariable variable=AWS_REGION]us-east-1'\n"
         f"- script: {DUMP}\n"),
        ("azure-pipelines.yml",
         "variables: {AWS_REGION: eu-west-3}\nsteps:\n"
         "- bash: echo \"##vso[task.setvariable variable=AWS_REGION;isReadOnly=true]us-east-1\"\n"
         f"- script: {DUMP}\n"),
    ],
)  # fmt: skip
def test_what_is_printed_for_azure_is_set(path: str, text: str) -> None:
    assert stored(path, text) == REGIONS


def test_what_steps_of_circleci_write_is_set() -> None:
    steps = f"      - run: echo 'export AWS_ENDPOINT_URL={AMERICAN}' >> $BASH_ENV\n      - run: {DUMP}\n"
    text = (
        f"jobs:\n  b:\n    environment: {{AWS_ENDPOINT_URL: '{FRENCH}'}}\n    steps:\n{steps}"
    )
    assert stored(".circleci/config.yml", text) == EITHER
    called = text.replace(
        f"echo 'export AWS_ENDPOINT_URL={AMERICAN}' >> $BASH_ENV", "source $BASH_ENV"
    )
    assert stored(".circleci/config.yml", called) == [("scaleway", "fr-par")]
    at_once = text.replace("BASH_ENV\n      - run: ", "BASH_ENV; source $BASH_ENV; ")
    assert at_once.count("- run") == 1
    assert stored(".circleci/config.yml", at_once) == EITHER
    command = f"commands: {{c: {{steps: [{{run: 'echo AWS_ENDPOINT_URL={AMERICAN} >> $BASH_ENV'}}]}}}}\n"
    assert stored(".circleci/config.yml", command + called) == EITHER


def test_it_is_said_what_may_set_a_variable_and_where() -> None:
    write = "    - run: echo AWS_REGION=$(./region) >> $GITHUB_ENV\n"
    text = (
        f"env: {{AWS_REGION: eu-west-3}}\njobs:\n  b:\n    steps:\n{write}    - run: {DUMP}\n"
    )
    (place,) = places(WORKFLOW, text)
    assert isinstance(place.region, Unknown)
    assert place.region.note == Note("settings.overridden", {"name": "AWS_REGION", "line": 5})


def test_of_too_much_that_may_set_variables_nothing_is_known() -> None:
    matrix = ", ".join(f"A{number}: [x]" for number in range(300))
    text = f"b: {{parallel: {{matrix: [{{{matrix}}}]}}, script: ['{DUMP}']}}\n"
    assert stored(".gitlab-ci.yml", GITLAB + text) == [("?", "?")]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (
            "curl -T dump.sql https://x.s3.us-east-1.amazonaws.com/d",
            ["at-rest aws us-east-1"],
        ),
        (
            "curl --upload-file=claims.sql https://x.s3.us-east-1.amazonaws.com/d",
            ["at-rest aws us-east-1"],
        ),
        (
            "pg_dump | curl -T - https://x.s3.us-east-1.amazonaws.com/d",
            ["at-rest aws us-east-1"],
        ),
        (
            "pg_dump | curl --data-binary @- https://x.s3.us-east-1.amazonaws.com/d",
            ["at-rest aws us-east-1"],
        ),
        (
            "curl -F file=@dump.sql https://x.s3.us-east-1.amazonaws.com/d",
            ["at-rest aws us-east-1"],
        ),
        ("curl -d @dump https://x.s3.us-east-1.amazonaws.com/d", ["at-rest aws us-east-1"]),
        (
            "wget --post-file dump.sql https://x.s3.us-east-1.amazonaws.com/d",
            ["at-rest aws us-east-1"],
        ),
        ("curl -T dump.sql $WHERE", ["at-rest ? ?"]),
        ("curl -d @status.json $HOOK", []),
        ("for f in *; do curl -d @$f $HOOK; done", ["at-rest ? ?"]),
        ("for f in out/*.json; do curl -d @$f $HOOK; done", []),
        ("find out -exec curl -T {} $HOOK +", ["at-rest ? ?"]),
        ("find out -name *.png -exec curl -T {} $HOOK +", []),
        ("ls | xargs -I{} curl -T {} $HOOK", ["at-rest ? ?"]),
        ("curl -F file=@coverage.xml https://codecov.io/upload", []),
        ("curl -d '{text: backup done}' https://hooks.slack.com/services/a", []),
        ("curl -o dump.sql https://x.s3.us-east-1.amazonaws.com/d", []),
        ("pg_dump | curl -d @- $HOOK", ["at-rest ? ?"]),
        ('echo "$DUMP" | curl -d @- $HOOK', ["at-rest ? ?"]),
        ("jq -n --rawfile a dump.sql '{a: $a}' | curl -d @- $HOOK", ["at-rest ? ?"]),
        ("jq -c .rows | curl -d @- $HOOK", ["at-rest ? ?"]),
        # A message that is put together here.
        ("jq -n --rawfile a prompt.md '{a: $a}' | curl -d @- $HOOK", []),
        ("jq -n --arg text \"$MSG\" '{text: $text}' | curl -sS -X POST -d @- $HOOK", []),
        ('curl -d "$(jq -cn --arg t "$MSG" \'{text: $t}\')" $HOOK', []),
        ('M=$(jq -nc --arg t "$MSG" \'{t: $t}\'); echo "$M" | curl -d @- $HOOK', []),
        ("curl -d \"$(jq -n --slurpfile a dump.sql '$a')\" $HOOK", ["at-rest ? ?"]),
        ('curl -d "$(pg_dump claims)" $HOOK', ["at-rest ? ?"]),
        ("pg_dump | jq -n '[inputs]' | curl -d @- $HOOK", ["at-rest ? ?"]),
        # What a variable of the environment holds comes in as much as one among its words.
        (
            "C=$(pg_dump claims); jq -n --arg a \"$C\" '{a: $a}' | curl -d @- $HOOK",
            ["at-rest ? ?"],
        ),
        (
            "export C=$(pg_dump claims); jq -n '{a: env.C}' | curl -d @- $HOOK",
            ["at-rest ? ?"],
        ),
        (
            "export C=$(pg_dump claims); jq -n '{a: $ENV.C}' | curl -d @- $HOOK",
            ["at-rest ? ?"],
        ),
        ("C=$(pg_dump claims) jq -n '{a: env.C}' | curl -d @- $HOOK", ["at-rest ? ?"]),
        (
            "export C=$(pg_dump claims); curl -d \"$(jq -n '{a: env.C}')\" $HOOK",
            ["at-rest ? ?"],
        ),
        ("jq -n '{a: env.C}' | curl -d @- $HOOK", []),
        ("export C=released; jq -n '{a: env.C}' | curl -d @- $HOOK", []),
        ("jq -nR '[inputs]' < dump.sql | curl -d @- $HOOK", ["at-rest ? ?"]),
        ("jq -n --arg x \"$(cat dump.sql)\" '$x' | curl -d @- $HOOK", ["at-rest ? ?"]),
        ('echo \'{"text": "released"}\' | curl -d @- $HOOK', []),
        # A program goes on from one store to another.
        (
            "aws s3 cp s3://acme-test/function-$SHA.zip s3://acme-prod/function-$SHA.zip",
            ["registry ? ?"],
        ),
        ("aws s3 cp s3://acme-test/claims.zip s3://acme-prod/claims.zip", ["at-rest ? ?"]),
    ],
)
def test_a_dump_that_is_handed_over_to_the_web_is_data(line: str, facts: list[str]) -> None:
    assert (
        list(one(".gitlab-ci.yml", json.dumps({"a": {"script": [line]}})).values()) == facts
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["source prod.env", DUMP], [("?", "?")]),
        ([". ./prod.env; " + DUMP], [("?", "?")]),
        (
            ["source prod.env", f"export AWS_ENDPOINT_URL={FRENCH}", DUMP],
            [("scaleway", "fr-par")],
        ),
        ([f"export AWS_ENDPOINT_URL={FRENCH}", "source prod.env", DUMP], [("?", "?")]),
        ([f"AWS_ENDPOINT_URL={AMERICAN}; {DUMP}"], [("aws", "us-east-1")]),
        ([f"if [ $A = x ]; then export AWS_ENDPOINT_URL={AMERICAN}; fi", DUMP], [("?", "?")]),
        (["export $(cat prod.env | xargs)", DUMP], [("?", "?")]),
        (["source .venv/bin/activate", DUMP], [("scaleway", "fr-par")]),
    ],
)
def test_what_a_script_may_set_on_the_way(
    lines: list[str], expected: list[tuple[str, str]]
) -> None:
    text = json.dumps({"variables": {"AWS_ENDPOINT_URL": FRENCH}, "b": {"script": lines}})
    assert stored(".gitlab-ci.yml", text) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            ".github/workflows/a.yml",
            "jobs: {a: {services: {db: {image: postgres}}, steps: [{run: 'psql $A'}]}}",
        ),
        (".gitlab-ci.yml", "services: [postgres]\na: {script: ['psql $A']}\n"),
        (".gitlab-ci.yml", "a: {services: [postgres], script: ['psql $A']}\n"),
        (
            ".circleci/config.yml",
            "jobs: {a: {docker: [{image: a}, {image: postgres}], steps: [{run: 'psql $A'}]}}",
        ),
        (
            ".drone.yml",
            "services: [{name: db}]\nsteps: [{name: a, image: a, commands: ['psql $A']}]\n",
        ),
        (
            "azure-pipelines.yml",
            "jobs: [{job: a, services: {db: db}, steps: [{script: 'psql $A'}]}]",
        ),
    ],
)
def test_a_database_that_a_job_starts_itself_is_nobody_elses(name: str, text: str) -> None:
    assert one(name, text) == {}
    without = text.replace("services", "others").replace("{image: postgres}", "")
    assert list(one(name, without.replace(", ]", "]")).values()) == ["at-rest ? ?"]


STORE = "postgres://u@claims.abc.us-east-1.rds.amazonaws.com/x"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".github/workflows/a.yml", "env: {A: '%s'}\njobs: {a: {steps: [{run: make}]}}\n"),
        (".github/workflows/a.yml", "jobs: {a: {env: {A: '%s'}, steps: [{run: make}]}}\n"),
        (".github/workflows/a.yml", "jobs: {a: {steps: [{run: make, env: {A: '%s'}}]}}\n"),
        (".gitlab-ci.yml", "variables: {A: '%s'}\na: {script: make}\n"),
        (".gitlab-ci.yml", "a: {variables: {A: '%s'}, script: make}\n"),
        ("azure-pipelines.yml", "variables: {A: '%s'}\nsteps: [{script: make}]\n"),
        (
            "azure-pipelines.yml",
            "variables: [{name: A, value: '%s'}]\nsteps: [{script: make}]\n",
        ),
        ("azure-pipelines.yml", "jobs: [{variables: {A: '%s'}, steps: [{script: make}]}]\n"),
        (
            "azure-pipelines.yml",
            "stages: [{jobs: [{steps: [{script: make, env: {A: '%s'}}]}]}]\n",
        ),
        (
            ".circleci/config.yml",
            "jobs: {a: {environment: {A: '%s'}, steps: [{run: make}]}}\n",
        ),
        (
            ".circleci/config.yml",
            "jobs: {a: {steps: [{run: {command: make, environment: {A: '%s'}}}]}}\n",
        ),
        (
            "bitbucket-pipelines.yml",
            "pipelines: {default: [{step: {script: [{pipe: a, variables: {A: '%s'}}]}}]}\n",
        ),
        (".drone.yml", "environment: {A: '%s'}\nsteps: [{name: a, image: a}]\n"),
        (".woodpecker.yml", "steps: {a: {image: a, settings: {target: '%s'}}}\n"),
        ("cloudbuild.yaml", "steps: [{name: a, env: ['A=%s']}]\n"),
        ("Jenkinsfile", "pipeline { environment { A = '%s' } }\n"),
    ],
)
def test_variables_of_every_server_and_level_are_settings(name: str, text: str) -> None:
    assert list(one(name, text % STORE).values()) == ["at-rest aws us-east-1"]
    assert one(name, text % "postgres://u@localhost/x") == {}


STORES = {
    # a value that can only name a store counts under any name
    "env: {X: 's3://claims'}\njobs: {a: {steps: [{run: make}]}}": {"env.X": "at-rest ? ?"},
    "jobs: {a: {env: {X: 's3://claims'}, steps: [{run: ./a.sh}]}}": {"jobs.a.env.X": "at-rest ? ?"},
    "env: {X: 's3://claims', AWS_ENDPOINT_URL: 'https://s3.fr-par.scw.cloud'}\njobs: {a: {steps: [{run: make}]}}": {
        "env.AWS_ENDPOINT_URL": "at-rest scaleway fr-par"
    },
    # what scripts do with it, they say themselves
    "env: {X: 's3://claims'}\njobs: {a: {steps: [{run: 'aws s3 cp $X/a .'}]}}": {},
    "env: {X: 's3://claims'}\njobs: {a: {steps: [{run: 'aws s3 cp ${{ env.X }}/a .'}]}}": {},
    # a name alone is of what is built
    "env: {S3_BUCKET: claims, AWS_REGION: eu-west-3}\njobs: {a: {steps: [{run: make}]}}": {},
}  # fmt: skip


@pytest.mark.parametrize("text", STORES)
def test_a_store_that_a_variable_of_a_workflow_names(text: str) -> None:
    assert one(".github/workflows/a.yml", text) == STORES[text]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (
            ".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    steps:\n    - run: a\n   b: c\n",
            6,
        ),
        (".gitlab-ci.yml", "a:\n  script: [make\nb: {}\n", 3),
        (".circleci/config.yml", "jobs:\n  a: {steps: [checkout]\n", 3),
        ("azure-pipelines.yml", "steps:\n- script: 'make\n", 3),
    ],
)
def test_a_pipeline_that_is_not_valid_is_a_failure(path: str, text: str, line: int) -> None:
    reading = read({path: text, ".env": "SMTP_HOST=smtp.acme.fr\n"})
    (failure,) = reading.failures
    assert (failure.path, failure.line) == (path, line)
    assert failure.note.key == "configuration.invalid"
    assert reading.skipped == ()
    assert len(reading.resources) == 1


@pytest.mark.parametrize(
    "path",
    [
        "{{cookiecutter.x}}/.github/workflows/a.yml",
        "ops/.gitlab-ci.yml",
        "ci/a.gitlab-ci.yml",
    ],
)
def test_one_that_no_server_reads_is_skipped(path: str) -> None:
    reading = read({path: "steps:\n  - run: [a\nb: c\n"})
    assert reading.failures == ()
    assert reading.skipped == (path,)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            ".github/workflows/a.yml",
            "jobs: {a: {steps: [{uses: actions/upload-artifact@v4}]}}",
        ),
        (".gitlab-ci.yml", "a: {script: [make], artifacts: {paths: [dist]}}"),
        (".circleci/config.yml", "jobs: {a: {steps: [{store_artifacts: {path: x}}]}}"),
        ("azure-pipelines.yml", "steps: [{task: PublishPipelineArtifact@1}]"),
    ],
)
def test_artefacts_count_only_of_a_class_that_is_declared(path: str, text: str) -> None:
    (each,) = read({path: text}).resources
    assert [sent.by for sent in each.sends] == [SentBy.STEP]
    assert told({path: text}) == {}


DSN = "https://0123@sentry.acme.fr/4"
AMAZON = "postgres://db.x.us-east-1.rds.amazonaws.com/x"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (f"docker build --build-arg SENTRY_DSN={DSN} .", "SENTRY_DSN"),
        (f"docker buildx build --build-arg=SENTRY_DSN='{DSN}' .", "SENTRY_DSN"),
        (f"docker-compose build --build-arg SENTRY_DSN={DSN}", "SENTRY_DSN"),
        (f"buildah bud --build-arg SENTRY_DSN={DSN}", "SENTRY_DSN"),
        (f"az acr build -r acme --build-arg SENTRY_DSN={DSN} .", "SENTRY_DSN"),
        (f"helm upgrade -i a ./a --set image.tag=1,env.SENTRY_DSN={DSN}", "env.SENTRY_DSN"),
        (f"helm upgrade -i a ./a --set-string env.DB={AMAZON},x=1", "env.DB"),
        (
            "helm upgrade -i a ./a --set s3.url=https://claims.s3.us-east-1.amazonaws.com",
            "s3.url",
        ),
    ],
)
def test_what_a_command_gives_a_build_or_a_chart_is_a_setting(line: str, key: str) -> None:
    assert f"0.{key}" in workflow(f'- run: "{line}"\n')


@pytest.mark.parametrize(
    "line",
    [
        "docker build --build-arg SENTRY_DSN=$DSN --build-arg OPENAI_API_KEY=$KEY .",
        "docker build --build-arg VERSION=1 --build-arg SENTRY_AUTH_TOKEN=0123 .",
        "docker build --build-arg",
        "helm upgrade -i a ./a --set",
        "helm upgrade -i a ./a --set env.SENTRY_DSN=$DSN,replicas=2,a",
        f"make --build-arg SENTRY_DSN={DSN}",
    ],
)
def test_what_a_build_is_given_counts_where_an_address_is_written(line: str) -> None:
    found = workflow(f'- run: "{line}"\n')
    assert not any("SENTRY" in key or "OPENAI" in key for key in found)


@pytest.mark.parametrize("name", ["build-args", "build_args"])
@pytest.mark.parametrize(
    "text",
    [
        f"|\n    VERSION=1\n    SENTRY_DSN={DSN}\n",
        f"SENTRY_DSN={DSN}\n",
        f'"--build-arg SENTRY_DSN={DSN} --build-arg VERSION=1"\n',
    ],
)
def test_what_an_action_gives_a_build_is_a_setting(name: str, text: str) -> None:
    steps = f"- uses: acme/build@v1\n  with:\n   {name}: {text}"
    assert f"0.with.{name}.SENTRY_DSN" in workflow(steps)


def test_a_line_of_what_a_build_is_given_is_where_it_stands() -> None:
    step = f"- uses: a/b@v1\n        with:\n          build-args: |\n            A=1\n            SENTRY_DSN={DSN}\n"
    text = f"jobs:\n  ship:\n    steps:\n      {step}"
    (found,) = placed({WORKFLOW: text})
    assert found.resource.where.span().line == 8

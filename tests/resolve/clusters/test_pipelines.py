"""Where manifests and charts land, as pipelines and scripts deploy them: what points at a cluster, what is applied then,
and what is not."""

from __future__ import annotations

import pytest

from sovlint.frontends.kubernetes.clusters.pipelines import (
    AppliedByPipelines,
    AppliedTarget,
)
from sovlint.model.landing import Evidence, Level
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import Span
from sovlint.model.text import Note
from tests.resolve.cluster_house import annotated, argo, pod, where

NOWHERE = ("no-evidence: clusters", "no-evidence: clusters")
PARIS = ("aws", "eu-west-3")
EKS = "aws eks update-kubeconfig --name a --region eu-west-3\n"
AZURE = ("microsoft-azure", "no-evidence: region")
AKS = (
    "    - uses: azure/aks-set-context@v4\n      with: {cluster-name: a, resource-group: b}\n"
)
GKE = "    - uses: google-github-actions/get-gke-credentials@v2\n      with: {location: europe-west9}\n"
IN_PARIS = "    - uses: aws-actions/configure-aws-credentials@v4\n      with: {aws-region: eu-west-3}\n"
DOCTL = "doctl k8s cluster kubeconfig save a"
ZONE = "gcloud config set compute/zone"
APPLY = "kubectl apply -f k8s/prod\n"
GOOGLE = ("google-cloud", "no-evidence: region")
IN_GOOGLE_PARIS = ("google-cloud", "europe-west9")
GET_GKE = "gcloud container clusters get-credentials a"
STEPS = "jobs:\n  deploy:\n    steps:\n"
HERE = "k8s/prod/pod.yaml k8s:-/Pod/api"
FILES = {"k8s/prod/pod.yaml": pod(), "k8s/test/pod.yaml": pod("other")}


def _step(run: str) -> str:
    return f"    - run: {run}\n"


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("deploy.sh", EKS + "kubectl apply -f k8s/prod\n", PARIS),
        ("deploy.sh", EKS + "kubectl apply -f k8s/prod/pod.yaml\n", PARIS),
        ("deploy.sh", EKS + "kubectl apply -R -f k8s\n", PARIS),
        ("deploy.sh", EKS + "cd k8s && kubectl apply -f prod/\n", PARIS),
        # What is applied isn't what lies below it, without a flag.
        ("deploy.sh", EKS + "kubectl apply -f k8s\n", NOWHERE),
        ("deploy.sh", EKS + "kubectl apply -f k8s/test\n", NOWHERE),
        ("deploy.sh", EKS + "kubectl get -f k8s/prod\n", NOWHERE),
        ("deploy.sh", "kubectl apply -f k8s/prod\n" + EKS, NOWHERE),
        # A zone that a command before it has set, and not one that comes later, or is another's.
        ("deploy.sh", f"{ZONE} europe-west9-b\n{GET_GKE}\n{APPLY}", IN_GOOGLE_PARIS),
        ("deploy.sh", f"{GET_GKE}\n{ZONE} europe-west9-b\n{APPLY}", GOOGLE),
        ("deploy.sh", f"{ZONE} us-east1-b\n{GET_GKE} --zone europe-west9-b\n{APPLY}", IN_GOOGLE_PARIS),
        # The folder of the script, which it asks for; and a shell of its own, which leaves the others where they are.
        ("tools/a.sh", EKS + 'cd "$(dirname "$0")/.."\nkubectl apply -f k8s/prod\n', PARIS),
        ("tools/a.sh", EKS + 'cd "$(dirname "$0")"\nkubectl apply -f k8s/prod\n', NOWHERE),
        ("t/a.sh", EKS + 'D="$(cd "$(dirname "${BASH_SOURCE[0]}")/../k8s" && pwd)"\nkubectl apply -f "$D/prod"\n', PARIS),
        ("t/a.sh", EKS + 'D="$(dirname "$(readlink -f "$0")")"\ncd "$D/../k8s/prod"\nkubectl apply -f pod.yaml\n', PARIS),
        ("tools/a.sh", EKS + 'cd "$(git rev-parse --show-toplevel)/k8s"\nkubectl apply -f prod\n', PARIS),
        ("deploy.sh", EKS + "(cd k8s && ls)\nkubectl apply -f k8s/prod\n", PARIS),
        ("deploy.sh", EKS + "A=$(cd $X && pwd)\nkubectl apply -f k8s/prod\n", PARIS),
        ("deploy.sh", EKS + "(cd k8s && kubectl apply -f prod)\n", PARIS),
        ("deploy.sh", EKS + "pushd k8s\npopd\nkubectl apply -f k8s/prod\n", PARIS),
        ("deploy.sh", EKS + "cd $X\ncd -\nkubectl apply -f k8s/prod\n", PARIS),
        ("k8s/a.sh", EKS + "cd $X\nkubectl apply -f .\n", NOWHERE),
        ("k8s/a.sh", EKS + "kubectl apply -f $X/\n", NOWHERE),
        # What is filled in first.
        ("deploy.sh", EKS + "sed s/a/b/ k8s/prod/pod.yaml | kubectl apply -f -\n", PARIS),
        ("deploy.sh", EKS + "cat k8s/prod/pod.yaml | envsubst | kubectl apply -f -\n", PARIS),
        ("deploy.sh", EKS + "envsubst < k8s/prod/pod.yaml | kubectl apply -f -\n", PARIS),
        ("deploy.sh", EKS + "envsubst < k8s/prod/pod.yaml > x.yaml\nkubectl apply -f x.yaml\n", PARIS),
        ("deploy.sh", EKS + "cp k8s/prod/pod.yaml /tmp/x.yaml\nkubectl apply -f /tmp/x.yaml\n", PARIS),
        ("deploy.sh", EKS + "cat k8s/prod/pod.yaml | grep image | kubectl apply -f -\n", NOWHERE),
        ("deploy.sh", EKS + "cat k8s/prod/pod.yaml > x.yaml\nkubectl apply -f y.yaml\n", NOWHERE),
        ("deploy.sh", EKS + "cat k8s/prod/pod.yaml\nkubectl apply -f -\n", NOWHERE),
        # Another cluster than the one that was pointed at.
        ("deploy.sh", EKS + "kubectl apply --context=other -f k8s/prod\n", NOWHERE),
        ("deploy.sh", EKS + "kubectx other\nkubectl apply -f k8s/prod\n", NOWHERE),
        # One part of the path isn't known, and may be this; all of it may be anything.
        ("deploy.sh", EKS + "kubectl apply -f k8s/$ENVIRONMENT\n", PARIS),
        ("deploy.sh", EKS + "kubectl apply -f $FOLDER/prod\n", NOWHERE),
        ("deploy.sh", "aws eks update-kubeconfig --name a --region $REGION\nkubectl apply -f k8s/prod\n", ("aws", "...")),
        ("deploy.sh", f"{GET_GKE} --zone europe-west9-b\nkubectl apply -f k8s/prod\n", ("google-cloud", "europe-west9")),
        ("deploy.sh", "az aks get-credentials -n a -g b\nkubectl apply -f k8s/prod\n", AZURE),
        ("deploy.sh", f"{DOCTL}\nkubectl apply -f k8s/prod\n", ("digitalocean", "no-evidence: region")),
        ("deploy.sh", "scw k8s kubeconfig install 1 region=fr-par\nkubectl apply -f k8s/prod\n", ("scaleway", "fr-par")),
        (
            ".github/workflows/a.yml",
            STEPS + IN_PARIS + _step("aws eks update-kubeconfig --name a") + _step("kubectl apply -f k8s/prod"),
            PARIS,
        ),
        (
            ".github/workflows/a.yml",
            STEPS + GKE + _step("kubectl apply -f k8s/prod"),
            ("google-cloud", "europe-west9"),
        ),
        (
            ".github/workflows/a.yml",
            STEPS + AKS + _step("kubectl apply -f k8s/prod"),
            AZURE,
        ),
        (
            ".github/workflows/a.yml",
            STEPS + AKS + "    - uses: azure/k8s-deploy@v5\n      with: {namespace: a, manifests: 'k8s/prod'}\n",
            AZURE,
        ),
        (
            "azure-pipelines.yml",
            "steps:\n- task: KubernetesManifest@1\n  inputs: {kubernetesCluster: a, manifests: k8s/prod/pod.yaml}\n",
            AZURE,
        ),
        ("azure-pipelines.yml", "steps:\n- task: KubernetesManifest@1\n  inputs: {manifests: k8s/prod}\n", NOWHERE),
    ],
)  # fmt: skip
def test_what_a_pipeline_applies_lands_where_it_points(
    path: str, text: str, place: tuple[object, object]
) -> None:
    found = where({**FILES, path: text}, HERE)
    assert found[0] == place[0]
    if place[1] != "...":
        assert found == place


IN_OHIO = "aws eks update-kubeconfig --name b --region us-east-2\n"
EITHER = ("aws", {"eu-west-3", "us-east-2"})


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("a.sh", f"if test $A; then\n{EKS}else\n{IN_OHIO}fi\n{APPLY}", EITHER),
        ("a.sh", f"case $A in a) {EKS};; b) {IN_OHIO};; esac\n{APPLY}", EITHER),
        ("a.sh", f"{IN_OHIO}if test $A; then\n{EKS}fi\n{APPLY}", EITHER),
        # What comes later, or in the same arm, decides.
        ("a.sh", f"if test $A; then\n{IN_OHIO}fi\n{EKS}{APPLY}", PARIS),
        ("a.sh", f"if test $A; then\n{EKS}{APPLY}else\n{IN_OHIO}fi\n", PARIS),
        ("a.sh", f"{IN_OHIO}if test $A; then\n{EKS}{APPLY}fi\n", PARIS),
        ("a.sh", f"if test $A; then\n{EKS}fi\n{APPLY}", PARIS),
        # One of them nobody knows.
        ("a.sh", f"{EKS}if test $A; then\nkubectx other\nfi\n{APPLY}", NOWHERE),
        (
            ".github/workflows/a.yml",
            STEPS + f"    - if: env.A == 'a'\n      run: {EKS}    - if: env.A == 'b'\n      run: {IN_OHIO}" + _step(APPLY),
            EITHER,
        ),
        (
            ".github/workflows/a.yml",
            STEPS + f"    - run: {IN_OHIO}    - if: env.A\n      run: {EKS}    - if: env.A\n      run: {APPLY}",
            PARIS,
        ),
    ],
)  # fmt: skip
def test_what_may_point_elsewhere_leaves_it_open(
    path: str, text: str, place: tuple[object, object]
) -> None:
    assert where({**FILES, path: text}, HERE) == place


AKS_TASK = "- command: az aks get-credentials -n a -g b\n"
ROLE = "roles/deploy/tasks/main.yml"


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        (ROLE, AKS_TASK + "- command: kubectl apply -f {{ role_path }}/../../k8s/prod\n", AZURE),
        (ROLE, AKS_TASK + '- shell: "kubectl apply -f \\\n    {{role_path}}/../../k8s/{{ env }}/"\n', AZURE),
        (ROLE, AKS_TASK + "- block:\n    - {ansible.builtin.shell: kubectl apply -f k8s/prod}\n", AZURE),
        (ROLE, AKS_TASK + "- command: {cmd: kubectl apply -f prod, chdir: k8s}\n", AZURE),
        (ROLE, AKS_TASK + "- command: kubectl apply -f prod\n  args: {chdir: k8s}\n", AZURE),
        (ROLE, AKS_TASK + "- command: {argv: [kubectl, apply, -f, k8s/prod]}\n", AZURE),
        ("play.yml", "- tasks:\n    " + AKS_TASK + "    - shell: kubectl apply -f {{ playbook_dir }}/k8s/prod\n", AZURE),
        # Before it is pointed anywhere; in another file; at a place that nobody knows; a word that is no command.
        (ROLE, "- command: kubectl apply -f k8s/prod\n" + AKS_TASK, NOWHERE),
        ("roles/deploy/defaults/main.yml", AKS_TASK + "- command: kubectl apply -f k8s/prod\n", NOWHERE),
        (ROLE, AKS_TASK + "- command: kubectl apply -f {{ folder }}/prod\n", NOWHERE),
        (ROLE, AKS_TASK + "- command: kubectl apply -f {{ role_path | dirname }}/prod\n", NOWHERE),
        (ROLE, AKS_TASK + "- debug: {msg: kubectl apply -f k8s/prod}\n", NOWHERE),
    ],
)  # fmt: skip
def test_what_tasks_of_ansible_apply_lands_where_they_point(
    path: str, text: str, place: tuple[object, object]
) -> None:
    assert where({**FILES, path: text}, HERE) == place


def test_two_pipelines_that_deploy_to_two_clouds_leave_it_open() -> None:
    files = {
        **FILES,
        "a.sh": EKS + "kubectl apply -f k8s/prod\n",
        "b.sh": "az aks get-credentials -n a -g b\nkubectl apply -f k8s/prod\n",
    }
    assert where(files, HERE)[0] == {"aws", "microsoft-azure"}


def test_a_pipeline_and_what_stands_there_may_contradict_each_other() -> None:
    balancer = annotated("Service", {"load-balancer.hetzner.cloud/location": "fsn1"})
    script = {"a.sh": EKS + "kubectl apply -f k8s/prod\n"}
    files = {**FILES, **script, "k8s/prod/web.yaml": balancer}
    assert where(files, HERE)[0] == {"aws", "hetzner"}


def test_an_action_of_the_repository_points_what_follows_it() -> None:
    action = f"runs:\n  using: composite\n  steps:\n    - run: {EKS}"
    files = {
        **FILES,
        ".github/actions/enter/action.yml": action,
        ".github/workflows/a.yml": STEPS
        + "    - uses: ./.github/actions/enter\n"
        + _step("kubectl apply -f k8s/prod"),
        ".github/workflows/b.yml": STEPS + _step("kubectl apply -f k8s/test"),
    }
    assert where(files, HERE) == PARIS
    assert where(files, "k8s/test/pod.yaml k8s:-/Pod/other") == NOWHERE


def test_what_argo_deploys_from_a_folder_that_a_pipeline_applies_lands_there_too() -> None:
    files = {
        **FILES,
        "bootstrap/app.yaml": argo("k8s/prod", server="https://kubernetes.default.svc"),
        "a.sh": EKS + "kubectl apply -f bootstrap\n",
    }
    assert where(files, HERE) == PARIS


CHART = {
    "chart/Chart.yaml": "name: api\nversion: 1.0.0\n",
    "chart/values.yaml": "{a: 1}",
    "chart/values-prod.yaml": "{a: 2}",
    "chart/values-test.yaml": "{a: 3}",
}


@pytest.mark.parametrize(
    ("command", "landed"),
    [
        ("helm upgrade --install api ./chart", {"own"}),
        ("helm upgrade --install api ./chart -f chart/values-prod.yaml", {"own", "prod"}),
        ("helm upgrade api chart --values=chart/values-$ENVIRONMENT.yaml", {"own", "prod", "test"}),
        ("helm upgrade api other/chart -f chart/values-prod.yaml", set()),
        ("helm upgrade api chart --kube-context far", set()),
        ("helm list", set()),
        ("helmfile -e prod apply", {"own"}),
        ("helmfile -f deploy/helmfile.yaml diff", set()),
    ],
)  # fmt: skip
def test_charts_land_where_they_are_installed(command: str, landed: set[str]) -> None:
    files = {
        **CHART,
        "helmfile.yaml": "releases:\n  - name: api\n    chart: ./chart\n  - name: b\n    chart: stable/b\n",
        "a.sh": f"{EKS}{command}\n",
    }
    names = {"own": "Chart.yaml", "prod": "values-prod.yaml", "test": "values-test.yaml"}
    found = {
        name
        for name, file in names.items()
        if where(files, f"chart/{file} helm:api") == PARIS
    }
    assert found == landed


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("helmfile apply", PARIS),
        ("helmfile -f tools/helmfile.yaml apply", NOWHERE),
        ("helmfile list", NOWHERE),
    ],
)
def test_a_chart_of_another_repository_lands_where_its_helmfile_is_applied(
    command: str, place: tuple[object, object]
) -> None:
    release = "releases:\n  - {name: b, namespace: web, chart: stable/b}\n"
    files = {"helmfile.yaml": release, "pod.yaml": pod(), "a.sh": f"{EKS}{command}\n"}
    assert where(files, "helmfile.yaml helm:web/b") == place
    assert where(files, "pod.yaml k8s:-/Pod/api") == NOWHERE


@pytest.mark.parametrize(
    ("environment", "variant", "is_installed"),
    [
        ("prod", "prod/web/api", True),
        ("prod", "test/web/api", False),
        (HOLE, "test/web/api", True),
        ("", "web/api", True),
        ("prod", None, True),
    ],
)
def test_a_helmfile_installs_in_the_environment_that_is_named(
    environment: str, variant: str | None, is_installed: bool
) -> None:
    shown = Evidence(Level.NODES, Span("a.sh", 1, 1, 1, 1), Note("kubernetes.shows.pipeline"))
    target = AppliedTarget("chart", shown, values=("helmfile.yaml",), environment=environment)
    found = AppliedByPipelines([target]).chart("chart", "helmfile.yaml", variant)
    assert bool(found) is is_installed

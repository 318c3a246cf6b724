"""What Ansible puts on clusters: objects of tasks and templates, with the values of variables."""

from __future__ import annotations

from textwrap import dedent

import pytest

from sovlint.frontends.kubernetes.ansible import evaluating, plays
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Known, Unknown
from tests.frontends.kubernetes.charts.test_rendered_charts import CHART, exists, job, reading

PLAY = """
- hosts: {hosts}
  roles: [app]
"""
TASKS = """
- name: app
  kubernetes.core.k8s:
    namespace: "{{ ns | default('claims') }}"
    template: app.yml.j2
"""
APP = """
apiVersion: batch/v1
kind: Job
metadata: {name: app}
spec:
  template:
    spec:
      containers:
        - name: app
          image: example/app
          env: [{name: SENTRY_DSN, value: "{{ dsn }}"}]
"""
DSN = "https://a@o1.ingest.{}.sentry.io/1"
US, EU = DSN.format("us"), DSN.format("de")


def role(defaults: str = "{}", tasks: str = TASKS, template: str = APP) -> dict[str, str]:
    """A role that puts one job on a cluster."""
    return {
        "roles/app/defaults/main.yml": defaults,
        "roles/app/tasks/main.yml": tasks,
        "roles/app/templates/app.yml.j2": template,
    }


def found_in(files: dict[str, str]) -> list[Resource]:
    """All resources; nothing fails."""
    made = reading({path: dedent(text) for path, text in files.items()})
    assert made.failures == ()
    return list(made.resources)


def only(files: dict[str, str]) -> Resource:
    """The one resource that there is."""
    (made,) = found_in(files)
    return made


def sent(resource: Resource) -> object:
    """The value of what a resource sends: a text, a list of those that it may be, or why it isn't known."""
    (each,) = resource.sends
    value = each.value
    if isinstance(value, Known):
        return value.value
    assert isinstance(value, Unknown)
    if value.among:
        return sorted(str(member.value) for member in value.among)
    return value.text()


VAULT = "!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3132\n"
STATIC_INVENTORY = "[web]\nhost1 dsn={}\n"


@pytest.mark.parametrize(
    ("more", "value"),
    [
        pytest.param({}, EU, id="a role's default"),
        pytest.param({"group_vars/all.yml": f"dsn: {US}"}, US, id="variables of all hosts"),
        pytest.param(
            {"site.yml": "- hosts: localhost\n  vars: {dsn: '" + US + "'}\n  roles: [app]"},
            US,
            id="a play's own",
        ),
        pytest.param(
            {
                "site.yml": "- hosts: localhost\n  vars_files: [v.yml]\n  roles: [app]",
                "v.yml": "host: o1.ingest.us.sentry.io\ndsn: https://a@{{ host }}/1",
                "group_vars/all.yml": f"dsn: {EU}",
            },
            US,
            id="a play's file, by another variable",
        ),
        pytest.param(
            {"roles/app/vars/main.yml": f"dsn: {US}", "group_vars/all.yml": f"dsn: {EU}"},
            US,
            id="a role's own wins",
        ),
        pytest.param(
            {"site.yml": "- hosts: localhost\n  roles: [{role: app, dsn: '" + US + "'}]"},
            US,
            id="what a role is given wins",
        ),
        pytest.param(
            {
                "site.yml": "- hosts: web\n  roles: [app]",
                "hosts": "[web]\nw1\n[web:vars]\ndsn=" + US,
            },
            US,
            id="an inventory of INI",
        ),
        pytest.param(
            {
                "site.yml": "- hosts: web\n  roles: [app]",
                "hosts.yml": "all: {children: {web: {hosts: {w1: {dsn: '" + US + "'}}}}}",
            },
            US,
            id="an inventory of YAML",
        ),
        pytest.param(
            {
                "site.yml": "- hosts: all\n  roles: [app]",
                "hosts": "[paris]\na\n[virginia]\nb\n",
                "group_vars/paris.yml": f"dsn: {EU}",
                "group_vars/virginia/main.yml": f"dsn: {US}",
            },
            sorted([EU, US]),
            id="groups that say different things",
        ),
        pytest.param(
            {
                "site.yml": "- hosts: '{{ target }}'\n  roles: [app]",
                "group_vars/a.yml": f"dsn: {EU}",
                "group_vars/b.yml": f"dsn: {US}",
            },
            sorted([EU, US]),
            id="nobody knows which group",
        ),
        pytest.param(
            {
                "site.yml": "- hosts: '{{ target }}'\n  roles: [app]",
                "roles/app/defaults/main.yml": "dsn: https://a@o1.ingest.{{ area }}.sentry.io/1",
                "group_vars/a.yml": "area: us",
                "group_vars/b.yml": "area: de",
            },
            sorted([EU, US]),
            id="a part of a text is one of two",
        ),
        pytest.param(
            {"group_vars/all.yml": f"dsn: {VAULT}"}, "from-environment: dsn", id="encrypted"
        ),
        pytest.param(
            {"roles/app/defaults/main.yml": "dsn: \"{{ lookup('env', 'DSN') }}\""},
            "from-environment: DSN",
            id="of the environment",
        ),
        pytest.param(
            {
                "roles/app/defaults/main.yml": "dsn: !unsafe 'https://a@{{ b }}.ingest.us.sentry.io/1'"
            },
            "templated: {{ b }}",
            id="unsafe texts aren't worked out",
        ),
        pytest.param(
            {"roles/app/defaults/main.yml": "dsn: '{{ dsn }}'"}, "unset-variable: dsn", id="itself"
        ),
        pytest.param(
            {
                "site.yml": "- hosts: localhost\n  tasks:\n    - set_fact: {dsn: '"
                + US
                + "'}\n    - include_role: {name: app}"
            },
            US,
            id="a fact",
        ),
    ],
)  # fmt: skip
def test_a_variable_is_what_ansible_takes_it_for(more: dict[str, str], value: object) -> None:
    files = {"site.yml": PLAY.format(hosts="localhost"), **role(f"dsn: {EU}"), **more}
    assert sent(only(files)) == value


def test_each_inventory_is_a_variant_of_its_own() -> None:
    """What one environment says isn't mixed with another's."""
    files = {
        "ansible/site.yml": PLAY.format(hosts="all"),
        "ansible/inventories/prod/hosts": "[app]\na\n",
        "ansible/inventories/prod/group_vars/all.yml": f"dsn: {US}",
        "ansible/inventories/dev/hosts.yml": "app: {hosts: {b: }}",
        "ansible/inventories/dev/group_vars/app.yml": f"dsn: {EU}",
        **{f"ansible/{path}": text for path, text in role().items()},
    }
    made = {each.variant: sent(each) for each in found_in(files)}
    assert made == {"prod": US, "dev": EU}
    assert {each.root for each in found_in(files)} == {"ansible"}


@pytest.mark.parametrize(
    ("tasks", "addresses"),
    [
        ("- k8s: {state: absent, template: app.yml.j2}", []),
        ("- k8s: {template: [app.yml.j2, {path: app.yml.j2}], namespace: a}", ["k8s:a/Job/app"]),
        ("- community.okd.k8s: {template: app.yml.j2}\n  when: false", []),
        ("- k8s: {template: app.yml.j2}\n  when: unset is defined", ["k8s:-/Job/app?"]),
        ("- k8s: {template: app.yml.j2, state: '{{ unset }}'}", ["k8s:-/Job/app?"]),
        ("- k8s: {api_version: v1, kind: Namespace, name: claims}", ["k8s:-/Namespace/claims"]),
        ("- k8s: {definition: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}]}", ["k8s:-/ConfigMap/a"]),
        (
            "- k8s:\n    resource_definition: |\n      apiVersion: v1\n      kind: ConfigMap\n"
            "      metadata: {name: '{{ unset | default(\"b\") }}'}\n      ---\n      apiVersion: v1\n"
            "      kind: Secret\n      metadata: {name: s, namespace: n}",
            ["k8s:-/ConfigMap/b", "k8s:n/Secret/s"],
        ),
        ("- k8s: {definition: \"{{ lookup('template', 'app.yml.j2') | from_yaml }}\"}", ["k8s:-/Job/app"]),
        ("- k8s: {definition: \"{{ lookup('template', '{{ item }}.yml.j2') }}\"}\n  loop: [app]", ["k8s:-/Job/app"]),
        ("- k8s: {src: one.yml}", ["k8s:-/Job/one"]),
        ("- k8s: {src: '{{ role_path }}/files/one.yml'}", ["k8s:-/Job/one"]),
        ("- template: {src: app.yml.j2, dest: /tmp/a.yml}\n- k8s: {src: /tmp/a.yml}", ["k8s:-/Job/app"]),
        (
            "- copy: {content: '{{ lookup(\"file\", \"one.yml\") }}', dest: /tmp/a.yml}\n- k8s: {src: /tmp/a.yml}",
            ["k8s:-/Job/one"],
        ),
        (
            "- k8s: {definition: {apiVersion: v1, kind: ConfigMap, metadata: {name: '{{ item }}'}}}\n"
            "  with_items: [a, b]",
            ["k8s:-/ConfigMap/a", "k8s:-/ConfigMap/b"],
        ),
        (
            "- k8s: {definition: {apiVersion: v1, kind: ConfigMap, metadata: {name: '{{ item.n }}'}}}\n"
            "  loop: '{{ unset }}'",
            ["k8s:-/ConfigMap/${unset}?"],
        ),
        (
            "- block:\n    - k8s: {template: app.yml.j2}\n  rescue:\n    - k8s: {src: one.yml}",
            ["k8s:-/Job/app", "k8s:-/Job/one?"],
        ),
        ("- include_tasks: more.yml\n- import_tasks: '{{ unset }}.yml'", ["k8s:-/Job/one", "k8s:-/Job/one?"]),
        ("- include_tasks: main.yml\n- k8s: {template: app.yml.j2}", ["k8s:-/Job/app"]),
        ("- k8s: {template: none.yml.j2}", ["ansible:roles/app/tasks/main.yml#k8s"]),
        ("- k8s: {definition: '{{ unset }}'}", ["ansible:roles/app/tasks/main.yml#k8s"]),
        ("- k8s: {definition: '{{ unset }}{{ none }}'}", ["ansible:roles/app/tasks/main.yml#k8s"]),
        ("- k8s: {template: broken.yml.j2}", ["k8s:-/Job/one", "ansible:roles/app/templates/broken.yml.j2#k8s"]),
        (
            "- k8s: {definition: {apiVersion: v1, kind: ConfigMap, metadata: {name: '{{ item }}'}}}\n"
            "  loop: \"{{ ['a'] if unset else ['b'] }}\"",
            ["k8s:-/ConfigMap/a?", "k8s:-/ConfigMap/b?"],
        ),
        ("- k8s: {definition: '{{ unset }}'}\n  when: unset is defined", ["ansible:roles/app/tasks/main.yml#k8s?"]),
        ("- k8s: state=present src=one.yml", ["k8s:-/Job/one"]),
        ("- action: k8s src=one.yml", []),
        ("- k8s_info: {kind: Job, name: a}\n- k8s_scale: {kind: Job, name: a}\n- k8s: ", []),
    ],
)  # fmt: skip
def test_what_tasks_put_there(tasks: str, addresses: list[str]) -> None:
    """``?``: it may not be there."""
    files = {
        "site.yml": PLAY.format(hosts="localhost"),
        **role(tasks=tasks),
        "roles/app/files/one.yml": job("one"),
    }
    if "broken" in tasks:
        files["roles/app/templates/broken.yml.j2"] = job("one") + "\n---\n a: [ {{ unset }}\n"
    if "more" in tasks:
        files["roles/app/tasks/more.yml"] = "- k8s: {src: one.yml}"
    made = [each for each in found_in(files) if each.root is not None]
    told = [f"{each.address}{'' if exists(each) else '?'}" for each in made]
    assert told == addresses
    untold = [each for each in made if each.unsaid is not None]
    assert untold == [each for each in made if each.address.startswith("ansible:")]


def test_a_role_that_no_play_here_runs_is_read_by_itself() -> None:
    files = role(f"dsn: {US}")
    resource = only(files)
    assert (resource.root, resource.variant, resource.address) == (
        "roles/app",
        None,
        "k8s:claims/Job/app",
    )
    assert sent(resource) == US


def test_a_template_with_a_mistake_is_a_failure_at_its_line() -> None:
    """What it makes isn't known, and doesn't pass for nothing."""
    files = {"site.yml": PLAY.format(hosts="localhost"), **role(template=APP + "{% if %}\n")}
    (failure,) = reading(files).failures
    line = APP.lstrip("\n").count("\n") + 1
    assert (failure.path, failure.line) == ("roles/app/templates/app.yml.j2", line)


@pytest.mark.parametrize(
    "files",
    [
        {"site.yml": "- hosts: a\n  tasks:\n\t- k8s: {}\n"},
        {"site.yml": ""},
        {"site.yml": "- k8s:\n- helm:\n- 3\n- [k8s: {}]\n- hosts: {a: b}\n  roles: {c: d}\n  tasks: x\n"},
        {"site.yml": "- hosts: a\n  roles: [a]\n", "roles/a/meta/main.yml": "dependencies: [a]", **role()},
        {"a.yml": "- import_playbook: b.yml\n- hosts: x\n  tasks: [k8s: {src: a}]", "b.yml": "- import_playbook: a.yml"},
        {"hosts": "[a\nb c=d 'e\n[x:children]\nx\n", "group_vars/all.yml": "- 1", **role(), "s.yml": PLAY.format(hosts="x")},
        {**role("a: &a [*a]")},
        {**role("dsn: '{{ " + "[" * 3_000 + " }}'")},
    ],
)  # fmt: skip
def test_odd_files_end_without_an_error(files: dict[str, str]) -> None:
    assert reading(files).resources is not None


def test_values_of_a_chart_come_from_the_task_its_files_and_variables() -> None:
    """A chart of the repository is rendered with them; of one that isn't here they count by themselves."""
    files = {
        "charts/claims/Chart.yaml": CHART,
        "charts/claims/values.yaml": "dsn: none\nname: a\n",
        "charts/claims/templates/job.yaml": job("'{{ .Values.name }}'", "{{ .Values.dsn }}"),
        "deploy/site.yml": """
            - hosts: localhost
              vars: {area: us}
              tasks:
                - kubernetes.core.helm:
                    name: claims
                    chart_ref: "{{ playbook_dir }}/../charts/claims"
                    release_namespace: app
                    values_files: [values/prod.yml]
                    values: {dsn: "https://a@o1.ingest.{{ area }}.sentry.io/1"}
                    set_values: [{value: "name=b"}]
                - kubernetes.core.helm:
                    release_name: gone
                    chart_ref: ../charts/claims
                    release_state: absent
                - helm_repository: {name: o, repo_url: "https://charts.example.org"}
                - helm: {name: other, chart_ref: o/other, release_namespace: n, values: {sentry: {dsn: "SENTRY"}}}
            """.replace("SENTRY", US),
        "deploy/values/prod.yml": f"dsn: {EU}",
    }
    made = {(each.address, each.variant): each for each in found_in(files)}
    assert set(made) == {
        ("k8s:app/Job/b", "ansible/app/claims"),
        ("helm:n/other", "ansible/n/other"),
    }
    assert sent(made["k8s:app/Job/b", "ansible/app/claims"]) == US
    assert made["helm:n/other", "ansible/n/other"].lacks == ("other",)


def test_files_that_ansible_reads_are_told_and_those_of_which_it_reads_a_part_are_not_whole() -> (
    None
):
    """A change to any of them has the playbook read anew."""
    files = {
        "site.yml": PLAY.format(hosts="localhost"),
        **role(tasks=TASKS + "- docker_container: {name: a}\n"),
        "group_vars/all.yml": f"dsn: {EU}",
        "group_vars/other.yml": "a: b",
    }
    found = reading(files)
    assert ("ansible", "roles/app/tasks/main.yml") in found.recognised
    assert "roles/app/tasks/main.yml" not in found.files
    assert {"site.yml", "group_vars/all.yml", "roles/app/templates/app.yml.j2"} <= set(
        found.files
    )
    for path in (
        "group_vars/all.yml",
        "roles/app/defaults/main.yml",
        "roles/app/templates/app.yml.j2",
    ):
        assert any(unit.bears(path) for unit in found.units)
    assert not any(unit.bears("docs/other.yml") for unit in found.units)


def test_what_is_beyond_the_bounds_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more turns of a loop, and no more tasks, than are read."""
    monkeypatch.setattr(evaluating, "MOST_ITEMS", 2)
    task = "- k8s: {definition: {apiVersion: v1, kind: ConfigMap, metadata: {name: 'c{{ item }}'}}}\n  loop: [1, 2, 3]\n"
    made = found_in({"site.yml": PLAY.format(hosts="localhost"), **role(tasks=task)})
    assert [exists(each) for each in made if "ConfigMap" in each.address] == [
        True,
        True,
        None,
    ]
    monkeypatch.setattr(plays, "MOST_TASKS", 2)
    tasks = "".join(f"- k8s: {{src: {name}.yml}}\n" for name in "ab")
    more = {f"roles/app/files/{name}.yml": job(name) for name in "ab"}
    made = found_in({"site.yml": PLAY.format(hosts="localhost"), **role(tasks=tasks), **more})
    (beyond,) = (each for each in made if each.address.endswith("#beyond"))
    assert beyond.unsaid is not None


@pytest.mark.parametrize(
    "written",
    [
        "{% macro whole(dsn) %}" + APP + "{% endmacro %}\n{{ whole(dsn) }}",
        "{% filter trim %}" + APP + "{% endfilter %}",
        "{% set whole | trim %}" + APP + "{% endset %}\n{{ whole }}",
    ],
    ids=["by a macro", "through a filter", "of a block that is kept"],
)
def test_an_object_that_a_template_writes_in_another_way_is_found(written: str) -> None:
    """It would be lost, with its class and all that it sends, if what these write weren't worked out."""
    assert sent(only(role(f"dsn: {US}", template=written))) == US


def test_a_task_is_done_for_each_thing_in_a_list_of_lists() -> None:
    tasks = TASKS + '  loop: "{{ [[dsn], [dsn]] | flatten | unique }}"\n'
    template = APP.replace("{{ dsn }}", "{{ item }}")
    assert sent(only(role(f"dsn: {US}", tasks, template))) == US

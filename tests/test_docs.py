"""What the README and ``docs/`` say is true: commands run, configurations are valid, links lead somewhere.

A ``sh`` block is run line by line, in the order of its page, in a copy of the insurer's repository; a ``yaml`` block
says in its first line which file it is, and is written there on the way, as a ``sql`` block is. The page of the fleet
is run beside clones of four repositories instead, and each of its questions is asked. A line exits with 0, a scan with
0 or 1, unless its comment says what it ``exits with``.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import click
import pytest
from click.testing import CliRunner

from sovlint.catalog.load import load as load_catalog
from sovlint.cli import COMMANDS, main
from sovlint.commands.parts import explain_world
from sovlint.commands.parts.output import Voice
from sovlint.configuration import read_config
from sovlint.frontends.saas import inventory_file
from sovlint.model.inputs import ReadOptions
from sovlint.model.request import Request
from sovlint.policy.load import known_policies, known_sets
from sovlint.report import REPORTS
from tests import ci_schemas, fleet_page, scratch
from tests.frontends.memory import MemoryReader
from tests.frontends.terraform import plan_house
from tests.scratch import ROOT

README = ROOT / "README.md"
START = ROOT / "docs/start.md"
LISTED = ROOT / "docs/commands.md"
CONFIGURED = ROOT / "docs/sovlint-yaml.md"
LAW = ROOT / "docs/law.md"
WRITTEN = [README, *sorted((ROOT / "docs").glob("*.md"))]
"""Pages that people write; those of policies are made, and tested in ``test_policy_pages``."""
MADE = sorted((ROOT / "docs/policies").glob("*.md"))
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
LINKED = [
    *WRITTEN,
    *MADE,
    *DECISIONS,
    *sorted(ROOT.glob("[A-Z]*.md")),
    ROOT / "fixtures/README.md",
]

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CLAIM = re.compile(r"#.*\bexits with (\d)\b")
DAY = "2026-12-01"
"""The day that commands are run on."""


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[tuple[str, str]]:
    """Kind and text of every block."""
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def lines(page: Path) -> list[str]:
    """Every command of a page, with its comment."""
    return [
        line
        for kind, text in blocks(page)
        if kind == "sh"
        for line in text.splitlines()
        if line.strip()
    ]


def command(line: str) -> str:
    """A command without its comment."""
    return re.sub(r"\s+#.*", "", line).strip()


def exits(line: str) -> set[int]:
    """What a command may exit with."""
    claim = CLAIM.search(line)
    if claim is not None:
        return {int(claim[1])}
    return {0, 1} if line.startswith("sovlint scan") else {0}


def files(page: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every ``yaml`` block."""
    for kind, text in blocks(page):
        if kind == "yaml":
            yield file_name(text), text


def file_name(text: str) -> str:
    """What a block says that it is called, in the comment of its first line."""
    return re.sub("^(#|--) ", "", text.partition("\n")[0])


def knows_target(line: str, env: dict[str, str]) -> None:
    """That make knows how to make a target, without making it."""
    done = scratch.run("make", "--dry-run", *line.split()[1:], cwd=ROOT, env=env)
    assert done.returncode == 0, done.stdout


_HELP: dict[tuple[str, str], str] = {}


def help_of(program: str, subcommand: str, env: dict[str, str]) -> str:
    """What a program says of its subcommand, asked once for all lines."""
    key = program, subcommand
    if key not in _HELP:
        _HELP[key] = scratch.run(*key, "--help", cwd=ROOT, env=env).stdout
    return _HELP[key]


def pip_knows_options(line: str, env: dict[str, str]) -> None:
    """That a subcommand of pip has the options."""
    _, subcommand, *arguments = line.split()
    said = help_of("pip", subcommand, env)
    for option in (each for each in arguments if each.startswith("-")):
        assert re.search(rf"{option}\b", said)


def scans_a_plan(line: str, env: dict[str, str]) -> None:
    """That it judges a plan which is there, at the places of its source."""
    folder = Path(env["HOME"]) / "planned"
    (folder / ".git").mkdir(parents=True)
    scratch.write(
        folder, {**plan_house.SOURCE, "infra/plan.json": json.dumps(plan_house.plan())}
    )
    with contextlib.chdir(folder / "infra"):
        done = CliRunner().invoke(main, shlex.split(line)[1:], env={"SOVLINT_AS_OF": DAY})
    assert done.exit_code == 1, done.output
    assert "main.tf" in done.output


def is_terraforms(line: str, env: dict[str, str]) -> None:
    """That it is a line for Terraform alone, with the subcommands that make a plan and print it."""
    assert [each.split()[:2] for each in line.split(" && ")] == [
        ["terraform", "plan"],
        ["terraform", "show"],
    ]
    assert env


def program_knows_options(line: str, env: dict[str, str]) -> None:
    """That a subcommand of a program has the options."""
    program, subcommand, *arguments = shlex.split(line)
    said = help_of(program, subcommand, env)
    for option in (each for each in arguments if each.startswith("--")):
        assert re.search(rf"{option}\b", said), option


def has_options(line: str, env: dict[str, str]) -> None:
    """That it is a line for sovlint, whose options ``test_commands_and_options_exist`` looks up."""
    assert line.startswith("sovlint fleet scan ")
    assert env


def sets_variables(line: str, env: dict[str, str]) -> None:
    """That it sets variables that Dask's configuration or AWS's libraries have."""
    names = [each.partition("=")[0] for each in line.split()[1:]]
    assert all(each.startswith(("DASK_DISTRIBUTED__COMM__", "AWS_")) for each in names)
    assert env


def container_is_described(line: str, env: dict[str, str]) -> None:
    """That ``Containerfile`` takes the arguments of a build, and mounts where a run does; sovlint has the options."""
    said = (ROOT / "Containerfile").read_text(encoding="utf-8")
    words = shlex.split(line)
    for name in re.findall(r"--build-arg (\w+)=", line):
        assert f"ARG {name}\n" in said
    if words[1] == "run":
        assert "WORKDIR /src" in said
        test_commands_and_options_exist(shlex.join(words[words.index("sovlint") :]))
    assert env


Check = Callable[[str, dict[str, str]], None]

NOT_RUN: dict[str, tuple[str, Check]] = {
    "make scan": ("sets up an environment from the network", knows_target),
    "make test": ("would run this very test", knows_target),
    "pip install .": ("from the network; test_wheel installs what is built", pip_knows_options),
    "pip install '.[edit]'": ("from the network; test_wheel installs what is built", pip_knows_options),
    "pip install ./sovlint-*.whl": ("needs a release; test_wheel installs what is built", pip_knows_options),
    "pip wheel --wheel-dir wheelhouse .": ("from the network; test_wheel builds the wheel", pip_knows_options),
    "pip install --no-index --find-links wheelhouse sovlint": (
        "needs what the line before would make; test_wheel installs without an index", pip_knows_options,
    ),
    "terraform plan -out tfplan && terraform show -json tfplan > plan.json": (
        "needs Terraform and a cloud; test_plan has what it prints", is_terraforms,
    ),
    **fleet_page.CLONING,
    **dict.fromkeys(
        (
            "pip install '.[fleet,registers]'",
            "pip install '.[edit,registers]'",
            'pip install "sovlint @ $SOVLINT"',
            'pip install "sovlint[edit,registers] @ $SOVLINT"',
        ),
        ("from the network", pip_knows_options),
    ),
    "pip install s3fs": ("from the network", pip_knows_options),
    **dict.fromkeys(
        (
            "podman build --file Containerfile --build-arg WHEEL=NAME --build-arg SHA256=DIGEST --tag sovlint dist",
            "podman run --rm --network none --volume .:/src:ro sovlint scan --diff-base main",
        ),
        ("makes and runs an image; test_wheel runs its steps", container_is_described),
    ),
    **dict.fromkeys(
        fleet_page.VARIABLES, ("for lines that aren't run", sets_variables),
    ),
    **dict.fromkeys(
        fleet_page.ELSEWHERE, ("needs a cluster or object storage; tests/fleet has both on loopback", has_options),
    ),
    **dict.fromkeys(
        fleet_page.DASK, ("stays; tests/fleet/test_scheduler.py starts its own", program_knows_options),
    ),
    "sovlint scan plan.json": ("needs what the line before would make", scans_a_plan),
}  # fmt: skip
"""Lines that aren't run here: why, and what is checked instead."""


def runnable() -> Iterator[object]:
    """Pages with commands; one that asks for a format that isn't there yet waits for it."""
    for page in WRITTEN:
        words = shlex.split(" ".join(map(command, lines(page))))
        wanted = {after for word, after in pairwise(words) if word == "-f"}
        if lines(page):
            missing = wanted - set(REPORTS)
            yield pytest.param(
                page,
                id=name(page),
                marks=pytest.mark.skipif(bool(missing), reason=f"no {missing} yet"),
            )


FOR_A_SHELL = re.compile(r"[$`|&;<>*?~()\\]")
"""What only a shell understands."""


def done_by(line: str, folder: Path, env: dict[str, str]) -> tuple[int, str]:
    """The exit code of a line, and what it prints. Other programs are run; sovlint is called in this process."""
    if not line.startswith("sovlint ") or FOR_A_SHELL.search(command(line)):
        found = scratch.run("bash", "-c", line, cwd=folder, env=env)
        return found.returncode, found.stdout
    with contextlib.chdir(folder), patch.dict(os.environ, env, clear=True):
        result = CliRunner().invoke(
            main, shlex.split(line, comments=True)[1:], prog_name="sovlint"
        )
    assert result.exception is None or isinstance(result.exception, SystemExit), line
    return result.exit_code, result.output


def test_two_commands_that_set_themselves_up_come_first() -> None:
    """CI runs the second one as it stands there."""
    assert list(map(command, lines(README)[:2])) == ["make scan", "make test"]
    steps = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [step for step in steps if step.startswith("make test ")] == [
        "make test || failed=$?"
    ]
    assert len(lines(README)) == 5
    assert len(README.read_text(encoding="utf-8").split()) <= 700


@pytest.mark.parametrize("page", list(runnable()))
def test_every_command_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = scratch.environment(tmp_path, SOVLINT_AS_OF=DAY)
    house = fleet_page.house if page == fleet_page.PAGE else scratch.insurer
    folder = house(tmp_path / "repository", env)
    fleet_page.read_here(monkeypatch)
    if page in (README, START, LISTED):
        (folder / "sovlint.yaml").unlink()  # it says how to begin
    done = 0
    for kind, text in blocks(page):
        if kind in {"yaml", "sql"}:
            scratch.write(folder, {file_name(text): text})
        if kind == "sql":
            fleet_page.asked(folder, text, answered=file_name(text) != "unread.sql")
        for line in text.splitlines() if kind == "sh" else ():
            if line.strip() and command(line) not in NOT_RUN:
                code, output = done_by(line, folder, env)
                assert code in exits(line), f"{line}\n{output}"
                assert "Traceback" not in output
                done += 1
    assert done == len([line for line in lines(page) if command(line) not in NOT_RUN]) > 0
    if page == fleet_page.PAGE:
        fleet_page.stays_proved(folder)


@pytest.mark.parametrize("line", NOT_RUN)
def test_what_is_checked_of_a_line_that_is_not_run(line: str, tmp_path: Path) -> None:
    assert line in [command(each) for page in WRITTEN for each in lines(page)], (
        "no page has it any more"
    )
    reason, check = NOT_RUN[line]
    env = scratch.environment(tmp_path)
    check(line, {key: value for key, value in env.items() if not key.startswith("MAKE")})
    assert reason


def test_the_way_to_a_gate_is_short() -> None:
    assert len(START.read_text(encoding="utf-8").split()) <= 600


@pytest.mark.parametrize("page", MADE, ids=name)
def test_made_pages_have_no_commands(page: Path) -> None:
    assert lines(page) == []


def test_commands_are_in_blocks_that_are_run() -> None:
    """A block of another name would be passed over."""
    known = {"sh", "yaml", "hcl", "json", "python", "sql", "text"}
    assert {kind for page in [*WRITTEN, *MADE] for kind, _ in blocks(page)} <= known
    for page in [*WRITTEN, *MADE]:
        text = page.read_text(encoding="utf-8")
        assert text.count("```") == 2 * len(blocks(page)), name(page)


def in_other_blocks(page: Path) -> Iterator[str]:
    """Commands of sovlint in files and scripts that pages show."""
    for kind, text in blocks(page):
        if kind in {"yaml", "text"}:
            yield from re.findall(
                r"^(?: *- (?:run: )?)?(sovlint fleet .*)$", text, re.MULTILINE
            )


@pytest.mark.parametrize(
    "line",
    sorted(
        {command(line) for page in WRITTEN for line in (*lines(page), *in_other_blocks(page))}
    ),
)
def test_commands_and_options_exist(line: str) -> None:
    """Also of lines with a format that isn't there yet."""
    program, subcommand, *arguments = shlex.split(line)
    if program != "sovlint" or subcommand.startswith("-"):
        return
    found = main.get_command(click.Context(main), subcommand)
    assert found is not None
    if isinstance(found, click.Group) and arguments:
        found = found.get_command(click.Context(found), arguments[0]) or found
    if arguments and f"{subcommand} {arguments[0]}" in COMMANDS:
        found = main.get_command(click.Context(main), f"{subcommand} {arguments[0]}")
        assert found is not None
    known = {option for parameter in found.params for option in parameter.opts}
    assert {each for each in arguments if re.match("--?[a-z]", each)} <= known
    if subcommand == "explain":
        about, catalog = arguments[0], load_catalog()
        assert (
            re.fullmatch(r"\S+:\d+", about)
            or about in {*known_policies(), *known_sets()}
            or explain_world.pages(about, catalog, Request(), Voice())
        )


SCHEMAS = {
    ".github/workflows/sovlint.yml": ci_schemas.WORKFLOW,
    ".gitlab-ci.yml": ci_schemas.GITLAB,
    "azure-pipelines.yml": ci_schemas.AZURE,
}
OTHERS = {
    ".github/workflows/fleet.yml": ci_schemas.WORKFLOW,
    "fleet.gitlab-ci.yml": ci_schemas.GITLAB,
}
"""Files of CI servers that use none of our steps."""
OWN = re.compile(
    r"sovlint\.yaml|budgets\.yaml|dask-cluster\.yaml|waivers\.yaml|house\.yaml|world\.yaml|policies/.*\.yaml|(overlay|trusted)/.*\.yaml|evidence/.*\.yaml"
)
FILES = [
    pytest.param(file, text, id=f"{name(page)}-{file}")
    for page in WRITTEN
    for file, text in files(page)
]


@pytest.mark.parametrize(("file", "text"), FILES)
def test_files_of_others_are_valid(file: str, text: str, tmp_path: Path) -> None:
    if file == ".pre-commit-config.yaml":
        scratch.write(tmp_path, {file: text})
        done = scratch.run(
            "pre-commit", "validate-config", file, cwd=tmp_path, env=scratch.environment(tmp_path)
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (0, "")
        assert set(re.findall(r"- id: (\S+)", text)) <= {
            "sovlint",
            "sovlint-all",
            "sovlint-policies",
        }
    elif file == "saas.yaml":
        assert inventory_file.read(MemoryReader({file: text}), ReadOptions()).failures == ()
    elif not OWN.fullmatch(file):
        assert ci_schemas.problems_of(text, {**SCHEMAS, **OTHERS}[file]) == []


@pytest.mark.parametrize(
    "page", [page for page in WRITTEN if "sovlint.yaml" in dict(files(page))], ids=name
)
def test_files_of_the_house_are_valid(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.write(tmp_path, {file: text for file, text in files(page) if OWN.fullmatch(file)})
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0, result.output


def test_workers_of_a_manifest_are_started_with_options_that_they_have(
    tmp_path: Path,
) -> None:
    (cluster,) = ci_schemas.read(dict(files(fleet_page.PAGE))["dask-cluster.yaml"])
    (worker,) = cluster["spec"]["worker"]["spec"]["containers"]
    program_knows_options(shlex.join(worker["args"]), scratch.environment(tmp_path))


def test_what_the_page_of_the_fleet_quotes_is_said() -> None:
    """What stands between the dots of each message is somewhere in what sovlint or its store says."""
    quoted = [
        part.strip()
        for row in re.findall(
            r"^\| `([^`]*\.\.\.[^`]*|A worker [^`]*|The [^`]*)` \|",
            fleet_page.TEXT,
            re.MULTILINE,
        )
        for part in row.split("...")
        if part.strip()
    ]
    said = (ROOT / "sovlint/report/french/errors.json").read_text(encoding="utf-8")
    others = "has dask; Unable to locate credentials; The specified bucket does not exist; workers died while they had it"
    assert len(quoted) > 15
    assert [
        each for each in quoted if each not in said and each.split(": ")[-1] not in others
    ] == []


def test_the_configuration_that_is_shown_is_read_in_full(tmp_path: Path) -> None:
    scratch.write(tmp_path, dict(files(CONFIGURED)))
    found = read_config.load(tmp_path / "sovlint.yaml", tmp_path)
    assert len(found.attestations) == len(found.clusters) == len(found.roots) == 1


def test_a_hook_written_out_is_that_of_the_manifest() -> None:
    (written,) = ci_schemas.read(
        dict(files(ROOT / "docs/offline.md"))[".pre-commit-config.yaml"]
    )
    (hook,) = written["repos"][0]["hooks"]
    manifest = ci_schemas.read((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[
        0
    ]
    own = next(each for each in manifest if each["id"] == hook["id"])
    assert hook == {
        key: value for key, value in {**own, "language": "system"}.items() if key in hook
    }
    assert set(own) - set(hook) == {"description", "minimum_pre_commit_version"}


def test_steps_are_given_inputs_that_they_have() -> None:
    (action,) = ci_schemas.read((ROOT / "action.yml").read_text(encoding="utf-8"))
    spec, _ = ci_schemas.read((ROOT / "templates/sovlint.yml").read_text(encoding="utf-8"))
    (azure,) = ci_schemas.read(
        (ROOT / "templates/azure-pipelines.yml").read_text(encoding="utf-8")
    )
    seen = set()
    for file, text in (pair for page in WRITTEN for pair in files(page)):
        data = ci_schemas.read(text)[0]
        if file == ".github/workflows/sovlint.yml":
            (step,) = [
                step
                for step in data["jobs"]["sovlint"]["steps"]
                if step["uses"].startswith("OWNER/sovlint")
            ]
            assert set(step.get("with", ())) <= set(action["inputs"])
        elif file == ".gitlab-ci.yml":
            given = set(data["include"][0]["inputs"])
            required = {
                key
                for key, each in spec["spec"]["inputs"].items()
                if "default" not in (each or {})
            }
            assert required <= given <= set(spec["spec"]["inputs"])
            assert "sha256" in given, "what is installed is told by its hash"
        elif file == "azure-pipelines.yml":
            (step,) = [step for step in data["steps"] if "template" in step]
            assert "sha256" in step["parameters"], "what is installed is told by its hash"
            assert step["template"] == "templates/azure-pipelines.yml@sovlint"
            required = {each["name"] for each in azure["parameters"] if "default" not in each}
            assert (
                required
                <= set(step["parameters"])
                <= {each["name"] for each in azure["parameters"]}
            )
        else:
            continue
        seen.add(file)
    assert seen == set(SCHEMAS)


def test_the_ignore_comment_of_the_page_holds(tmp_path: Path) -> None:
    (text,) = [text for kind, text in blocks(ROOT / "docs/exceptions.md") if kind == "hcl"]
    scratch.write(
        tmp_path, {"main.tf": 'provider "aws" {\n  region = "eu-west-3"\n}\n' + text}
    )
    (tmp_path / ".git").mkdir()
    result = CliRunner().invoke(
        main, ["scan", str(tmp_path), "--format", "json", "--as-of", DAY]
    )
    found = {
        each["policy"]: bool(each["suppressed"])
        for each in json.loads(result.stdout)["findings"]
    }
    assert found == {
        "health-data-under-eu-control": True,
        "health-data-on-certified-host": False,
        "health-data-on-qualified-service": False,
    }


def test_classes_and_sets_that_are_listed_exist() -> None:
    text = CONFIGURED.read_text(encoding="utf-8")
    classes = re.search(r"Classes: (.*?)\.", text, re.DOTALL)
    assert classes is not None
    assert set(re.findall(r"`([\w-]+)`", classes.group(1))) == set(load_catalog().classes)
    text = LAW.read_text(encoding="utf-8")
    sets = text[text.index("| policy set |") :].partition("\n\n")[0]
    assert set(re.findall(r"^\| `([\w-]+)`", sets, re.MULTILINE)) == set(known_sets())


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_options_in_sentences_exist(page: Path) -> None:
    prose = BLOCK.sub("", page.read_text(encoding="utf-8"))
    assert set(re.findall(r"`(--[a-z-]+)", prose)) <= options()


def options() -> set[str]:
    """Every long option of every command, and those of other programs that pages speak of."""
    return {
        option
        for each in commands_of(main)
        for parameter in each.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    } | {"--version", "--help", *fleet_page.OPTIONS_OF_OTHERS}


def commands_of(group: click.Command) -> Iterator[click.Command]:
    """A command, and all that are below it."""
    yield group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            yield from commands_of(found) if found is not None else ()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as servers make them."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", LINKED, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        there = page if not path else Path(os.path.normpath(page.parent / path))
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_every_page_is_reached_from_the_readme() -> None:
    seen, left = set(), [README]
    while left:
        page = left.pop()
        seen.add(page)
        for target in re.findall(r"\]\(([^)#\s]+\.md)", page.read_text(encoding="utf-8")):
            there = Path(os.path.normpath(page.parent / target))
            if there not in seen and there.exists():
                left.append(there)
    assert {*WRITTEN, *MADE, *DECISIONS} <= seen

"""The configuration: where it is found, what it says, and how it fails."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sovlint import __version__
from sovlint.configuration.config import Config
from sovlint.configuration.config_file import find
from sovlint.configuration.read_config import examine, load, written
from sovlint.errors import SovlintError
from sovlint.model.classrules import DEFAULT_KEYS

FULL = """\
policy_set: strict
policies: [policies/own]
catalog: [catalog/own]
hds_scope: care-only
data:
  tags: [classification]
  values: {C3: [health], C2: contact}
  paths: {"infra/claims/**": [health]}
  addresses: {"module.claims.*": [claims]}
  assume: null
clusters:
  - {paths: ["k8s/prod/**"], provider: scaleway, region: fr-par, destinations: [prod]}
terraform:
  vars: {region: eu-west-3, replicas: 3, on: true, zones: [a, b], none: null}
  roots:
    - {path: "infra/*", variants: ["environments/*/variables.tfvars"]}
attestations:
  - claim: {qualification: hds}
    subject: {provider: scaleway, region: fr-par, addresses: ["module.claims.*"], paths: ["infra/**"]}
    evidence: "contract 2026-114, annex 3"
    owner: dpo
    issued: 2026-10-01
    expires: 2027-10-01
exclude: ["examples/**"]
saas: [inventory/saas.yaml]
required_version: ">=0.1,<1"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("policies/own", "catalog/own", "inventory", "a/b"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "inventory/saas.yaml").touch()
    return tmp_path


def read(root: Path, text: str, name: str = "sovlint.yaml") -> Config:
    (root / name).write_text(text)
    return load(root / name, root)


def refusal(root: Path, text: str, name: str = "sovlint.yaml") -> str:
    with pytest.raises(SovlintError) as error:
        read(root, text, name)
    return error.value.message.removeprefix(f"{root}/")


class TestFull:
    """Every key that a configuration may have."""

    @pytest.fixture
    def config(self, root: Path) -> Config:
        return read(root, FULL)

    def test_names_and_paths(self, config: Config, root: Path) -> None:
        assert (config.policy_set, config.hds_scope) == ("strict", "care-only")
        assert config.policies == (root / "policies/own",)
        assert config.catalog == (root / "catalog/own",)
        assert config.saas == ("inventory/saas.yaml",)
        assert config.exclude("examples/")
        assert config.exclude("examples/x.tf")
        assert not config.exclude("infra/")

    def test_data_classes(self, config: Config) -> None:
        assert config.data.keys == ("classification", *DEFAULT_KEYS)
        assert config.data.values == {"C3": ("health",), "C2": ("contact",)}
        (rule,) = config.data.paths
        assert (
            rule.glob,
            rule.matches("infra/claims/main.tf"),
            rule.classes,
            rule.where.span().line,
        ) == (
            "infra/claims/**",
            True,
            ("health",),
            8,
        )
        (rule,) = config.data.addresses
        assert (
            rule.matches("module.claims.a.b[0]"),
            rule.classes,
            rule.where.span().line,
        ) == (
            True,
            ("claims",),
            9,
        )
        assert config.data.assume is None
        assert [word for word, _ in config.class_words] == [
            "health",
            "contact",
            "health",
            "claims",
        ]

    def test_clusters(self, config: Config) -> None:
        (cluster,) = config.clusters
        assert (cluster.provider, cluster.region) == ("scaleway", "fr-par")
        assert cluster.destinations == ("prod",)
        assert cluster.matches("k8s/prod/claims/api.yaml")
        assert not cluster.matches("k8s/test/api.yaml")
        assert cluster.where is not None
        assert (cluster.where.span().path, cluster.where.span().line) == ("sovlint.yaml", 12)

    def test_terraform(self, config: Config) -> None:
        assert config.variables == {
            "region": "eu-west-3", "replicas": "3", "on": "true", "zones": '["a", "b"]', "none": "null",
        }  # fmt: skip
        (option,) = config.roots
        assert option.matches("infra/prod")
        assert not option.matches("infra/prod/modules/db")
        assert option.variants == ("environments/*/variables.tfvars",)

    def test_attestations(self, config: Config) -> None:
        (attestation,) = config.attestations
        assert (attestation.qualification, attestation.provider, attestation.region) == (
            "hds",
            "scaleway",
            "fr-par",
        )
        assert (attestation.evidence, attestation.owner) == (
            "contract 2026-114, annex 3",
            "dpo",
        )
        assert (attestation.issued, attestation.expires) == (
            date(2026, 10, 1),
            date(2027, 10, 1),
        )
        assert attestation.matches_address is not None
        assert attestation.matches_path is not None
        assert attestation.matches_address("module.claims.x")
        assert attestation.matches_path("infra/a.tf")
        assert attestation.where.span().line == 18

    def test_what_bears_on_reading(self, config: Config) -> None:
        options = config.read_options({"region": "fr-par"}, ("prod.tfvars",))
        assert options.variables["region"] == "fr-par"
        assert options.variables["replicas"] == "3"
        assert options.variable_files == ("prod.tfvars",)
        assert (options.roots, options.clusters) == (config.roots, config.clusters)
        assert options.inventories == ("inventory/saas.yaml",)

    def test_the_same_in_pyproject_toml(self, root: Path) -> None:
        config = read(
            root,
            """\
[tool.sovlint]
policy_set = "strict"
exclude = ["examples/**"]
[tool.sovlint.data.paths]
"infra/claims/**" = ["health"]
[[tool.sovlint.attestations]]
claim = {qualification = "hds"}
subject = {provider = "scaleway"}
evidence = "contract"
owner = "dpo"
issued = 2026-10-01
expires = 2027-10-01
""",
            "pyproject.toml",
        )
        assert config.policy_set == "strict"
        assert config.exclude("examples/x.tf")
        (rule,) = config.data.paths
        assert rule.matches("infra/claims/main.tf")
        assert rule.where.span().line == 5
        assert config.attestations[0].expires == date(2027, 10, 1)
        assert config.attestations[0].where.span().line == 6


class TestPlace:
    """One file a run: the nearest one up to the git root."""

    def test_the_nearest_wins(self, root: Path) -> None:
        (root / "sovlint.yaml").touch()
        (root / "a/sovlint.yaml").touch()
        assert find(root / "a/b", root) == root / "a/sovlint.yaml"
        assert find(root, root) == root / "sovlint.yaml"

    def test_nothing_above_the_root_counts(self, root: Path) -> None:
        (root / "sovlint.yaml").touch()
        assert find(root / "a/b", root / "a") is None

    def test_pyproject_counts_only_with_its_table(self, root: Path) -> None:
        (root / "a/pyproject.toml").write_text("[project]\nname = 'sovlint-user'\n")
        assert find(root / "a/b", root) is None
        (root / "pyproject.toml").write_text("[tool.sovlint]\n")
        assert find(root / "a/b", root) == root / "pyproject.toml"

    def test_a_byte_order_mark_before_the_table(self, root: Path) -> None:
        (root / "pyproject.toml").write_text("\ufeff[tool.sovlint]\npolicy_set = 'strict'\n")
        found = find(root / "a", root)
        assert found == root / "pyproject.toml"
        assert load(found, root).policy_set == "strict"

    def test_a_broken_pyproject_of_others_is_no_concern(self, root: Path) -> None:
        (root / "pyproject.toml").write_text("[tool.black\n")
        assert find(root, root) is None

    def test_sovlint_yaml_wins_over_its_neighbour(self, root: Path) -> None:
        (root / "pyproject.toml").write_text("[tool.sovlint]\n")
        (root / "sovlint.yaml").touch()
        assert find(root, root) == root / "sovlint.yaml"

    def test_a_name_that_nothing_reads_is_an_error(self, root: Path) -> None:
        (root / "sovlint.yml").touch()
        with pytest.raises(SovlintError, match=r"sovlint\.yml is not read") as error:
            find(root, root)
        assert "sovlint.yaml" in error.value.hint

    def test_globs_are_relative_to_the_file(self, root: Path) -> None:
        (root / "a/s.yaml").touch()
        config = read(root, "exclude: [b/**]\nsaas: [s.yaml]\n", "a/sovlint.yaml")
        assert config.exclude("a/b/x.tf")
        assert not config.exclude("b/x.tf")
        assert config.saas == ("a/s.yaml",)

    def test_a_file_kept_elsewhere_speaks_of_the_git_root(self, root: Path) -> None:
        (root / "elsewhere").mkdir()
        (root / "elsewhere/house.yaml").write_text("exclude: [examples/**]\n")
        assert load(root / "elsewhere/house.yaml", root / "a").exclude("examples/x.tf")

    def test_a_file_above_the_root_counts_from_its_own_folder(self, root: Path) -> None:
        (root / "sovlint.yaml").write_text("exclude: [a/b/**]\n")
        assert load(root / "sovlint.yaml", root / "a").exclude("b/x.tf")

    def test_a_policy_set_that_is_a_file(self, root: Path) -> None:
        (root / "a/house.yaml").touch()
        assert read(root, "policy_set: a/house.yaml\n").policy_set == str(
            root / "a/house.yaml"
        )


class TestEmpty:
    """What isn't said keeps its default."""

    @pytest.mark.parametrize(
        "text", ["", "# nothing\n", "---\n", "data:\nexclude:\nattestations:\nclusters:\n"]
    )
    def test_nothing_said(self, root: Path, text: str) -> None:
        config = read(root, text)
        assert (
            config.policy_set,
            config.hds_scope,
            config.policies,
            config.attestations,
        ) == (
            None,
            None,
            (),
            (),
        )
        assert config.data.keys == DEFAULT_KEYS
        assert not config.exclude("x")

    def test_no_tags_take_none_away(self, root: Path) -> None:
        assert read(root, "data: {tags: []}\n").data.keys == DEFAULT_KEYS


class TestWrong:
    """Errors name file, line and column, and what was probably meant."""

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("saas:\npolicyset: x\n", "sovlint.yaml:2:1: unknown key `policyset`. Did you mean `policy_set`?"),
            ("data:\n  path: {}\n", "sovlint.yaml:2:3: unknown key `path` in `data`. Did you mean `paths`?"),
            ("hds_scope: lax\n", "sovlint.yaml:1:1: `hds_scope` can't be 'lax': one of strict, care-only."),
            ("clusters:\n  - {paths: [a]}\n", "sovlint.yaml:2:5: `clusters.0` lacks the key `provider`."),
            ("policies: own\n", "sovlint.yaml:1:1: `policies` must be of type"),
            ("- a\n", "sovlint.yaml:1:1: `the document` must be of type"),
            ("a: [\n", "sovlint.yaml:2:1: "),
            ("saas:\n\nsaas: []\n", "sovlint.yaml:3:1: the key `saas` stands here a second time: merge it with that of l"),
            ("hds_scope: strict\n---\nhds_scope: strict\n", "sovlint.yaml:3:1: the file must be one document"),
            ("exclude: [a, '../b/**']\n", "sovlint.yaml:1:1: `../b/**` leads out of the folder"),
            ("terraform:\n  roots:\n    - path: ../x\n", "sovlint.yaml:3:7: `../x` leads out"),
            ("policies:\n  - nowhere\n", "sovlint.yaml:2:5: `nowhere` doesn't exist"),
            ("saas: [nowhere.yaml]\n", "sovlint.yaml:1:8: `nowhere.yaml` doesn't exist"),
            ("saas: [/dev/null]\n", "sovlint.yaml:1:8: `/dev/null` lies outside the repository."),
            ("policy_set: own/none.yaml\n", "sovlint.yaml:1:1: `own/none.yaml` doesn't exist"),
        ],
    )  # fmt: skip
    def test_yaml(self, root: Path, text: str, said: str) -> None:
        assert refusal(root, text).startswith(said)

    @pytest.mark.parametrize(
        ("replace", "by", "said"),
        [
            ("2026-10-01", "someday", "`issued` is not a day (YYYY-MM-DD): 'someday'."),
            ("2026-10-01", "2026-13-01", "`issued` is not a day (YYYY-MM-DD): '2026-13-01'."),
            ("2027-10-01", "2025-10-01", "`expires` comes before `issued`."),
            (
                "provider: scaleway, region: fr-par",
                "region: fr-par",
                "lacks the key `provider`, which `region` takes.",
            ),
            ("qualification: hds", "certificate: hds", "unknown key `certificate`"),
            ("qualification: hds", "qualification: hds, country: FR", "attestations.0.claim"),
            ("{qualification: hds}", "{}", "attestations.0.claim"),
            ("qualification: hds", "country: France", "attestations.0.claim.country"),
            ("qualification: hds", "control: []", "attestations.0.claim.control"),
        ],
    )
    def test_attestations(self, root: Path, replace: str, by: str, said: str) -> None:
        text = FULL[FULL.index("attestations") : FULL.index("exclude")].replace(replace, by)
        assert said in refusal(root, text)

    def test_an_attestation_about_everything_is_refused(self, root: Path) -> None:
        text = FULL[FULL.index("attestations") : FULL.index("exclude")]
        assert "subject" in refusal(
            root, text.replace("{provider: scaleway, region: fr-par, add", "{} # ")
        )

    def test_toml(self, root: Path) -> None:
        text = "[tool.sovlint]\n\npolicyset = 1\n"
        said = "pyproject.toml:3:1: unknown key `policyset`. Did you mean `policy_set`?"
        assert refusal(root, text, "pyproject.toml") == said
        assert refusal(root, "[tool.sovlint\n", "pyproject.toml").startswith(
            "pyproject.toml:1:"
        )
        assert (
            refusal(root, "[tool.other]\n", "pyproject.toml")
            == "pyproject.toml has no table [tool.sovlint]."
        )

    def test_not_text(self, root: Path) -> None:
        (root / "sovlint.yaml").write_bytes(b"exclude: [\xff]\n")
        with pytest.raises(SovlintError, match="not UTF-8"):
            load(root / "sovlint.yaml", root)


class TestRequiredVersion:
    """A configuration of another version says so before anything in it is judged."""

    @pytest.mark.parametrize("wanted", [">=0.1,<1", "==0.*", f"=={__version__}", "!=9"])
    def test_one_that_fits(self, root: Path, wanted: str) -> None:
        assert (
            read(root, f'required_version: "{wanted}"\nhds_scope: strict\n').hds_scope
            == "strict"
        )

    def test_a_version_before_its_release_counts(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sovlint.configuration.config_file.__version__", "0.2.0.dev1")
        assert read(root, 'required_version: ">=0.1"\n').path == root / "sovlint.yaml"

    def test_one_that_does_not_fit_is_told_before_keys_that_it_may_know(
        self, root: Path
    ) -> None:
        with pytest.raises(SovlintError) as error:
            read(root, 'of_the_future: [1]\nrequired_version: ">=9,<10"\nof_the_future: 2\n')
        place = f"{root}/sovlint.yaml:2:1: "
        said = f"this configuration wants sovlint >=9,<10, and this is sovlint {__version__}."
        assert error.value.message == place + said
        assert error.value.hint.startswith("Install a version that it wants")

    def test_toml(self, root: Path) -> None:
        text = '[tool.sovlint]\nfuture = 1\nrequired_version = "<0.1"\n'
        assert refusal(root, text, "pyproject.toml").startswith(
            "pyproject.toml:3:1: this configuration wants"
        )

    @pytest.mark.parametrize(
        "wanted", ["0.1", '"0.1"', "newest", '">=0.1 <1"', "null", "[0.1]", "{a: b}"]
    )
    def test_what_compares_no_versions(self, root: Path, wanted: str) -> None:
        said = refusal(root, f"unknown: 1\nrequired_version: {wanted}\n")
        assert said.startswith("sovlint.yaml:2:1: `required_version` can't be ")

    def test_an_empty_one(self, root: Path) -> None:
        assert "required_version" in refusal(root, 'required_version: ""\n')

    def test_none_costs_nothing(self, root: Path) -> None:
        (root / "sovlint.yaml").write_text("hds_scope: strict\n")
        code = (
            "import sys; from pathlib import Path; from sovlint.configuration.read_config import load; "
            f"load(Path({str(root / 'sovlint.yaml')!r}), Path({str(root)!r})); print('packaging' in sys.modules)"
        )
        result = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert result.stdout == "False\n"


class TestExamine:
    """Everything that is wrong is told at once, and what is right is kept."""

    def test_all_problems_with_their_places(self, root: Path) -> None:
        text = (
            "policyset: x\npolicies: [policies/own, nowhere]\nhds_scope: lax\nsaas: [/dev/null]\nexclude: ['../b']\n"
            "terraform: {roots: [{path: ../x}, {path: infra}]}\nhds_scope: lax\n"
        )
        (root / "sovlint.yaml").write_text(text)
        config, problems = examine(root / "sovlint.yaml", root)
        said = [
            problem.message.removeprefix(f"{root}/sovlint.yaml:").split(" ", 1)
            for problem in problems
        ]
        assert [place for place, _ in said] == [
            "7:1:",
            "1:1:",
            "7:1:",
            "2:26:",
            "6:22:",
            "5:1:",
            "4:8:",
        ]
        assert "second time" in said[0][1]
        assert config.policies == (root / "policies/own",)
        assert len(config.roots) == 1
        assert config.hds_scope is None

    def test_loading_says_how_many_there_are(self, root: Path) -> None:
        with pytest.raises(SovlintError) as error:
            read(root, "policyset: x\npolicies: [nowhere]\n")
        assert error.value.message.endswith("Did you mean `policy_set`?")
        assert error.value.hint == "There are 2 problems in all; this is the first."

    def test_no_problem(self, root: Path) -> None:
        (root / "sovlint.yaml").write_text(FULL)
        config, problems = examine(root / "sovlint.yaml", root)
        assert (config.policy_set, problems) == ("strict", [])


class TestUnused:
    """A glob that matches nothing is said: a renamed folder must not lose its data class without a word."""

    def test_each_kind(self, root: Path) -> None:
        config = read(root, FULL)
        found = config.unused(["old/claims/main.tf"], ["aws_s3_bucket.a"], ["tests/"])
        assert [
            (remark.note.key, remark.note.params["glob"], remark.line) for remark in found
        ] == [
            ("config.unused-path", "infra/claims/**", 8),
            ("config.unused-address", "module.claims.*", 9),
            ("config.unused-cluster", "k8s/prod/**", 12),
            ("config.unused-root", "infra/*", 16),
            ("config.unused-attestation", "module.claims.*", 19),
            ("config.unused-attestation", "infra/**", 19),
            ("config.unused-exclude", "examples/**", 24),
        ]

    def test_none_where_all_match(self, root: Path) -> None:
        paths = ["infra/claims/main.tf", "k8s/prod/api.yaml"]
        found = read(root, FULL).unused(
            paths, ["module.claims.aws_s3_bucket.a"], ["examples/x.tf"]
        )
        assert list(found) == []

    def test_each_glob_of_a_list_is_asked_by_itself(self, root: Path) -> None:
        config = read(
            root,
            'clusters: [{paths: ["k8s/**", "!k8s/dev/**", "old/**"], provider: scaleway}]\n',
        )
        found = config.unused(["k8s/prod/api.yaml"])
        assert [remark.note.params["glob"] for remark in found] == ["old/**"]


def test_values_are_written_as_after_var() -> None:
    assert [written(value) for value in ("a", 'say "a"', 1.5, False, {"a": "${b}"})] == [
        "a", 'say "a"', "1.5", "false", '{"a": "$${b}"}',
    ]  # fmt: skip


def test_nothing_slow_is_imported_before_there_is_a_configuration() -> None:
    code = "import sys, sovlint.configuration.read_config; print({'jsonschema', 'yaml', 'pathspec'} & set(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "set()\n"

"""Data classes: who declares them, what wins, what is only guessed, and what goes along with data."""

from __future__ import annotations

import pytest

from sovlint.model.classrules import ClassRule, ClassRules
from sovlint.model.lookups.names import tokens
from sovlint.model.source import Span
from tests.resolve.house import classes, resolved

AWS = 'provider "aws" {\n  region = "eu-west-3"\n}\n'


def bucket(body: str, head: str = "", **options: object) -> dict[str, str]:
    """The classes of a bucket with this body."""
    rules = options.get("rules")
    placed = resolved(
        AWS + head + f'resource "aws_s3_bucket" "b" {{\n{body}\n}}\n',
        rules if isinstance(rules, ClassRules) else None,
    )
    return classes(placed[0]["aws_s3_bucket.b"])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("data-classification", "health"),
        ("Data_Class", "Health"),
        ("SOVLINT-DATA", "données de santé"),
        ("data_class", "données-de-santé"),
    ],
)
def test_keys_and_labels_in_every_spelling(key: str, value: str) -> None:
    assert bucket(f'tags = {{ "{key}" = "{value}" }}') == {"health": "declared"}


@pytest.mark.parametrize(
    "value", ["health,nir", "health; nir", "health nir", "health+nir", "health__nir"]
)
def test_several_classes_in_one_value(value: str) -> None:
    assert bucket(f'tags = {{ data_class = "{value}" }}') == {
        "health": "declared",
        "nir": "declared",
    }


def test_a_words_of_the_house() -> None:
    rules = ClassRules(values={"C3": ("health",)})
    assert bucket('tags = { data_class = "c3" }', rules=rules) == {"health": "declared"}


def test_a_value_that_means_nothing_is_kept_for_a_warning() -> None:
    placed = resolved(
        AWS + 'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "purple" }\n}\n'
    )[0]["aws_s3_bucket.b"]
    assert [word for word, _ in placed.classes.strange] == ["purple"]
    assert classes(placed) == {}


def test_a_class_stays_declared_where_an_unknown_may_override_it_and_that_is_kept() -> None:
    head = 'variable "extra" {}\nlocals {\n  tags = { data_class = "health" }\n}\n'
    placed = resolved(
        AWS
        + head
        + 'resource "aws_s3_bucket" "b" {\n  tags = merge(local.tags, var.extra)\n}\n'
    )[0]
    found = placed["aws_s3_bucket.b"]
    assert classes(found) == {"health": "declared"}
    assert found.classes.unknown is not None
    assert found.classes.unknown.text() == "unset-variable: var.extra"


def test_unknown_tags_are_an_unknown_class() -> None:
    placed = resolved(
        AWS + 'variable "t" {}\nresource "aws_s3_bucket" "b" {\n  tags = var.t\n}\n'
    )[0]["aws_s3_bucket.b"]
    assert classes(placed) == {}
    assert placed.classes.unknown is not None


def test_a_class_that_is_one_of_a_few() -> None:
    head = 'variable "f" {}\n'
    both = 'tags = { data_class = var.f ? "health" : "health,nir" }'
    placed = resolved(AWS + head + f'resource "aws_s3_bucket" "b" {{\n{both}\n}}\n')[0][
        "aws_s3_bucket.b"
    ]
    assert classes(placed) == {"health": "declared"}
    assert placed.classes.unknown is not None
    assert bucket(
        'tags = var.f ? { data_class = "health" } : { data_class = "health", a = 1 }', head
    ) == {"health": "declared"}


def test_the_nearer_wins_within_a_declarer_and_declarers_add_up() -> None:
    default = AWS.replace(
        "}\n", '  default_tags {\n    tags = { data_class = "contact" }\n  }\n}\n', 1
    )
    one = resolved(
        default + 'resource "aws_s3_bucket" "b" {\n  tags = { data_class = "health" }\n}\n'
    )[0]["aws_s3_bucket.b"]
    assert classes(one) == {"health": "declared"}
    other = resolved(default + 'resource "aws_s3_bucket" "b" {\n  tags = { a = "b" }\n}\n')[
        0
    ]["aws_s3_bucket.b"]
    assert classes(other) == {"contact": "declared"}
    span = Span("sovlint.yaml", 1, 1, 1, 1)
    rules = ClassRules(
        addresses=(ClassRule("*.b", lambda address: address.endswith(".b"), ("iban",), span),)
    )
    assert bucket('tags = { data_class = "health" }', rules=rules) == {
        "health": "declared",
        "iban": "declared",
    }
    assert bucket(
        "",
        rules=ClassRules(
            paths=(ClassRule("main.tf", lambda path: path == "main.tf", ("nir",), span),)
        ),
    ) == {"nir": "declared"}


def test_intrinsic_types() -> None:
    placed = resolved(AWS + 'resource "aws_healthlake_fhir_datastore" "f" {}\n')[0][
        "aws_healthlake_fhir_datastore.f"
    ]
    assert classes(placed) == {"health": "intrinsic"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dossierMedical", "health"),
        ("dossier-médical", "health"),
        ("DOSSIER_MEDICAL_V2", "health"),
        ("patients", "health"),
        ("valceziere-ordonnances", "health"),
        ("feuilles-de-soins", "claims"),
        ("tiers-payant", "claims"),
        ("nir", "nir"),
    ],
)
def test_names_suggest_a_class(name: str, expected: str) -> None:
    found = bucket(f'bucket = "{name}"')
    assert set(found.values()) == {"inferred"}
    assert expected in found


@pytest.mark.parametrize(
    ("name"),
    [
        "health-check",
        "healthcheck",
        "impatient",
        "elixnir",
        "insights",
        "claim-check-pattern-x",
        "pmsignal",
        "admin",
        "terraform-state",
        "db-password-no-phi",
        "non_phi_exports",
    ],
)
def test_names_that_suggest_nothing(name: str) -> None:
    assert bucket(f'bucket = "{name}"') == {}


def test_a_declared_class_ends_the_guessing() -> None:
    assert bucket('bucket = "patients"\n  tags = { data_class = "anonymous" }') == {
        "anonymous": "declared"
    }


@pytest.mark.parametrize(
    ("name", "declared", "expected"),
    [
        ("dossiers-patients", "contact", {"contact": "declared", "health": "inferred"}),
        ("dossiers-patients", "health-pseudonymised", {"health-pseudonymised": "declared"}),
        ("feuilles-de-soins", "health", {"health": "declared"}),
        ("dossiers-patients", "health", {"health": "declared"}),
    ],
)
def test_names_raise_what_is_declared_unless_it_answers(
    name: str, declared: str, expected: dict[str, str]
) -> None:
    assert bucket(f'bucket = "{name}"\n  tags = {{ data_class = "{declared}" }}') == expected


def test_a_nearer_class_that_is_not_known_leaves_the_default_one_and_a_doubt() -> None:
    default = AWS.replace(
        "}\n", '  default_tags {\n    tags = { data_class = "contact" }\n  }\n}\n', 1
    )
    for tags in ("var.c", "{ data_class = var.c }"):
        text = (
            default
            + f'variable "c" {{}}\nresource "aws_s3_bucket" "b" {{\n  tags = {tags}\n}}\n'
        )
        found = resolved(text)[0]["aws_s3_bucket.b"]
        assert classes(found) == {"contact": "declared"}
        assert found.classes.unknown is not None
        assert found.classes.unknown.text() == "unset-variable: var.c"


def test_default_tags_reach_a_module_that_is_not_there() -> None:
    def module(arguments: str, provider: str = "") -> dict[str, str]:
        text = f"""
        provider "aws" {{
          region = "eu-west-3"
          {provider}
          default_tags {{
            tags = {{ data_class = "health" }}
          }}
        }}
        provider "google" {{
          default_labels = {{ data_class = "nir" }}
        }}
        module "m" {{
          source = "terraform-aws-modules/rds/aws"
          {arguments}
        }}
        """
        return classes(resolved(text)[0]["module.m"])

    both = {"health": "declared", "nir": "declared"}
    assert module("") == both
    assert module('tags = { data_class = "contact" }') == {**both, "contact": "declared"}
    assert module("providers = { aws = aws.other }", 'alias = "other"') == {
        "health": "declared"
    }
    assert module("", 'alias = "other"') == {"nir": "declared"}


def test_a_word_that_touches_a_hole_proves_nothing() -> None:
    head = 'variable "x" {}\n'
    assert bucket('bucket = "${var.x}patient"', head) == {}
    assert bucket('bucket = "patient${var.x}"', head) == {}
    assert bucket('bucket = "${var.x}-patient-${var.x}"', head) == {"health": "inferred"}


def test_sensitive_names_are_not_read() -> None:
    head = 'variable "x" {\n  sensitive = true\n  default = "patient"\n}\n'
    assert bucket("bucket = var.x", head) == {}


def test_assumed_classes_are_for_what_has_none_and_never_for_config() -> None:
    text = AWS + 'resource "aws_s3_bucket" "b" {}\nresource "aws_iam_role" "r" {}\n'
    text += 'resource "aws_s3_bucket" "t" {\n  tags = { data_class = "iban" }\n}\n'
    text += 'resource "aws_s3_bucket" "newsletter" {}\nresource "aws_healthlake_fhir_datastore" "f" {}\n'
    placed = resolved(text, ClassRules(assume="health"))[0]
    assert classes(placed["aws_s3_bucket.b"]) == {"health": "default"}
    assert classes(placed["aws_s3_bucket.t"]) == {"iban": "declared"}
    assert classes(placed["aws_s3_bucket.newsletter"]) == {
        "contact": "inferred",
        "health": "default",
    }
    assert classes(placed["aws_healthlake_fhir_datastore.f"]) == {"health": "intrinsic"}
    assert classes(placed["aws_iam_role.r"]) == {}


def test_classes_go_along_with_copies_and_keep_the_weakest_how() -> None:
    def text(tags: str, name: str) -> str:
        return AWS + (
            f'resource "aws_ebs_volume" "{name}" {{\n  {tags}\n}}\n'
            f'resource "aws_ebs_snapshot" "s" {{\n  volume_id = aws_ebs_volume.{name}.id\n}}\n'
        )

    declared = resolved(text('tags = { data_class = "health" }', "v"))[0][
        "aws_ebs_snapshot.s"
    ]
    assert classes(declared) == {"health": "propagated"}
    inferred = resolved(text("", "patient"))[0]["aws_ebs_snapshot.s"]
    assert classes(inferred) == {"health": "inferred"}


def test_classes_go_to_every_end_that_a_copy_may_have() -> None:
    text = (
        AWS
        + """
    variable "x" {}
    resource "aws_s3_bucket" "a" {
      tags = { data_class = "health" }
    }
    resource "aws_s3_bucket" "one" {
      bucket = "one"
    }
    resource "aws_s3_bucket" "two" {
      bucket = "two"
    }
    resource "aws_s3_bucket" "three" {}
    resource "aws_s3_bucket_replication_configuration" "r" {
      bucket = aws_s3_bucket.a.id
      rule {
        destination {
          bucket = var.x ? aws_s3_bucket.one.bucket : aws_s3_bucket.two.bucket
        }
      }
    }
    """
    )
    placed = resolved(text)[0]
    assert classes(placed["aws_s3_bucket.one"]) == {"health": "propagated"}
    assert classes(placed["aws_s3_bucket.two"]) == {"health": "propagated"}
    assert classes(placed["aws_s3_bucket.three"]) == {}


def test_tokens_of_every_case_style() -> None:
    assert tokens("dossierMedicalV2") == ("dossier", "medical", "v", "2")
    assert tokens("HTTPServer-été_x") == ("http", "server", "ete", "x")


KUBERNETES = (
    'provider "kubernetes" {\n  host = "https://a.gr7.us-east-1.eks.amazonaws.com"\n}\n'
)
OBJECT = 'resource "kubernetes_deployment_v1" "x" {\n  metadata {\n    name = "x"\n    %s\n  }\n  %s\n}\n'
POD = "spec {\n    template {\n      metadata {\n        %s\n      }\n    }\n  }"
OWN = '{ "sovlint.dev/data" = "health" }'


@pytest.mark.parametrize(
    "block",
    [
        OBJECT % (f"labels = {OWN}", ""),
        OBJECT % (f"annotations = {OWN}", ""),
        OBJECT % ('labels = { app = "x" }', POD % f"annotations = {OWN}"),
        OBJECT % ("", POD % 'labels = { data_class = "health" }'),
        f'resource "kubernetes_manifest" "x" {{\n  manifest = {{ metadata = {{ labels = {OWN} }} }}\n}}\n',
        'resource "kubernetes_manifest" "x" {\n  manifest = yamldecode("metadata: {labels: '
        '{sovlint.dev/data: health}}")\n}\n',
    ],
)
def test_objects_of_kubernetes_are_labelled_in_terraform_as_in_their_manifests(
    block: str,
) -> None:
    (placed,) = resolved(KUBERNETES + block)[0].values()
    assert classes(placed) == {"health": "declared"}


def test_what_the_key_of_kubernetes_declares_adds_up_with_a_key_of_the_configuration() -> (
    None
):
    labels = 'labels = { data_class = "anonymous", "sovlint.dev/data" = "health" }'
    (placed,) = resolved(KUBERNETES + OBJECT % (labels, ""))[0].values()
    assert classes(placed) == {"anonymous": "declared", "health": "declared"}


def test_the_key_of_kubernetes_says_nothing_in_the_tags_of_a_cloud() -> None:
    assert bucket(f"tags = {OWN}") == {}


@pytest.mark.parametrize(
    ("copies", "address"),
    [
        (
            'resource "aws_dlm_lifecycle_policy" "p" {\n  policy_details {\n    resource_types = ["VOLUME"]\n'
            '    target_tags = { data_class = "health" }\n  }\n}\n',
            "aws_dlm_lifecycle_policy.p",
        ),
        (
            'resource "aws_backup_plan" "p" {\n  name = "p"\n}\nresource "aws_backup_selection" "s" {\n'
            '  plan_id = aws_backup_plan.p.id\n  selection_tag {\n    type = "STRINGEQUALS"\n'
            '    key = "data_class"\n    value = "health"\n  }\n}\n',
            "aws_backup_selection.s",
        ),
    ],
)
def test_what_copies_all_that_has_a_tag_carries_what_the_tag_declares(
    copies: str, address: str
) -> None:
    placed = resolved(AWS + copies)[0]
    assert classes(placed[address]) == {"health": "declared"}
    assert all("health" in classes(each) for each in placed.values())


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("health__${var.x}", {"health": "declared"}),
        ("${var.x}+nir", {"nir": "declared"}),
        ("health${var.x}", {}),
        ("${var.x}health", {}),
        ("anonymous,${var.x}", {}),
    ],
)
def test_a_class_beside_a_hole_is_declared_and_what_fills_the_hole_may_be_more(
    value: str, found: dict[str, str]
) -> None:
    text = f'variable "x" {{}}\nresource "aws_s3_bucket" "b" {{\n  tags = {{ data_class = "{value}" }}\n}}\n'
    placed = resolved(AWS + text)[0]["aws_s3_bucket.b"]
    assert classes(placed) == found
    assert placed.classes.unknown is not None

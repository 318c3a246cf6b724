"""What templates of CloudFormation and SAM declare, and where files beside them say that it is: by hand."""

from __future__ import annotations

import pytest

from sovlint.frontends import configuration
from sovlint.model.classrules import ClassRules
from sovlint.model.inputs import ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.value import Known, Unknown
from sovlint.resolve.resolver import resolve
from sovlint.rules.files.declares import humped
from tests.frontends.configuration.house import DAY, one, placed, read, told
from tests.frontends.memory import MemoryReader
from tests.resolve.house import catalog

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Parameters:
  Network: {Type: "AWS::EC2::VPC::Id"}
Globals:
  Function:
    Environment:
      Variables: {SENTRY_DSN: "https://0123@o1.ingest.de.sentry.io/4", S3_BUCKET: !Ref Claims}
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: {EndpointConfiguration: {Type: REGIONAL}}
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      Environment:
        Variables:
          SMTP_HOST: {"Fn::Sub": "smtp.${Domain}"}
          REDIS_URL: !If [a, "redis://x.acme.fr:6379", !Ref B]
  Claims:
    Type: AWS::S3::Bucket
    Properties:
      Tags: [{Key: data-class, Value: health}]
      ReplicationConfiguration:
        Rules: [{Destination: {Bucket: !GetAtt Copy.Arn}}]
  Database:
    Type: "AWS::RDS::DBInstance"
    Condition: IsProd
    Properties: {AutomaticBackupReplicationRegion: eu-west-1}
  Broker: {Type: "AWS::AmazonMQ::Broker"}
  Site: {Type: "AWS::CloudFront::Distribution"}
  Role: {Type: "AWS::IAM::Role"}
  Own: {Type: "Custom::Thing"}
  Module: {Type: "AWS::S3::Bucket::MODULE"}
"""
SAMCONFIG = "version = 0.1\n[default.deploy.parameters]\nstack_name = 'claims'\nregion = 'eu-west-3'\n"


def all_told(files: dict[str, str | bytes | None]) -> dict[str, list[str]]:
    """By what is declared: role, provider and region of each placement."""
    found: dict[str, list[str]] = {}
    for each in placed(files):
        name = each.resource.address.partition("#")[2].removeprefix("Resources.")
        for place in each.placements:
            three = place.role, place.provider, place.region
            facts = [fact.value if isinstance(fact, Known) else "?" for fact in three]
            found.setdefault(name, []).append(" ".join(str(fact) for fact in facts))
    return found


def test_what_a_template_declares_is_placed_as_the_plug_ins_types_are() -> None:
    found = all_told({"template.yaml": TEMPLATE, "samconfig.toml": SAMCONFIG})
    assert found == {
        "Api": ["edge aws eu-west-3"],
        "Handler": [
            "compute aws eu-west-3",
            "processor sentry EU",
            "processor ? ?",
            "at-rest ? ?",
        ],
        "Claims": ["at-rest aws eu-west-3", "replica aws ?"],
        "Database": ["at-rest aws eu-west-3", "backup aws eu-west-1"],
        "Broker": ["at-rest aws eu-west-3"],
        "Site": ["edge aws global"],
        "Role": ["config aws eu-west-3"],
        "default.deploy.parameters.region": ["config aws eu-west-3"],
    }


FUNCTIONS = """\
AWSTemplateFormatVersion: "2010-09-09"
Globals: {Function: {Environment: {Variables: {SMTP_HOST: smtp-relay.brevo.com, LOG_LEVEL: debug}}}}
Resources:
  Own:
    Type: AWS::Serverless::Function
    Properties:
      Tags: {data-classification: health}
      Environment: {Variables: {SMTP_HOST: smtp.sendgrid.net, S3_BUCKET: !Ref Files}}
  Other: {Type: AWS::Serverless::Function}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Tags: [{Key: data-classification, Value: health}]
      ContainerDefinitions:
        - Environment: [{Name: SMTP_HOST, Value: smtp.sendgrid.net}]
          Secrets: [{Name: DATABASE_URL, ValueFrom: !Ref Secret}]
          LogConfiguration: {LogDriver: awslogs, Options: {awslogs-region: us-east-1}}
        - LogConfiguration: {LogDriver: awslogs, Options: {awslogs-region: !Ref Region, awslogs-group: !Ref Logs}}
"""


def test_where_a_function_sends_data_goes_its_class() -> None:
    """What all functions are given counts unless one says otherwise itself."""
    own, other, task = placed({"template.yaml": FUNCTIONS})
    assert [claim.data_class for each in (own, task) for claim in each.classes.claims] == [
        "health",
        "health",
    ]
    assert not other.classes.claims
    assert all_told({"template.yaml": FUNCTIONS}) == {
        "Own": ["compute aws ?", "processor sendgrid ?"],
        "Other": ["compute aws ?", "processor brevo ?"],
        "Task": [
            "compute aws ?",
            "processor sendgrid ?",
            "at-rest ? ?",
            "logs aws us-east-1",
        ],
    }


def test_where_it_is_deployed_isnt_known_without_a_file_that_says_so() -> None:
    assert all_told({"template.yaml": TEMPLATE})["Claims"][0] == "at-rest aws ?"
    assert (
        all_told({"template.yaml": TEMPLATE, "b/samconfig.toml": SAMCONFIG})["Claims"][0]
        == "at-rest aws ?"
    )


def test_environments_in_two_regions_leave_it_open() -> None:
    two = SAMCONFIG + "[prod.deploy.parameters]\nregion = 'us-east-1'\n"
    found = placed({"template.yaml": TEMPLATE, "samconfig.toml": two})
    (claims,) = (each for each in found if each.resource.address.endswith("Claims"))
    region = claims.placements[0].region
    assert isinstance(region, Unknown)
    assert {each.value for each in region.among or ()} == {"eu-west-3", "us-east-1"}


def test_tags_and_conditions_and_names() -> None:
    resources = {
        each.address.rpartition(".")[2]: each
        for each in read({"cfn/claims.yml": TEMPLATE}).resources
    }
    (labels,) = resources["Claims"].labels
    assert isinstance(labels.entries, Known)
    (value,) = labels.entries.value.values()  # type: ignore[attr-defined]
    assert value.value == "health"
    assert isinstance(resources["Database"].exists, Unknown)
    assert resources["Claims"].names == ("Claims", "cfn")
    assert resources["Database"].where.span().line == 27


def test_what_is_no_such_template() -> None:
    other = "kind: Template\nResources:\n  A: {Type: 'AWS::S3::Bucket'}\n"
    assert told({"template.yaml": other, "values.yaml": TEMPLATE}) == {}
    assert set(told({"template.example.yaml": TEMPLATE}).values()) == {
        "processor sentry EU if used"
    }
    broken: dict[str, str | bytes | None] = {
        "template.yaml": "AWSTemplateFormatVersion: 1\nResources: [{Type: 'AWS::S3::Bucket'}, 1, null]\n",
        "stack.yaml": "AWSTemplateFormatVersion: 1\nResources: {A: {Type: [a]}, B: 1, C: {Type: !Ref A}}",
        "sam.yaml": "AWSTemplateFormatVersion: 1\nResources: {\n",
    }
    assert set(told(broken).values()) <= {"at-rest aws ?"}
    assert read(broken).skipped == ("sam.yaml",)


BUCKET = "Resources:\n  Claims: {Type: 'AWS::S3::Bucket'}\n"
VERSION = "AWSTemplateFormatVersion: a\n"


def begun(files: dict[str, str | bytes | None]) -> Reading:
    """What is read where each file but ``samconfig.toml`` is known to begin like a template."""
    templates = [path for path in files if path != "samconfig.toml"]
    options = ReadOptions(begun=dict.fromkeys(templates, "cloudformation"))
    return configuration.read(MemoryReader(files), options, catalog().hints())


@pytest.mark.parametrize(
    "path",
    ["a.yaml", "network/storage.yml", "stack", "templates/a.json", "A/Templates/b.template"],
)
@pytest.mark.parametrize("text", [BUCKET, VERSION + BUCKET])
def test_what_begins_like_a_template_is_read_whatever_it_is_called(
    path: str, text: str
) -> None:
    found = begun({path: text})
    assert [each.address for each in found.resources] == [f"config:{path}#Resources.Claims"]
    assert (found.files, found.unquoted, found.skipped) == ((path,), (path,), ())
    assert read({path: BUCKET}).files == ()


def test_its_head_says_more_than_its_name() -> None:
    found = begun({"application.yml": BUCKET, ".env": BUCKET, "mkdocs.yml": BUCKET})
    assert {each.type for each in found.resources} == {"awscc_s3_bucket"}
    assert len(found.resources) == 3


@pytest.mark.parametrize(
    "path", ["tests/a.yaml", "vendor/templates/a.yaml", "examples/a.yaml", "docs/a.yml"]
)
def test_what_is_somebody_elses_or_an_example_is_passed_over(path: str) -> None:
    found = begun({path: BUCKET})
    assert (found.resources, found.files, found.passed_over) == ((), (), (path,))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("bucket-example.yaml", BUCKET),
        ("a.yaml", VERSION + "Resources: {}\n"),
        ("a.yaml", VERSION + "Resources: {A: {Type: 'Custom::A'}}\n"),
        ("a.yaml", BUCKET + "  Fn::Transform: {Name: 'AWS::Include'}\n"),
        ("a.yaml", BUCKET + "  Other: !Transform {Name: 'AWS::Include'}\n"),
        ("a.yaml", BUCKET + "  Other: {Type: !Ref Type}\n"),
        ("a.yaml", BUCKET + "  Other: {Type: !Module ../bucket.yaml}\n"),
        ("a.yaml", BUCKET + "  Fn::If: [A, {B: {Type: 'AWS::S3::Bucket'}}, {}]\n"),
        ("a.yaml", BUCKET + "Transform: Count\n"),
        ("a.yaml", BUCKET + "Transform: ['AWS::Serverless-2016-10-31', 'AWS::Include']\n"),
        ("a.yaml", VERSION + "Resources: !Transform {Name: 'AWS::Include'}\n"),
        ("cloudformation/a.yaml", VERSION + "Resources: {}\n"),
    ],
)
def test_one_that_declares_more_than_is_read_counts_as_unread(path: str, text: str) -> None:
    found = begun({path: text})
    assert (found.files, found.unquoted) == ((), (path,))


@pytest.mark.parametrize(
    "text",
    [
        BUCKET + "Transform: AWS::LanguageExtensions\n",
        BUCKET + "Transform: ['AWS::Serverless-2016-10-31']\n",
        BUCKET
        + "  Other: {Type: 'AWS::SQS::Queue', Condition: !Ref A, Properties: {A: !Ref B, Tags: !If [a, b, c]}}\n",
        BUCKET
        + "  Other: {Type: 'AWS::SQS::Queue', Properties: {Fn::Transform: {Name: 'AWS::Include'}}}\n",
        BUCKET + "  Other: {Type: 'Custom::A', Properties: {Type: !Ref A}}\n",
        BUCKET + "Outputs: {A: !Ref B}\n",
    ],
)
def test_one_whose_settings_alone_are_open_is_read(text: str) -> None:
    assert begun({"a.yaml": text}).files == ("a.yaml",)


def test_what_a_loop_makes_is_declared_once() -> None:
    loop = "Fn::ForEach::{}: [N, [a, b], {{{}}}]"
    bucket = "'${N}': {Type: 'AWS::S3::Bucket'}"
    inner = VERSION + f"Resources:\n  {loop.format('One', bucket)}\n"
    outer = VERSION + f"Resources:\n  {loop.format('Two', loop.format('One', bucket))}\n"
    found = begun({"a.yaml": inner, "b.yaml": outer})
    assert [each.type for each in found.resources] == ["awscc_s3_bucket"] * 2
    assert found.files == ("a.yaml", "b.yaml")


def test_the_region_beside_a_template_is_that_of_what_is_deployed_so() -> None:
    """Another stack beside it may be anywhere: a certificate of CloudFront is in us-east-1."""
    named = SAMCONFIG + "template_file = 'infra/claims.yaml'\n"
    files: dict[str, str | bytes | None] = dict.fromkeys(
        ("template.yml", "claims.yaml"), BUCKET
    )
    known: dict[str, list[str]] = {}
    for config in (SAMCONFIG, named):
        resources = begun({**files, "samconfig.toml": config}).resources
        for each in resolve(resources, catalog(), ClassRules(), (), DAY)[0]:
            region = each.placements[0].region
            path = each.resource.where.span().path
            if (
                path != "samconfig.toml"
                and isinstance(region, Known)
                and region.value == "eu-west-3"
            ):
                known.setdefault(config, []).append(path)
    assert known == {SAMCONFIG: ["template.yml"], named: ["claims.yaml", "template.yml"]}


def test_cdk_tells_where_it_looked_things_up() -> None:
    text = (
        '{\n  "availability-zones:account=123456789012:region=eu-west-3": ["eu-west-3a"],\n'
        '  "vpc-provider:account=123456789012:filter.isDefault=true:region=eu-west-3:returnAsymmetric=true": {},\n'
        '  "ami:account=1:filters.name.0=x:region=us-east-1": "ami-0"\n}\n'
    )
    assert one("cdk.context.json", text) == {
        "availability-zones": "config aws eu-west-3",
        "ami": "config aws us-east-1",
    }


def test_names_in_small_letters() -> None:
    assert [humped(each) for each in ("DBInstance", "GraphQLApi", "RestApi", "TopicV2", "WebACL", "FHIRDatastore")] == [
        "db_instance", "graph_ql_api", "rest_api", "topic_v2", "web_acl", "fhir_datastore",
    ]  # fmt: skip


OVERRIDDEN = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Place: {Type: String, Default: eu-west-3}
  Name: {Type: String, Default: claims}
Resources:
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      Environment:
        Variables:
          DATABASE_URL: !Sub "postgres://u@x.${Place}.rds.amazonaws.com/claims"
          REDIS_URL: !Sub "redis://${Name}.x.euw3.cache.amazonaws.com:6379"
          API_URL: !Sub "https://a.execute-api.eu-west-3.${AWS::URLSuffix}/prod"
"""


@pytest.mark.parametrize(
    ("given", "regions"),
    [
        ('"Place=eu-west-3 Name=other"', ["eu-west-3", "?"]),
        ('"Place=us-east-1"', ["?", "eu-west-3"]),
        ('\'Name="claims" Place="us-east-1"\'', ["?", "eu-west-3"]),
        ('["Name=claims", "Place=us-east-1"]', ["?", "eu-west-3"]),
        ('"ParameterKey=Place,ParameterValue=us-east-1"', ["?", "eu-west-3"]),
        ('"Elsewhere=us-east-1"', ["eu-west-3", "eu-west-3"]),
    ],
)
def test_a_default_that_is_given_another_value_is_not_proved(
    given: str, regions: list[str]
) -> None:
    sam = f"version = 0.1\n[default.deploy.parameters]\nparameter_overrides = {given}\n"
    found = all_told({"template.yaml": OVERRIDDEN, "samconfig.toml": sam})["Handler"]
    assert [each.split()[-1] for each in found if each.startswith("at-rest")] == regions
    assert "aws eu-west-3" in found[-1]  # the address of its own interface

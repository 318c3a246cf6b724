"""What templates of CloudFormation and SAM declare, and where files beside them say that it is: by hand."""

from __future__ import annotations

from sovlint.model.value import Known, Unknown
from sovlint.rules.declares import humped
from tests.frontends.configuration.house import one, placed, read, told

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
SAMCONFIG = (
    "version = 0.1\n[default.deploy.parameters]\nstack_name = 'claims'\nregion = 'eu-west-3'\n"
)


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
        "Handler": ["compute aws eu-west-3", "processor sentry EU", "processor ? ?", "at-rest ? ?"],
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
        "Task": ["compute aws ?", "processor sendgrid ?", "at-rest ? ?", "logs aws us-east-1"],
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

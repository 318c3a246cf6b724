"""Configuration files of frameworks and programs, by hand: what they prove, and what they don't."""

from __future__ import annotations

import pytest

from tests.frontends.configuration.house import one, told

RAILS = """\
default: &default
  adapter: postgresql
  <% if ENV["TUNED"].present? %>
  pool: <%= big ? ENV.fetch("POOL", 5).to_i : 5 %>
  <% end %>
development:
  <<: *default
  host: <%= ENV["DB_HOST"] %>
production:
  <<: *default
  host: <%= ENV.fetch("DB_HOST", "claims.abc.eu-west-3.rds.amazonaws.com") %>
"""


def test_a_database_of_rails_is_that_of_production() -> None:
    assert one("config/database.yml", RAILS) == {"production.host": "at-rest aws eu-west-3"}
    unknown = RAILS.replace(', "claims.abc.eu-west-3.rds.amazonaws.com"', "")
    assert one("config/database.yml", unknown) == {"production.host": "at-rest ? ?"}
    assert told({"spec/dummy/config/database.yml": RAILS}) == {}


def test_a_url_counts_whatever_host_a_database_of_rails_has_from_defaults() -> None:
    text = """\
default: &default
  host: <%= ENV["PG_HOST"] %>
production:
  primary:
    <<: *default
    url: <%= ENV["PG_URL"] %>
  archive:
    <<: *default
"""
    assert one("config/database.yml", text) == {
        "production.primary.url": "at-rest ? ?",
        "production.archive.host": "at-rest ? ?",
    }


def test_a_default_in_ruby_is_the_value() -> None:
    for written in (
        "ENV.fetch('URL') { 'redis://acme-1.upstash.io' }",
        "ENV['URL'] || 'redis://acme-1.upstash.io'",
    ):
        text = f"production:\n  adapter: redis\n  url: <%= {written} %>\n"
        assert one("config/cable.yml", text) == {"production.url": "at-rest upstash ?"}
    assert (
        one(
            "config/cable.yml",
            "production:\n  url: <%= ENV['URL'] || 'redis://localhost:6379' %>\n",
        )
        == {}
    )


def test_a_default_of_dbt_is_the_value() -> None:
    text = """claims:\n  outputs:\n    prod:\n      type: postgres\n      host: "{{ env_var('DBT_HOST'%s) }}"\n"""
    key = "claims.outputs.prod.host"
    assert one("profiles.yml", text % "") == {key: "at-rest ? ?"}
    assert one("profiles.yml", text % ", 'a.abc.eu-west-3.rds.amazonaws.com'") == {
        key: "at-rest aws eu-west-3"
    }
    assert one("profiles.yml", text % ", 'localhost'") == {}


def test_what_is_downloaded_is_no_database() -> None:
    text = '{"DrugDatabase": {"Url": "https://github.com/acme/drugs/blob/main/all.%s"}}'
    assert one("appsettings.json", text % "zip?raw=true") == {}
    assert one(
        "appsettings.json", '{"ClaimsDatabase": {"Url": "https://couch.acme.fr/claims"}}'
    ) == {"ClaimsDatabase.Url": "at-rest ? ?"}


def test_a_bucket_is_where_spring_has_its_region() -> None:
    text = "cloud.aws.s3.bucket=${BUCKET}\ncloud.aws.region.%s=ap-northeast-2\n"
    for key in ("static", "static-region"):
        assert one("application.properties", text % key) == {
            "cloud.aws.s3.bucket": "at-rest ? ?"
        }  # of those that have it


def test_stores_of_rails_hold_if_an_environment_uses_them() -> None:
    text = """\
        local: {service: Disk, root: <%= Rails.root.join("storage") %>}
        amazon:
          service: S3
          region: eu-west-3
        own:
          service: S3
          region: us-east-1
          endpoint: https://s3.fr-par.scw.cloud
        google: {service: GCS, bucket: a}
        """.replace('root: <%= Rails.root.join("storage") %>', "root: storage")
    assert one("config/storage.yml", text) == {
        "amazon.region": "at-rest aws eu-west-3 if used",
        "own.endpoint": "at-rest scaleway fr-par if used",
        "google.service": "at-rest google-cloud ? if used",
    }


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("config/packages/mailer.yaml", "framework:\n  mailer:\n    dsn: 'brevo+api://k@default'\n",
         {"framework.mailer.dsn": "processor brevo ?"}),
        ("config/packages/messenger.yaml",
         "framework:\n  messenger:\n    transports:\n      a: 'sqs://default/a?region=eu-west-3'\n"
         "      b: '%env(DSN)%'\n",
         {"framework.messenger.transports.a": "processor aws eu-west-3"}),
        ("config/packages/doctrine.yaml", "doctrine:\n  dbal:\n    url: '%env(resolve:DATABASE_URL)%'\n",
         {"doctrine.dbal.url": "at-rest ? ?"}),
        ("config/production.json", '{"smtp": {"host": "email-smtp.eu-west-3.amazonaws.com"}}',
         {"smtp.host": "processor aws eu-west-3"}),
        ("config.toml", "[database]\nhost = 'acme.postgres.database.azure.com'\n",
         {"database.host": "at-rest microsoft-azure ?"}),
        ("prisma/schema.prisma", 'datasource db {\n  url = "postgres://a:b@ep-a.eu-central-1.aws.neon.tech/claims"\n}\n',
         {"url": "at-rest neon ?"}),
        ("src/main/resources/META-INF/persistence.xml",
         '<persistence><property name="jakarta.persistence.jdbc.url" '
         'value="jdbc:mysql://a.eu-west-1.rds.amazonaws.com/c"/></persistence>',
         {"persistence.jakarta.persistence.jdbc.url": "at-rest aws eu-west-1"}),
        ("Web.Release.config",
         '<configuration><connectionStrings><add name="Claims" connectionString="Server=a.database.windows.net"/>'
         "</connectionStrings></configuration>",
         {"configuration.connectionStrings.Claims": "at-rest microsoft-azure ?"}),
        ("src/main/resources/logback-spring.xml",
         "<configuration><appender><destination>gra1.logs.ovh.com:12202</destination></appender></configuration>",
         {"configuration.appender.destination": "logs ovhcloud GRA"}),
        ("profiles.yml", 
         "c:\n  outputs:\n    prod: {type: bigquery, location: europe-west9}\n    dev: {type: duckdb}\n",
         {"c.outputs.prod.location": "at-rest google-cloud europe-west9"}),
        ("profiles.yml", "c:\n  outputs:\n    prod: {type: snowflake, account: '{{ env_var(\"ACCOUNT\") }}'}\n",
         {"c.outputs.prod.account": "at-rest snowflake ?"}),
        ("airflow.cfg", "[smtp]\nsmtp_host = smtp.sendgrid.net\n[core]\nexecutor = LocalExecutor\n",
         {"smtp.smtp_host": "processor sendgrid ?"}),
        ("dhis.conf", "filestore.provider = aws-s3\nfilestore.location = eu-west-3\n"
         "connection.url = jdbc:postgresql://${DB_HOST}/d\n",
         {"filestore.location": "at-rest aws eu-west-3", "connection.url": "at-rest ? ?"}),
        ("orthanc.json", '{"AwsS3Storage": {"BucketName": "images", "Region": "us-east-1"}}',
         {"AwsS3Storage.Region": "at-rest aws us-east-1"}),
        ("mobile/app.json", '{"expo": {"extra": {"SUPABASE_URL": "https://abcd.supabase.co"}}}',
         {"expo.extra.SUPABASE_URL": "at-rest supabase ?"}),
        ("main.cf", "relayhost = [smtp.eu.mailgun.org]:587\n", {"relayhost": "processor mailgun EU"}),
        ("rclone.conf", "[a]\ntype = s3\nprovider = AWS\nregion = eu-west-3\n"
         "[b]\ntype = s3\nendpoint = s3.gra.io.cloud.ovh.net\n",
         {"a.region": "backup aws eu-west-3", "b.endpoint": "at-rest ovhcloud GRA"}),
        ("application.properties",
         "%prod.quarkus.datasource.jdbc.url=jdbc:postgresql://a.eu-west-3.rds.amazonaws.com/c\n",
         {"%prod.quarkus.datasource.jdbc.url": "at-rest aws eu-west-3"}),
    ],
)  # fmt: skip
def test_where_frameworks_and_programs_send_data(
    name: str, text: str, found: dict[str, str]
) -> None:
    assert one(name, text) == found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("config.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  DATABASE_HOST: db.acme.fr\n"),
        ("config.yml", "contact_links:\n  - {name: a, url: https://acme.fr}\n"),
        ("config/packages/messenger.yaml",
         "framework:\n  messenger:\n    transports:\n      a:\n        dsn: 'doctrine://default'\n"),
        ("prisma/schema.prisma", 'datasource db {\n  url = env("DATABASE_URL")\n}\n'),
        ("alembic.ini", "[alembic]\nsqlalchemy.url = driver://user:pass@localhost/dbname\n"),
        ("logback-test.xml", "<configuration><destination>logs.acme.fr:5000</destination></configuration>"),
        ("config/settings/test.yml", "smtp:\n  address: smtp-relay.brevo.com\n"),
        ("settings.py", "DATABASE_URL = 'postgres://db.acme.fr/claims'\n"),
        ("config/initializers/mail.rb", "smtp_host = 'smtp-relay.brevo.com'\n"),
    ],
)  # fmt: skip
def test_what_is_no_evidence_there(name: str, text: str) -> None:
    assert told({name: text}) == {}


def test_a_proxy_hands_on_what_people_send() -> None:
    text = (
        "upstream local { server app:8000; }\nupstream api {\n  server api.acme.fr:443;\n}\n"
        "location /ph/ {\n  proxy_pass https://eu.i.posthog.com/;\n  proxy_set_header Host eu.i.posthog.com;\n}\n"
        "location / {\n  proxy_pass http://local;\n  # proxy_pass https://us.i.posthog.com;\n}\n"
    )
    found = {"proxy_pass": "processor posthog EU", "server.1": "processor ? ?"}
    assert one("webapp/servers.conf.erb", text) == found
    assert one("files/nginx/site.conf", text) == found
    assert one("files/other/site.conf", text) == {}

"""Files of hosting platforms: where they deploy to, and what the variables in them say. By hand."""

from __future__ import annotations

from tests.frontends.configuration.house import one, placed, read, told


def test_fly() -> None:
    text = (
        "app = 'claims'\nprimary_region = 'cdg'\n[env]\nSMTP_HOST = 'smtp-relay.brevo.com'\n"
    )
    assert one("fly.toml", text) == {
        "primary_region": "compute fly-io cdg",
        "env.SMTP_HOST": "processor brevo ?",
    }
    assert one("fly.toml", "app = 'claims'\n") == {"fly": "compute fly-io ?"}
    text = "app = 'claims'\nprimary_region = '{{ region }}'\n"
    assert one("fly.toml", text) == {"primary_region": "compute fly-io ?"}
    (found,) = read({"fly.toml": text}).resources
    assert found.where.span().line == 2


def test_vercel_runs_functions_in_each_region() -> None:
    text = '{"regions": ["cdg1", "iad1"], "env": {"AUTH0_DOMAIN": "ponant.eu.auth0.com", "PORT": 1}}'
    assert one("vercel.json", text) == {
        "regions.0": "compute vercel cdg1",
        "regions.1": "compute vercel iad1",
        "env.AUTH0_DOMAIN": "processor okta EU",
    }
    assert one("vercel.json", '{"cleanUrls": true}') == {"vercel": "compute vercel ?"}


def test_netlify_by_context() -> None:
    text = """\
        [build]
        publish = "site"
        [build.environment]
        SMTP_HOST = "smtp-relay.brevo.com"
        [context.production.environment]
        SENTRY_DSN = "https://0123@o1.ingest.de.sentry.io/4"
        """
    assert one("netlify.toml", text) == {
        "netlify": "compute netlify ?",
        "build.environment.SMTP_HOST": "processor brevo ?",
        "context.production.environment.SENTRY_DSN": "processor sentry EU",
    }


def test_render_has_a_region_for_each_service() -> None:
    text = """\
        services:
          - type: web
            name: api
            region: frankfurt
            envVars:
              - {key: DATABASE_URL, fromDatabase: {name: claims, property: connectionString}}
              - {key: SMTP_HOST, value: smtp-relay.brevo.com}
              - {key: SENDGRID_API_KEY, sync: false}
          - {type: worker, name: mails, envVars: [{key: SMTP_HOST, value: in-v3.mailjet.com}]}
          - {type: keyvalue, name: cache, region: ohio}
        databases:
          - {name: claims, region: oregon}
        """
    assert one("render.yaml", text) == {
        "services.0.region": "compute render frankfurt",
        "services.1": "compute render ?",
        "services.2.region": "at-rest render ohio",
        "databases.0.region": "at-rest render oregon",
        "services.0.envVars.SMTP_HOST": "processor brevo ?",
        "services.1.envVars.SMTP_HOST": "processor mailjet ?",
    }


def test_a_manifest_that_anybody_may_deploy_is_weak() -> None:
    text = '{"name": "a", "env": {"SMTP_HOST": {"value": "smtp-relay.brevo.com"}, "SENDGRID_API_KEY": {"value": "k"}}}'
    assert one("scalingo.json", text) == {
        "scalingo": "compute scalingo ? if used",
        "env.SMTP_HOST": "processor brevo ? if used",
    }
    assert one("app.json", text.replace('"name"', '"addons": [], "name"')) == {
        "env.SMTP_HOST": "processor brevo ? if used",
    }
    assert one("app.json", '{"expo": {}, "env": {"SMTP_HOST": "smtp-relay.brevo.com"}}') == {}
    assert one("Procfile", "web: SMTP_HOST=smtp-relay.brevo.com npm start\n") == {}


def test_serverless() -> None:
    text = """\
        service: claims
        provider:
          name: aws
          region: ${opt:region, 'eu-west-3'}
          environment: {S3_BUCKET: claims, AWS_REGION: eu-west-3, TABLE: !Ref Claims}
        functions:
          a: {handler: a.b, environment: {SENTRY_DSN: "${ssm:/claims/dsn}"}}
        """
    assert one("serverless.yml", text) == {
        "provider.region": "compute aws eu-west-3",
        "provider.environment.S3_BUCKET": "at-rest ? ?",  # of those that have it
        "functions.a.environment.SENTRY_DSN": "processor ? ?",
    }
    assert one("serverless.yml", "provider: {name: scaleway, region: fr-par}\n") == {
        "provider.region": "compute scaleway fr-par"
    }
    assert one("serverless.yml", "provider: {name: somewhere, region: fr-par}\n") == {}


def test_workers() -> None:
    text = """\
        main = "src/index.ts"
        [vars]
        SMTP_HOST = "smtp-relay.brevo.com"
        [[r2_buckets]]
        binding = "FILES"
        jurisdiction = "eu"
        [env.production.vars]
        SENTRY_DSN = "https://0123@o1.ingest.de.sentry.io/4"
        """
    assert one("wrangler.toml", text) == {
        "workers": "compute cloudflare ?",
        "r2_buckets.0.jurisdiction": "at-rest cloudflare eu",
        "vars.SMTP_HOST": "processor brevo ?",
        "env.production.vars.SENTRY_DSN": "processor sentry EU",
    }


def test_googles_platforms() -> None:
    app = "runtime: python312\nenv_variables:\n  SMTP_HOST: smtp-relay.brevo.com\n"
    assert one("app.yaml", app) == {
        "app-engine": "compute google-cloud ?",
        "env_variables.SMTP_HOST": "processor brevo ?",
    }
    firebase = '{"hosting": {"public": "a"}, "firestore": {"rules": "a"}, "emulators": {"database": {"port": 1}}}'
    assert one("firebase.json", firebase) == {
        "firebase-hosting": "edge google-cloud ?",
        "firestore": "at-rest google-cloud ?",
    }


def test_others() -> None:
    assert one("heroku.yml", "build: {docker: {web: Dockerfile}}\n") == {
        "heroku": "compute heroku ?"
    }
    assert one(".clever.json", '{"apps": [{"app_id": "app_0"}]}') == {
        "apps.0": "compute clever-cloud ?"
    }
    assert one("azure.yaml", "services: {api: {host: containerapp}, x: {host: other}}\n") == {
        "services.api": "compute microsoft-azure ?"
    }
    assert told(
        {
            ".elasticbeanstalk/config.yml": "global: {application_name: a, default_region: eu-west-3}\n"
        }
    ) == {".elasticbeanstalk/config.yml#global.default_region": "compute aws eu-west-3"}
    manifest = "applications:\n- {name: a, env: {SMTP_HOST: smtp-relay.brevo.com}}\n"
    assert one("manifest.yml", manifest) == {
        "applications.0.env.SMTP_HOST": "processor brevo ?"
    }


def test_where_something_runs_is_no_sending_on() -> None:
    (found,) = placed({"fly.toml": "app = 'a'\nprimary_region = 'cdg'\n"})
    assert [place.sent for place in found.placements] == [""]


def test_digitalocean_names_cities_alone_and_keeps_databases() -> None:
    text = "name: a\nregion: {}\ndatabases:\n  - {{name: claims, engine: PG}}\n"
    found = one(".do/app.yaml", text.format("fra"))
    assert sorted(found.values()) == ["at-rest digitalocean ?", "compute digitalocean fra1"]
    assert "compute digitalocean nyc" in one(".do/app.yaml", text.format("nyc")).values()


def test_the_serverless_framework_has_fallbacks_and_a_region_of_its_own() -> None:
    def region(written: str) -> str:
        text = f"service: a\nprovider:\n  name: aws\n{written}"
        return one("serverless.yml", text).popitem()[1]

    assert region("  region: eu-west-3\n") == "compute aws eu-west-3"
    assert region("  region: ${opt:region, 'eu-west-1'}\n") == "compute aws eu-west-1"
    several = '  region: ${opt:region, self:custom.region, "eu-west-3"}\n'
    assert region(several) == "compute aws eu-west-3"
    assert region("  region: ${opt:region, self:custom.region}\n") == "compute aws ?"
    assert region("  region: ${opt:region, ${env:REGION, 'eu-west-1'}}\n") == "compute aws ?"
    assert region("  region: ${self:custom.region}\n") == "compute aws ?"
    key = "  environment: {STRIPE_API_KEY: \"${env:STRIPE_KEY, ''}\"}\n"
    text = f"service: a\nprovider:\n  name: aws\n{key}"
    assert (
        one("serverless.yml", text)["provider.environment.STRIPE_API_KEY"]
        == "processor stripe ?"
    )
    assert region("") == "compute aws us-east-1"
    other = "service: a\nprovider:\n  name: scaleway\n"
    assert one("serverless.yml", other).popitem()[1] == "compute scaleway ?"

"""Who signs users in, and gateways to generative AI: by hand, for files of their own."""

from __future__ import annotations

import json

import pytest

from tests.frontends.configuration.house import one


def realm(*providers: dict[str, object], **rest: object) -> str:
    return json.dumps({"realm": "adherents", "identityProviders": list(providers), **rest})


def oidc(url: str) -> dict[str, object]:
    return {
        "alias": "a",
        "providerId": "oidc",
        "enabled": True,
        "config": {"authorizationUrl": url},
    }


def test_a_realm_sends_users_to_its_identity_providers() -> None:
    text = realm(
        oidc("https://app.franceconnect.gouv.fr/api/v2/authorize"),
        oidc("https://wallet.esw.esante.gouv.fr/auth"),
        {"alias": "g", "providerId": "google", "config": {}},
        {"alias": "m", "providerId": "microsoft", "enabled": False},
        {"alias": "s", "providerId": "saml", "config": {"singleSignOnServiceUrl": "https://sso.acme.fr/saml"}},
        oidc("http://keycloak:8080/realms/b"),
        smtpServer={"host": "smtp-relay.brevo.com", "password": "**********"},
        components={"org.keycloak.storage.UserStorageProvider": [
            {"providerId": "ldap", "config": {"connectionUrl": ["ldaps://ldap.acme.fr:636"]}}, {"providerId": "own"},
        ], "org.keycloak.keys.KeyProvider": [{"providerId": "rsa"}]},
    )  # fmt: skip
    assert one("realm-adherents.json", text) == {
        "identityProviders.0": "processor franceconnect ?",
        "identityProviders.1": "processor pro-sante-connect ?",
        "identityProviders.2": "processor google-cloud ?",
        "identityProviders.4": "processor ? ?",
        "smtpServer.host": "processor brevo ?",
    }


def test_several_realms_in_one_export() -> None:
    assert one(
        "keycloak/export.json",
        f"[{realm(oidc('https://acme.eu.auth0.com/authorize'))}, {realm()}]",
    ) == {"0.identityProviders.0": "processor okta EU"}


@pytest.mark.parametrize(
    ("name", "text", "meets"),
    [
        ("config.yaml", "connectors:\n  - {type: github, config: {clientID: a}}\n  - {type: ldap, config: {host: "
         "'ldap.acme.fr:636'}}\n  - {type: mockCallback}\n  - {type: gitlab, config: {baseURL: 'http://gitlab'}}",
         {"connectors.0": "processor github ?"}),
        ("oauth2-proxy.cfg", 'provider = "oidc"\noidc_issuer_url = "https://acme.okta.com"\n',
         {"provider": "processor okta ?"}),
        ("oauth2-proxy.cfg", 'provider = "oidc"\n', {"provider": "processor ? ?"}),
        ("oauth2-proxy.cfg", 'provider = "oidc"\noidc_issuer_url = "https://your-okta-domain/oauth2"\n', {}),
        ("oauth2-proxy.cfg", 'provider = "${PROVIDER}"\n', {"provider": "processor ? ?"}),
        ("oauth2_proxy.cfg", 'provider = "entra-id"\n', {"provider": "processor microsoft-azure ?"}),
        ("configuration.yml", "authentication_backend: {file: {path: /a}, refresh_interval: 5m}\n"
         "storage: {postgres: {address: 'tcp://db.acme.fr:5432'}}\nnotifier: {smtp: {address: "
         "'submission://smtp-relay.brevo.com:587'}}\nsession: {redis: {host: redis}}",
         {"storage.postgres": "at-rest ? ?", "notifier.smtp": "processor brevo ?"}),
        ("tenant.yaml", "clients: [{name: a, callbacks: @@CALLBACKS@@, oidc_conformant: true}]\n"
         "connections: [{strategy: waad}, {strategy: oidc, options: {issuer: 'https://sso.acme.fr'}}]\n"
         "emailProvider: {name: mailgun, enabled: true}\nlogStreams: [{type: datadog, status: active}, "
         "{type: splunk, status: paused}]\ndatabases: []\n",
         {"auth0": "processor okta ?", "connections.0": "processor microsoft-azure ?", "connections.1": "processor ? ?",
          "emailProvider": "processor mailgun ?", "logStreams.0": "logs datadog ?"}),
        ("config.json", '{"AUTH0_DOMAIN": "acme.eu.auth0.com", "AUTH0_CLIENT_SECRET": "s"}',
         {"AUTH0_DOMAIN": "processor okta EU"}),
        ("tenant.yaml", "kind: Tenant\nspec: {owners: [{name: a}]}\n", {}),
        ("configuration.yml", "storage: {postgres: {address: 'tcp://db.acme.fr:5432'}}\n", {}),
    ],
)  # fmt: skip
def test_each_broker(name: str, text: str, meets: dict[str, str]) -> None:
    assert one(name, text) == meets


def model(name: str, rest: str = "") -> str:
    return f"  - model_name: m\n    litellm_params: {{model: {name}, api_key: os.environ/KEY{rest}}}\n"


@pytest.mark.parametrize(
    ("entry", "meets"),
    [
        (
            model("azure/gpt-4o", ", api_base: 'https://acme.openai.azure.com'"),
            "ai microsoft-azure ?",
        ),
        (
            model("azure/gpt-4o", ", api_base: os.environ/AZURE_API_BASE"),
            "ai microsoft-azure ?",
        ),
        (
            model("bedrock/anthropic.claude-3", ", aws_region_name: eu-west-3"),
            "ai aws eu-west-3",
        ),
        (
            model("vertex_ai/gemini-2.5-pro", ", vertex_location: europe-west9"),
            "ai google-cloud europe-west9",
        ),
        (model("mistral/mistral-large-latest"), "ai mistral-ai ?"),
        (model("anthropic/claude-sonnet-4"), "ai anthropic ?"),
        (model("claude-sonnet-4"), "ai anthropic ?"),
        (model("gpt-4o"), "ai openai ?"),
        (
            model(
                "openai/llama",
                ", api_base: 'https://oai.endpoints.kepler.ai.cloud.ovh.net/v1'",
            ),
            "ai ovhcloud ?",
        ),
        (model("openai/llama", ", api_base: os.environ/BASE"), "ai ? ?"),
        (model("hosted_vllm/a", ", api_base: 'https://llm.acme.fr'"), "ai ? ?"),
        (model("unheard-of/a"), "ai ? ?"),
        (model("os.environ/MODEL"), "ai ? ?"),
        (model("ollama/mistral"), None),
        (model("openai/a", ", api_base: 'http://vllm:8000/v1'"), None),
        (model("openai/a", ", api_base: 'https://your-endpoint.acme.fr'"), None),
    ],
)
def test_models_behind_a_gateway(entry: str, meets: str | None) -> None:
    wanted = {} if meets is None else {meets}
    assert set(one("litellm_config.yaml", f"model_list:\n{entry}").values()) == (
        wanted or set()
    )


def test_each_model_s_company_is_told_once_and_what_a_gateway_logs_too() -> None:
    azure = [model("azure/c", f", api_base: os.environ/{name}") for name in "AAB"]
    text = f"""\
model_list:
{model("openai/a")}{model("gpt-4o")}{"".join(azure)}
litellm_settings:
  success_callback: [langfuse, prometheus]
  callbacks: [datadog, own_module.handler]
general_settings: {{database_url: "postgres://llm:s@db.acme.fr/llm"}}
environment_variables: {{SENTRY_DSN: "https://0@o1.ingest.de.sentry.io/4"}}
"""
    assert one("config.yaml", text) == {
        "model_list.0.litellm_params": "ai openai ?",
        "model_list.2.litellm_params": "ai microsoft-azure ?",
        "model_list.4.litellm_params": "ai microsoft-azure ?",
        "litellm_settings.success_callback.0": "logs ? ?",
        "litellm_settings.callbacks.0": "logs datadog ?",
        "general_settings.database_url": "at-rest ? ?",
        "environment_variables.SENTRY_DSN": "processor sentry EU",
    }


def test_a_chat_and_its_models() -> None:
    text = """\
        endpoints:
          openAI: {titleConvo: true}
          custom:
            - {name: Mistral, apiKey: "${MISTRAL_API_KEY}", baseURL: "https://api.mistral.ai/v1"}
            - {name: local, apiKey: k, baseURL: "http://ollama:11434/v1"}
          azureOpenAI: {groups: [{group: fr, instanceName: acme-fr}, {group: b, instanceName: "${INSTANCE}"}]}
        mcpServers: {files: {command: npx}, search: {url: "https://mcp.acme.fr/mcp"}}
        """
    assert one("librechat.yaml", text) == {
        "endpoints.custom.0": "ai mistral-ai ?",
        "endpoints.azureOpenAI.groups.0": "ai microsoft-azure ?",
        "endpoints.azureOpenAI.groups.1": "ai microsoft-azure ?",
        "mcpServers.search.url": "processor ? ?",
    }


@pytest.mark.parametrize(
    "name",
    [
        ".continue/config.yaml",
        ".aider.conf.yml",
        ".github/copilot-instructions.md",
        ".cursor/mcp.json",
        ".mcp.json",
    ],
)
def test_what_developers_write_code_with_is_not_read(name: str) -> None:
    assert (
        one(
            name,
            "models: [{provider: openai, apiBase: 'https://api.openai.com'}]\nopenai-api-key: k\n",
        )
        == {}
    )

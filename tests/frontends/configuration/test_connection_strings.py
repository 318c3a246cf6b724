"""Addresses as drivers take them: what is left out of what is committed (a password, a key) hides no host."""

from __future__ import annotations

import json

import pytest

from tests.frontends.configuration.house import one

AZURE = "at-rest microsoft-azure ?"
PARIS = "at-rest aws eu-west-3"
ORACLE = "claims.abc.eu-west-3.rds.amazonaws.com"


@pytest.mark.parametrize(
    "secret", ["", "<set in key vault>", "xxxx", "changeme", "your-password", "Tr0ub4dor"]
)
def test_a_secret_that_is_left_out_hides_no_store(secret: str) -> None:
    strings = {
        "Sql": f"Server=tcp:a.database.windows.net,1433;User ID=app;Password={secret};Encrypt=True",
        "Source": f"Data Source=b.database.windows.net;Password={secret}",
        "Files": f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={secret};EndpointSuffix=core.windows.net",
        "Cosmos": f"AccountEndpoint=https://quais.documents.azure.com:443/;AccountKey={secret};",
        "Cache": f"quais.redis.cache.windows.net:6380,password={secret},ssl=True",
    }
    text = json.dumps({"ConnectionStrings": strings})
    assert one("appsettings.json", text) == {
        f"ConnectionStrings.{name}": AZURE for name in strings
    }
    jdbc = f"spring.datasource.url=jdbc:sqlserver://c.database.windows.net:1433;database=x;password={secret}\n"
    assert one("application.properties", jdbc) == {"spring.datasource.url": AZURE}


def test_a_host_that_has_still_to_be_filled_in_is_none() -> None:
    for host in (
        "<server>.database.windows.net",
        "your-server.database.windows.net",
        "xxx.database.windows.net",
    ):
        assert (
            one(
                "appsettings.json",
                json.dumps({"ConnectionStrings": {"A": f"Server={host};Password=a"}}),
            )
            == {}
        )
    for host in ("my-domain.fr", "my-app.herokuapp.com", "your-claims.neon.tech"):
        assert one(".env", f"DB_HOST={host}\nELASTICSEARCH_URL=https://{host}\n") == {}


def test_a_host_may_be_called_mine() -> None:
    text = "ELASTICSEARCH_URL=https://my-claims.es.eu-west-3.aws.elastic-cloud.com:9243\nPGHOST=my-claims.neon.tech\n"
    assert one(".env", text) == {
        "ELASTICSEARCH_URL": "at-rest elastic ?",
        "PGHOST": "at-rest neon ?",
    }


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("mongodb+srv://u:p@claims.abcde.mongodb.net/x", "at-rest mongodb ?"),
        ("postgres://u:p@claims.neon.tech/x", "at-rest neon ?"),
        ("amqps://u:p@goose.rmq2.cloudamqp.com/vh", "processor cloudamqp ?"),
        (
            f"Data Source=(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST={ORACLE})(PORT=1521)));User Id=a",
            PARIS,
        ),
        (f"Data Source={ORACLE}:1521/ORCL;User Id=a", PARIS),
        (
            "BlobEndpoint=https://quais.blob.core.windows.net/;SharedAccessSignature=sv=1&sig=a",
            AZURE,
        ),
        ("AccountName=quais;AccountKey=YQ==", AZURE),
        ("https://quais.blob.core.windows.net/claims", AZURE),
        ("Addr=a.database.windows.net;Database=x", AZURE),
        ("HostName=quais.azure-devices.net;SharedAccessKey=a", AZURE),
        ("Server=a.database.windows.net\\INSTANCE;Database=x", AZURE),
    ],
)
def test_connection_strings_of_dotnet(text: str, where: str) -> None:
    assert one("appsettings.json", json.dumps({"ConnectionStrings": {"A": text}})) == {
        "ConnectionStrings.A": where
    }


@pytest.mark.parametrize(
    "text",
    [
        "Server=.\\SQLEXPRESS;Database=x", "Server=(localdb)\\MSSQLLocalDB;Database=x", "UseDevelopmentStorage=true",
        "Data Source=(localdb)\\v11;Database=x", "Data Source=app.db", "localhost:6379,password=a", "file:///x.db",
        "Server=db;Database=x", "redis:6379",
    ],
)  # fmt: skip
def test_connection_strings_that_lead_nowhere(text: str) -> None:
    assert one("appsettings.json", json.dumps({"ConnectionStrings": {"A": text}})) == {}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"jdbc:oracle:thin:@{ORACLE}:1521:ORCL", PARIS),
        (f"jdbc:oracle:thin:scott/tiger@{ORACLE}:1521:ORCL", PARIS),
        (f"jdbc:oracle:thin:scott/tiger@//{ORACLE}:1521/ORCL", PARIS),
        (f"jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST={ORACLE})(PORT=1521)))", PARIS),
        ("sqlserver://a.database.windows.net:1433;database=x", AZURE),
        ("postgres://user:pa/ss@claims.neon.tech/x", "at-rest neon ?"),
        ("'postgres://user:pa#ss@claims.neon.tech:5432/x'", "at-rest neon ?"),
        ("postgres://claims.neon.tech:5432/x@y", "at-rest neon ?"),
        ("r2dbc:postgresql://u:p@claims.neon.tech/x", "at-rest neon ?"),
        ("r2dbc:pool:postgresql://claims.neon.tech/x", "at-rest neon ?"),
    ],
)
def test_addresses_as_drivers_take_them(text: str, where: str) -> None:
    assert one(".env", f"DATABASE_URL={text}\n") == {"DATABASE_URL": where}


def test_words_as_libpq_takes_them() -> None:
    words = "host=claims.neon.tech user=app password='a b' dbname=claims port=5432 sslmode=require"
    assert one(".env", f'DATABASE_DSN="{words}"\n') == {"DATABASE_DSN": "at-rest neon ?"}
    assert (
        one(
            ".env",
            'DB_DSN="user=app host=/var/run/postgresql dbname=x"\nPG_DSN="host=db user=a"\n',
        )
        == {}
    )


def test_a_service_bus_is_told_once() -> None:
    text = "SERVICEBUS_CONNECTION_STRING=Endpoint=sb://quais.servicebus.windows.net/;SharedAccessKey=a\n"
    assert one(".env", text) == {
        "SERVICEBUS_CONNECTION_STRING": "processor microsoft-azure ?"
    }


def test_dotnet_writes_names_of_companies_with_humps() -> None:
    text = """\
        {
          "ApplicationInsights": {"ConnectionString":
            "InstrumentationKey=0;IngestionEndpoint=https://francecentral-1.in.applicationinsights.azure.com/"},
          "SendGrid": {"ApiKey": "SG.0"},
          "OpenAI": {"ApiKey": "sk-0"}
        }
        """
    assert one("appsettings.json", text) == {
        "ApplicationInsights.ConnectionString": "logs microsoft-azure francecentral",
        "SendGrid.ApiKey": "processor sendgrid ?",
        "OpenAI.ApiKey": "ai openai ?",
    }


def test_spring_has_more_than_one_data_source() -> None:
    text = """\
        app.datasource.url=jdbc:postgresql://claims.neon.tech/x
        claims.datasource.jdbc-url=jdbc:postgresql://other.neon.tech/x
        spring.flyway.url=jdbc:postgresql://third.neon.tech/x
        spring.cloud.azure.storage.blob.account-name=quais
        spring.cloud.azure.servicebus.namespace=quais
        azure.cosmos.uri=https://quais.documents.azure.com
        """
    assert one("application.properties", text) == {
        "app.datasource.url": "at-rest neon ?",
        "claims.datasource.jdbc-url": "at-rest neon ?",
        "spring.flyway.url": "at-rest neon ?",
        "spring.cloud.azure.storage.blob.account-name": AZURE,
        "spring.cloud.azure.servicebus.namespace": "processor microsoft-azure ?",
        "azure.cosmos.uri": AZURE,
    }


def test_spring_names_the_region_of_its_bucket() -> None:
    text = "spring.cloud.aws.s3.bucket=claims\nspring.cloud.aws.region.static=eu-west-3\n"
    assert one("application.properties", text) == {
        "spring.cloud.aws.s3.bucket": "at-rest ? ?"
    }  # of those that have it
    own = text + "spring.cloud.aws.s3.endpoint=https://s3.fr-par.scw.cloud\n"
    assert one("application.properties", own) == {
        "spring.cloud.aws.s3.endpoint": "at-rest scaleway fr-par"
    }


def test_sinks_of_serilog() -> None:
    sinks = [
        {"Name": "Console"},
        {"Name": "Seq", "Args": {"serverUrl": "http://seq:5341", "apiKey": "a"}},
        {
            "Name": "Elasticsearch",
            "Args": {
                "nodeUris": "https://u:p@claims.es.eu-west-3.aws.elastic-cloud.com:9243"
            },
        },
        {
            "Name": "Http",
            "Args": {"requestUri": "https://http-intake.logs.datadoghq.eu/api/v2/logs"},
        },
        {"Name": "File", "Args": {"path": "logs/claims.txt"}},
    ]
    found = one("appsettings.json", json.dumps({"Serilog": {"WriteTo": sinks}}))
    assert sorted(found.values()) == ["logs datadog EU", "logs elastic ?"]


def test_a_long_value_is_read_in_no_time() -> None:
    for text in ("a" * 19_000, "a" * 9_000 + ";=", "a=b " * 4_900, "a " * 9_000 + "="):
        assert (
            one("appsettings.json", json.dumps({"ConnectionStrings": {"A": text, "B": text}}))
            == {}
        )

"""Places that a name or a value tells by itself: ids that can be nothing else, buckets, and addresses under rare names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.destinations.test_not_asked import service
from tests.destinations.test_own_sites import sent_to


@pytest.mark.parametrize(
    "setting",
    [
        "USER_POOL_ID: us-east-1_MZgKoBmkN",
        "GA_CONFIG_ID: G-KDJBNRPRJM",
        "WEBSITE_GOOGLE_TAG_ID: GTM-AB12CD3",
        "REPORT_STREAM_URL_PREFIX: https://staging.prime.acme.org",
        "SPRING_DATASOURCE_CLAIMS_HIKARI_JDBCURL: ${CLAIMS}",
        "SLACK_HOOK_TOKEN: ${TOKEN}",
        "OKTA_API_KEY: ${KEY}",
        "CLAIMS_SENDGRID_ENABLED: 'true'",
        "B2C_CUSTOM_DOMAIN: sign-in.acme.fr",
        "IMAGE_BUCKET: aw-claims-images",
        "QUARANTINE_BUCKET_NAME: acme-quarantine",
        "DMS__ApplicationUrl: https://dms-api.acme.org",
        "AIRFLOW_CONN_PG: ${AIRFLOW_CONN_PG}",
        "AIRFLOW_CONN_SLACK: ${AIRFLOW_CONN_SLACK}",
        "SMARTY_AUTH_ID: a1b2c3",
        "AIRFLOW_VAR_GRIST_API_TOKEN: a1b2c3",
        "AWS_LAMBDA_EXEC_WRAPPER: /opt/dynatrace",
        "DT_TENANT: abc12345",
    ],
)
def test_it_is_told(tmp_path: Path, setting: str) -> None:
    name = setting.partition(":")[0]
    assert sent_to(tmp_path, ("docker-compose.yml", service(setting))) == {name}


@pytest.mark.parametrize(
    "setting",
    [
        "WORKER_POOL_ID: blue",
        "IMAGE_TAG: G-1.2.3",
        "TF_STATE_BUCKET: acme-state",
        "LATENCY_BUCKET: '0.5'",
        "URL_PREFIX: https://claims.acme.fr",
        "ApplicationUrl: https://claims.acme.fr",
        "SENDGRID_ENABLED: 'false'",
    ],
)
def test_it_is_no_place(tmp_path: Path, setting: str) -> None:
    assert sent_to(tmp_path, ("docker-compose.yml", service(setting))) == set()

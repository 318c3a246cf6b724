"""Which addresses with holes surely stay inside, and which only look so."""

from __future__ import annotations

import pytest

from sovlint.documents.attributes import text_value
from sovlint.model.source import Span
from sovlint.model.value import Known, Unknown
from sovlint.resolve.facts.endpoints import stays_inside, who_answers
from tests.resolve.house import catalog

HERE = Span("values.yaml", 1, 1, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "{{ .Release.Name }}-postgresql",
        "{{ $.Release.Name }}-postgresql",
        "jdbc:postgresql://{{ .Release.Name }}-postgresql:5432/{{ .Values.database }}",
        'redis://{{ include "claims.fullname" . }}-redis:6379',
        "http://s2s-{{ .Values.global.environment }}.core-{{ .Values.global.environment }}.internal",
        "redis://${SERVICE_NAME}-redis-master:6379",
        "${SERVICE_NAME}-es-master:9200",
        "jdbc:tc:postgresql:15.6://localhost/claims",
    ],
)
def test_services_of_a_release_and_names_of_a_network_stay_inside(text: str) -> None:
    assert stays_inside(text_value(text, HERE, "settings.written"), catalog())


@pytest.mark.parametrize(
    "text",
    [
        "{{ .Release.Name }}.acme.fr",
        "postgres://{{ .Release.Name }}@{{ .Values.host }}/claims",
        "{{ .Values.host }}-postgresql",
        "{{ .Values.host }}/{{ .Release.Name }}",
        "{{ .Release.Name }}-{{ .Values.domain }}",
        "https://s2s.{{ .Values.domain }}",
        "https://claims-{{ .Values.domain }}",
        "https://{{ .Values.host }}.claims-service.fr",
        "${DATABASE_URL}-readonly",
        "https://{{ .Values.internal }}.acme.fr",
        "jdbc:postgresql://db.acme.fr/claims",
    ],
)
def test_anything_else_may_leave(text: str) -> None:
    assert not stays_inside(text_value(text, HERE, "settings.written"), catalog())


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("https://.blob.core.windows.net", "microsoft-azure"),
        ("postgres://u:p@.postgres.database.azure.com:5432/claims", "microsoft-azure"),
        ("https://.s3.eu-west-3.amazonaws.com/claims", "aws"),
        ("https://claims..blob.core.windows.net", "microsoft-azure"),
    ],
)
def test_an_empty_label_is_one_that_nobody_has_set_and_what_follows_says_whose(
    text: str, company: str
) -> None:
    answer = who_answers(Known(text), catalog())
    assert isinstance(answer, Known)
    assert answer.value.provider == company


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://.acme.fr", "*.acme.fr"),
        ("https://..acme.fr", "*.*.acme.fr"),
        ("https://evil.fr/.blob.core.windows.net", "evil.fr"),
        ("https://evil.fr?x=.blob.core.windows.net", "evil.fr"),
    ],
)
def test_what_follows_an_empty_label_proves_no_more_than_it_says(
    text: str, host: str
) -> None:
    answer = who_answers(Known(text), catalog())
    assert isinstance(answer, Unknown)
    assert answer.host == host

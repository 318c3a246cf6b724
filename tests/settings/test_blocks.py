"""Readers of blocks: Logstash, Grafana Alloy and Fluentd."""

from __future__ import annotations

import pytest

from sovlint.documents import DocumentError
from tests.settings.test_readers import said


def test_logstash() -> None:
    text = """\
input { beats { port => 5044 } } # comment { }
filter {
  if [a] =~ /^x{2}\\/\\// or "b" in [tags] { mutate { add_field => { "c" => "%{d}" "e" => "f" } } }
}
output {
  if [a] == "b" {
    http { url => "https://a.fr" }
  } else if [c] {
    http { url => 'https://b.fr' }
  }
  elasticsearch { hosts => ["${ES}", "https://c.fr"] user => bare index => "a-%{+YYYY}" }
}
"""
    assert said("braces", text) == [
        ("input.0.beats.0.port", "5044", 1),
        ("filter.0.mutate.0.add_field.c", "%{d}", 3),
        ("filter.0.mutate.0.add_field.e", "f", 3),
        ("output.0.http.0.url", "https://a.fr", 7),
        ("output.0.http.1.url", "https://b.fr", 9),
        ("output.0.elasticsearch.0.hosts.0", None, 11),
        ("output.0.elasticsearch.0.hosts.1", "https://c.fr", 11),
        ("output.0.elasticsearch.0.user", "bare", 11),
        ("output.0.elasticsearch.0.index", "a-%{+YYYY}", 11),
    ]


def test_alloy() -> None:
    text = """\
// loki.write "off" { endpoint { url = "https://off.fr" } }
logging { level = "warn" }
loki.write "a" {
  endpoint {
    url = "https://a.fr"
    headers = { "X" = "y", z = sys.env("Z") }
    tls_config { insecure_skip_verify = true }
  }
  endpoint { url = "https://" + sys.env("HOST") + "/push" }
  external_labels = {}
}
prometheus.scrape "b" { targets = [{"__address__" = "c:80"}], forward_to = [loki.write.a.receiver] }
"""
    assert said("braces", text) == [
        ("logging.0.level", "warn", 2),
        ("loki.write.a.0.endpoint.0.url", "https://a.fr", 5),
        ("loki.write.a.0.endpoint.0.headers.X", "y", 6),
        ("loki.write.a.0.endpoint.0.headers.z", None, 6),
        ("loki.write.a.0.endpoint.0.tls_config.0.insecure_skip_verify", "true", 7),
        ("loki.write.a.0.endpoint.1.url", None, 9),
        ("prometheus.scrape.b.0.targets.0.__address__", "c:80", 12),
        ("prometheus.scrape.b.0.forward_to.0", None, 12),
    ]


def test_fluentd() -> None:
    text = """\
<source>
  @type forward # in
</source>
<label @A>
  <match **>
    @type copy
    <store>
      @type http
      endpoint "https://a.fr"
      # off b
    </store>
    <store ignore_error>
      @type null
    </store>
  </match>
</label>
"""
    assert said("fluentd", text) == [
        ("source.0.@type", "forward", 2),
        ("label.0.match.0.@type", "copy", 6),
        ("label.0.match.0.store.0.@type", "http", 8),
        ("label.0.match.0.store.0.endpoint", "https://a.fr", 9),
        ("label.0.match.0.store.1.@type", "null", 13),
    ]


def test_what_is_broken_ends_the_reading_or_is_passed_over() -> None:
    assert said("braces", "}}} a => 'b") == []
    assert said("braces", "a => b c => [d e => f") == [
        ("a", "b", 1),
        ("c.0", "d", 1),
        ("c.1", "e", 1),
        ("c.3", "f", 1),
    ]
    with pytest.raises(DocumentError):
        said("braces", "a {" * 100)
    with pytest.raises(DocumentError):
        said("braces", "a = " + "[" * 100)
    assert said("fluentd", "</a>\n</b>\n<match\nx y\n</match>\n")[-1] == ("x", "y", 4)


def test_what_means_harm_ends_soon() -> None:
    for text in (
        '"' + '\\"' * 200_000,
        "/*" * 200_000,
        "'" * 200_001,
        "=~ /" * 100_000,
        "{" * 40,
    ):
        assert said("braces", text) == []
    assert said("fluentd", "<a" + " " * 400_000) == [("<a", "", 1)]

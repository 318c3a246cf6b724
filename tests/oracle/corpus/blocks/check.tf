check "health" {
  data "http" "example" {
    url = "https://example.org"
  }
  assert {
    condition     = data.http.example.status_code == 200
    error_message = "${data.http.example.url} isn't there"
  }
}

resource "a" "b" {
  for_each = { for k, v in var.buckets : k => v if v.enabled }
  name     = each.key
  region   = each.value.region
}

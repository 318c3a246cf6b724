resource "a" "b" {
  count = var.enabled ? 1 : 0
  name  = "x-${count.index}"
}

resource "a" "b" {
  dynamic "c" {
    for_each = var.x
    content {
      dynamic "d" {
        for_each = c.value
        content {
          e = d.value
        }
      }
    }
  }
}

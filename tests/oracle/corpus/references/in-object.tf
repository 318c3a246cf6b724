v = {
  a           = var.x
  (var.key)   = 1
  "${var.k}x" = 2
}

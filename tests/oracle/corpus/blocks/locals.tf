locals {
  a = 1
  b = "x"
}
locals {
  c = true
}

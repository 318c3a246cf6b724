resource "a" "b" {
  depends_on = [a.c, module.d]
  provider   = aws.paris
}

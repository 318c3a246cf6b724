resource "a" "x" {
  n = 1
}
resource "a" "y" {
  n = 2
}
resource "b" "x" {
  n = 3
}

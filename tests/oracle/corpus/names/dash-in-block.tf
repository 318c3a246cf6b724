my-block "x" {
  a = 1
}

a {
  # one
  b = 1 /* two */
  // three
}

v = {
  # before
  a = 1 # after
  // between
  b = 2
  /* last */
}

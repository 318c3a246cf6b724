v = [
  "a", # first
  "b", // second
  /* third */ "c",
]

v = (
  true
  ? "a"
  : "b"
)

v = true && (false || true)

v = formatdate("H:mm AA", "2026-11-05T15:03:00Z")

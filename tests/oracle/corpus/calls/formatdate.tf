v = formatdate("YYYY-MM-DD", "2026-11-25T10:00:00Z")

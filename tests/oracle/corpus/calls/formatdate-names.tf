v = formatdate("EEE, DD MMM YYYY hh:mm", "2026-11-05T09:03:00Z")

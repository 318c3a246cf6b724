v = formatdate("h 'o''clock' ZZZZZ", "2026-11-05T09:03:00+02:00")

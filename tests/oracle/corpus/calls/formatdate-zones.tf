v = formatdate("Z ZZZ ZZZZ ZZZZZ", "2026-11-05T09:03:00Z")

v = jsonencode("é<>&")

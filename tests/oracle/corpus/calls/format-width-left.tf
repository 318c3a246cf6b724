v = format("[%-6s]", "ab")

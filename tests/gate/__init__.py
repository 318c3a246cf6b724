"""Ways to talk a gate round, and what the report says of each."""

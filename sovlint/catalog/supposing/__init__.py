"""A changed world: what somebody supposes, and the catalogue as it would be then."""

"""Which data a resource carries: declared, intrinsic, inferred."""

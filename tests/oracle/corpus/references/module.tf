v = module.claims["x"].bucket.arn

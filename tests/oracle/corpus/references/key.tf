v = aws_s3_bucket.claims["a"].id

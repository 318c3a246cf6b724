v = aws_s3_bucket.claims[0].id

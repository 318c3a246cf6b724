v = aws_s3_bucket.claims[var.name].id

moved {
  from = aws_s3_bucket.a
  to   = module.b.aws_s3_bucket.a["x"]
}

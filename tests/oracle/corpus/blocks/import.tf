import {
  for_each = toset(["a", "b"])
  to       = aws_s3_bucket.a[each.key]
  id       = "bucket-${each.value}"
}

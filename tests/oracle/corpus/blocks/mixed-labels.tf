resource "aws_s3_bucket" claims {
  bucket = "claims"
}

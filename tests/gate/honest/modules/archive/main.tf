resource "aws_s3_bucket" "archive" {
  tags = { data-classification = "health" }
}

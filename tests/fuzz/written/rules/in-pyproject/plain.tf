provider "aws" {
  region = "eu-west-3"
}

resource "aws_s3_bucket" "plain" {
  bucket = "acme-claims"
  tags   = { data-classification = "health" }
}

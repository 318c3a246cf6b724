variable "region" {
  default = "us-east-1"
}

provider "aws" {
  region = var.region
}

resource "aws_s3_bucket" "claims" {
  bucket = "acme-claims"
  tags   = { data-classification = "health" }
}

resource "aws_db_instance" "members" {
  engine = "postgres"
  tags   = { data-classification = "health" }
}

module "archive" {
  source = "../modules/archive"
}

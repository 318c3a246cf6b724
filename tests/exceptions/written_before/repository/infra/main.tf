variable "region" {}
variable "spare" {}

provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "paris"
  region = "eu-west-3"
}

resource "aws_s3_bucket" "letters" {}

resource "aws_db_instance" "cases" {}

resource "aws_s3_bucket" "here" {
  provider = aws.paris
}

resource "aws_s3_bucket" "spare" {
  count    = var.spare ? 1 : 0
  provider = aws.paris
}

resource "aws_sns_topic_subscription" "partner" {
  provider  = aws.paris
  topic_arn = "arn:aws:sns:eu-west-3:111122223333:cases"
  protocol  = "https"
  endpoint  = "https://hooks.partner-of-ours.org/cases"
}

resource "aws_sns_topic_subscription" "other" {
  provider  = aws.paris
  topic_arn = "arn:aws:sns:eu-west-3:111122223333:cases"
  protocol  = "https"
  endpoint  = "https://in.partner-of-ours.org/cases"
}

module "store" {
  source  = "acme/s3-bucket/aws"
  version = "4.1.0"
}

module "second" {
  source  = "acme/s3-bucket/aws"
  version = "4.1.0"
}

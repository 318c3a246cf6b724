terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
  backend "s3" {
    bucket = "state"
    key    = "claims"
    region = "eu-west-3"
  }
}

variable "region" {
  type    = string
  default = "eu-west-3"
  validation {
    condition     = contains(["eu-west-3", "eu-central-1"], var.region)
    error_message = "no"
  }
}

locals {
  tags  = merge({ data_class = "health" }, var.more)
  names = { for each in ["a", "b"] : each => upper(each) }
}

variable "more" {
  type    = map(string)
  default = {}
}

provider "aws" {
  region = var.region
  default_tags {
    tags = local.tags
  }
}

resource "aws_db_instance" "claims" {
  for_each   = local.names
  identifier = "claims-${each.key}"
  password   = var.password
}

variable "password" {
  sensitive = true
}

data "aws_region" "here" {}

resource "aws_s3_bucket" "copies" {
  count  = length(local.names) > 1 ? 1 : 0
  bucket = "copies-${data.aws_region.here.name}"
}

resource "aws_s3_bucket_replication_configuration" "r" {
  bucket = aws_s3_bucket.copies[0].id
  rule {
    destination {
      bucket = "arn:aws:s3:::elsewhere"
    }
  }
}

resource "aws_instance" "run" {
  ami       = "x"
  user_data = <<-EOT
    #!/bin/sh
    curl -T /data https://files.acme.com/x
    aws s3 cp /data s3://backup/x --region us-east-1
  EOT
}

module "store" {
  source = "./store"
  region = var.region
}

# sovlint: ignore[health-data-under-eu-control] until=2027-01-31 reason="moves with contract 2026-114"
resource "google_storage_bucket" "g" {
  name     = "claims"
  location = "EU"
  labels   = { data_class = "health" }
}

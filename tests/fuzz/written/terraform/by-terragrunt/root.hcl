locals {
  region = "eu-west-3"
}
generate "provider" {
  path = "p.tf"
  if_exists = "overwrite"
  contents = <<EOF
provider "aws" {
  region = "${local.region}"
}
EOF
}
remote_state {
  backend = "s3"
  config = { bucket = "s", key = "${path_relative_to_include()}/x", region = "eu-west-3" }
}

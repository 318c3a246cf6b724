provider "aws" {
  for_each = toset(["eu-west-3"])
  alias    = "by_region"
  region   = each.value
}

variable "region" {
  default = "eu-west-3"
}

terraform {
  backend "s3" {
    bucket = "state"
    region = "eu-west-3"
  }
}

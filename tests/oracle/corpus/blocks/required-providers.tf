terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "~> 6.0"
      configuration_aliases = [aws.paris, aws.us]
    }
    random = "3.0"
  }
}

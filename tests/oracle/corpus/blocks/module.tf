module "claims" {
  source  = "./modules/claims"
  version = "1.0.0"
  region  = var.region
  providers = {
    aws = aws.paris
  }
}

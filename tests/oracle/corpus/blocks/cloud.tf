terraform {
  cloud {
    organization = "mutuelle"
    workspaces {
      tags = ["claims", "prod"]
    }
  }
}

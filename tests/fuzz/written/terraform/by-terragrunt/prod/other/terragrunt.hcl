terraform {
  source = "../../store"
}
inputs = { region = "eu-west-1" }

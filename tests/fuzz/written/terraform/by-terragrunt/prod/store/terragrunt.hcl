include "root" {
  path = find_in_parent_folders("root.hcl")
}
terraform {
  source = "../../store"
}
dependency "other" {
  config_path = "../other"
  mock_outputs = { id = "x" }
}
inputs = merge(yamldecode(file("env.yaml")), {
  region = "us-east-1"
  id = dependency.other.outputs.id
})

variable "region" {
  type = string
  validation {
    condition     = contains(["eu-west-3", "eu-south-1"], var.region)
    error_message = "Must be in the EEA, not ${var.region}."
  }
}

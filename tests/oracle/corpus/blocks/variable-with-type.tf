variable "settings" {
  type = object({
    region = string
    tags   = optional(map(string), {})
  })
  nullable  = false
  sensitive = true
}

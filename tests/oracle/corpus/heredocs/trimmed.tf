v = <<-EOT
    first
      second
    third
  EOT

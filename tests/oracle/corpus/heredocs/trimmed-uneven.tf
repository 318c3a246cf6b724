v = <<-EOT
      deep
    shallow
  EOT

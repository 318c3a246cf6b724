v = <<-EOT
    a
  %{ if true }
   b
  %{ endif }
  EOT

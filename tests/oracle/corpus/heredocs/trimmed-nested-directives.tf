v = <<-EOT
    %{ for x in [1, 2] ~}
      %{ if x == 1 ~}
      one
      %{ else ~}
      other
      %{ endif ~}
    %{ endfor ~}
  EOT

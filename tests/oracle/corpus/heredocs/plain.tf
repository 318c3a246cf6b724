v = <<EOT
first
  second
EOT

v = <<EOT
region: ${var.region}
EOT

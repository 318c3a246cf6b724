v = <<EOT


EOT

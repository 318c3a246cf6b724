v = <<EOT
say "hi" and \n stays
EOT

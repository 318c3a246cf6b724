v = <<EOT
not EOT here
EOTX
EOT

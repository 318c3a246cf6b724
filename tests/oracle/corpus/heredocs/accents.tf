v = <<EOT
données de santé
EOT

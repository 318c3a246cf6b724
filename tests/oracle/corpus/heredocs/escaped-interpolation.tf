v = <<EOT
$${not} %%{this}
EOT

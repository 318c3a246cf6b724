v = <<EOT
a ${1 + 1} b
${"c"}
EOT

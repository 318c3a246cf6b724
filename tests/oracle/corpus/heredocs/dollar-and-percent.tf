v = <<EOT
$ % $x %y 5$
EOT

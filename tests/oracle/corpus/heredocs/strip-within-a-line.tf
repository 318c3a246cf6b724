v = <<EOT
a

  ${~ "x" ~}  

  b
EOT

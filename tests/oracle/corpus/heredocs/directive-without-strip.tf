v = <<EOT
%{ if true }
yes
%{ endif }
EOT

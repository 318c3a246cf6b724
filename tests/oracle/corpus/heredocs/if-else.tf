v = <<EOT
%{ if false ~}
yes
%{ else ~}
no
%{ endif ~}
EOT

v = <<EOT
%{ for x in ["a", "b"] ~}
item ${x}
%{ endfor ~}
end
EOT

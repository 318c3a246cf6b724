v = <<EOT
start
    %{~ for x in ["a", "b"] ~}
    - ${x}
    %{~ endfor ~}
    end
EOT

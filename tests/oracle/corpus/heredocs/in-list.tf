v = [<<EOT
abc
EOT
, "b"]

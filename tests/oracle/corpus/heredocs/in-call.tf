v = upper(<<EOT
abc
EOT
)

v = "%{ if false }yes%{ endif }"

v = "%{ if true }yes%{ endif }"

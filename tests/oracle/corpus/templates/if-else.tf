v = "%{ if 1 > 2 }more%{ else }less%{ endif }"

v = "%{ for x in [1, 2, 3] }%{ if x > 1 }${x}%{ endif }%{ endfor }"

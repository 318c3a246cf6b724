v = "%{ for x in var.l }${x}%{ endfor }"

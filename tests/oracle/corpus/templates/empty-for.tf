v = "[%{ for x in [] }${x}%{ endfor }]"

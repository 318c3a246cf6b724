v = {for k, v in {} : k => v}

type = list(object({ a = string, b = optional(number, 1) }))

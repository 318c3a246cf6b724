v = "is ${true}"

v = jsondecode("{\"a\": [1, 2.5, \"x\", null, true]}")

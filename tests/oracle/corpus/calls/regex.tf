v = regex("[0-9]+", "ab12cd34")

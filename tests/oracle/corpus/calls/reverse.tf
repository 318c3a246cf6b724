v = reverse([1, 2, 3])

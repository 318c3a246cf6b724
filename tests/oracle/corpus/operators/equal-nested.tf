v = {a = [1, {b = null}]} == {a = [1, {b = null}]}

v = {for k in ["a"] : k => upper(k)}.a

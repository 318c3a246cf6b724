v = "pre-%{ if true }x%{ endif }-post"

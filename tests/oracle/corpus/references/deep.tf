v = module.a.b.c[0].d["e"].f[*].g

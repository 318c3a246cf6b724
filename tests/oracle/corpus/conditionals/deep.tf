v = true ? (false ? 1 : (true ? 2 : 3)) : 4

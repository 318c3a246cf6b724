v /* name */ = /* value */ 1

a "b.c" {
}

for {
}
in "x" {
}

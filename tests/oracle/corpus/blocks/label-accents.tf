a "santé" {
}

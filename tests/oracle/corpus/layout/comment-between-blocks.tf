a {
}
# between
b {
}

a {
  tags = { x = 1 }
  tag {
    y = 2
  }
}

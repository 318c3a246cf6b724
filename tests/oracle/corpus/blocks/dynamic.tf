resource "aws_security_group" "a" {
  dynamic "ingress" {
    for_each = var.ports
    iterator = port
    content {
      from_port = port.value
      to_port   = port.key
    }
  }
}

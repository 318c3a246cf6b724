v = aws_subnet.a.0.id

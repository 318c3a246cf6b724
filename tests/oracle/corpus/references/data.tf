v = data.aws_region.current.name

v = provider::aws::arn_parse(var.arn).region

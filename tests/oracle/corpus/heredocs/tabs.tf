v = <<-EOT
		two tabs
			three tabs
	EOT

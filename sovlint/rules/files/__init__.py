"""What configuration files, pipelines and outlets of tools mean, as the catalogue describes them."""

v = "s3.${var.region}.io.cloud.ovh.net"

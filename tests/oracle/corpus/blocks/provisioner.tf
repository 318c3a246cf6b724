resource "null_resource" "a" {
  provisioner "local-exec" {
    when    = destroy
    command = "echo ${self.id}"
  }
  connection {
    type = "ssh"
    host = self.public_ip
  }
}

variable "region" {}

resource "aws_dynamodb_table" "t" {
  name   = "t"
  region = var.region
  tags   = { data-classification = "health" }
  dynamic "replica" {
    for_each = ["eu-west-1", "us-east-1"]
    content {
      region_name = replica.value
    }
  }
}

output "id" {
  value = aws_dynamodb_table.t.id
}

resource "aws_s3_bucket" "claims" {
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [tags, tags["a"]]
    precondition {
      condition     = var.region != ""
      error_message = "A region is needed."
    }
  }
}

output "id" {
  value       = aws_s3_bucket.claims.id
  sensitive   = true
  description = "the bucket"
}

data "aws_region" "current" {
  provider = aws.paris
}

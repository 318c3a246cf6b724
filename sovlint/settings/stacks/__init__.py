"""The language of CloudFormation's templates: functions in a tree -> what they give, as far as the template tells."""

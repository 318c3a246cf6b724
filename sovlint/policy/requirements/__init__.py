"""What a policy asks of a placement: a tree of questions, and Kleene's logic over what they find."""

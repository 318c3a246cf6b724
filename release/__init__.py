"""What a release is made with: ``make release`` and ``make version``. RELEASING.md says when to use which."""

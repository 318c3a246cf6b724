"""What several commands do in the same way: options, output, editing, guesses."""

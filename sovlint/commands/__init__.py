"""What each command does, one file each: options -> a request -> a report -> text and an exit code."""

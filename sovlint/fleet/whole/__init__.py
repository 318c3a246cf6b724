"""What is said of all repositories together: the page, the gate, the trend."""

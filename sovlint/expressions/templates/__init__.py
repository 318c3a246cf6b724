"""Go's text/template with values that may be unknown, and the functions that Helm gives its charts."""

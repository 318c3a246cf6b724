"""The page: a report as one HTML file, with its drawings."""

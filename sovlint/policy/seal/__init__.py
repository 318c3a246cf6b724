"""The Commission's Cloud Sovereignty Framework: which SEAL level an objective can reach at most, and what is asked."""

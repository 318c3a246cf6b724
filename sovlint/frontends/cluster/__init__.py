"""Objects of a cluster and values of charts, whoever writes them: what they use, call and send data to."""

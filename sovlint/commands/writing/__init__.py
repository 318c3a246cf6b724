"""What commands write for people who don't know the files: questions, what comes of the answers, and where it goes."""

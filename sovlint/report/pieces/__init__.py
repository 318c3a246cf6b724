"""What formats share: sentences, frames, lists, what is written for scripts."""

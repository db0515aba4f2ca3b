"""Who puts an answer into words."""

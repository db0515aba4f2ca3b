"""What a person touches: the page and the command line."""

"""Downloads of official documents, over https, from hosts that somebody allowed."""

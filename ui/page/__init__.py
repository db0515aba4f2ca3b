"""The page: a chat in the browser that answers with numbered citations."""

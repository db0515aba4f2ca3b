"""From a question to evidence, to an answer. Knows nothing of ingestion."""

"""New scenario questions without end, each proven to have the right answers it says it has."""

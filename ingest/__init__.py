"""From a source to the library. Knows nothing of the tutor."""

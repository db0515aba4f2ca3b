"""The set-ups a user would otherwise pick, measured in the same run."""

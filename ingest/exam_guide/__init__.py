"""An official exam guide (PDF) as a blueprint."""

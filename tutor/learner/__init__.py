"""The learner: what they answered, what follows from it, and what to do next."""

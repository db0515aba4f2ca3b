"""A learner is led to an answer by questions: hint first, the answer only when it is found or asked for."""

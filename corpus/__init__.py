"""What is known: the exam pack and the library. Imports nothing of the other floors."""

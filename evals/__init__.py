"""How good the tutor is, in numbers that anyone can make again."""

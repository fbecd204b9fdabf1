"""What ships with the program."""

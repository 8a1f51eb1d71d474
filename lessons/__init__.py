"""What is shown: each lesson turns its parameters into an exhibit that every medium draws."""

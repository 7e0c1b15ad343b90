"""What the commands do once their options are parsed, and how they print it. Heavy parts load inside."""

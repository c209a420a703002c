"""What is known before a start in; how long an answer takes, and what a change would bring, out."""

"""An action plan and counts in; what became of each action out."""

"""From the board to the ward and back."""

"""Files and extracts in, checked counts out; the only place where input is checked."""

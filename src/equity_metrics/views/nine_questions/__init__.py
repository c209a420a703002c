"""The nine questions that leaders are asked, answered for one organisation from its evidence and its action plan."""

"""How good search is: judged queries are asked through the real service, and their answers are measured."""

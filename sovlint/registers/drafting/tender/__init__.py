"""The sovereignty statement for tenders: what it rests on, and an answer to each question of a buyer."""

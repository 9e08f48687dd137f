-- Joins the lines by which dead letters are counted; answers how many there were.
select join_letter_counts() as lines

-- Which department answers for which category of complaint.
-- :permission everyone — the team's own policy
SELECT category, responsible
FROM causes

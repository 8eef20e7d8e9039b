-- How well the mood of texts that the models had not seen was told, by source (survey, ticket) and part: all texts, those in
-- Chinese characters, those in Latin letters. `right_base`: how many would be right if each was given the commoner mark.
-- :period ignored — the models are learned from all texts
-- :grain source, part
SELECT
    source, part, verdict, least, folds, texts, unhappy, judged_right, right_base,
    judged_right / texts AS accuracy, right_base / texts AS accuracy_base, auc, brier, brier_base
FROM scoped_mood_models
ORDER BY source, part

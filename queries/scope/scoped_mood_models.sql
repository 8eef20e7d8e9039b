-- What the models of mood were learned from and how they did on texts that they had not seen, by source and script.
-- :permission everyone — counts only, nothing about a customer
SELECT source, part, verdict, least, folds, texts, unhappy, judged_right, right_base, auc, brier, brier_base
FROM mood_models

-- Signs that a customer may leave: for how many customers each fires, and how many it could judge, as of the data's last day.
-- :dimensions tier, segment, region, industry
SELECT signal, judged, fires, tier, segment, region, industry
FROM signal_counts

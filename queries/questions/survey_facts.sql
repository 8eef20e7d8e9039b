-- What the surveys say, per kind: rows, those without score or date, and the scores with their 95 % intervals.
-- :grain kind
SELECT
    CAST(kind AS VARCHAR) AS kind,
    count(*) AS surveys,
    count(*) FILTER (WHERE score IS NULL) AS without_score,
    count(*) FILTER (WHERE day IS NULL) AS undated,
    count(score) AS n,
    CAST(metric('nps') AS DOUBLE) AS nps,
    CAST(metric_low('nps') AS DOUBLE) AS nps_low,
    CAST(metric_high('nps') AS DOUBLE) AS nps_high,
    CAST(metric('promoters') AS DOUBLE) AS promoters,
    CAST(metric('passives') AS DOUBLE) AS passives,
    CAST(metric('detractors') AS DOUBLE) AS detractors,
    CAST(metric('csat') AS DOUBLE) AS csat,
    CAST(metric_low('csat') AS DOUBLE) AS csat_low,
    CAST(metric_high('csat') AS DOUBLE) AS csat_high,
    CAST(metric('csat_mean') AS DOUBLE) AS csat_mean,
    count(*) FILTER (WHERE outcome IN ('promoter', 'satisfied')) AS positive,
    count(*) FILTER (WHERE outcome IN ('detractor', 'dissatisfied')) AS negative,
    CAST(metric('survey_response_rate') AS DOUBLE) AS response_rate
FROM scoped_surveys
GROUP BY kind
ORDER BY kind

-- Steps that a ticket's row has no column for: handed over, escalated, thought to be solved and opened again.
CREATE VIEW ticket_spans AS
SELECT t, key, team, transfers, escalation, reopened, resolved,
  coalesce(assigned, second) AS taken, coalesce(fed_back, responded, assigned, second) AS worked,
  coalesce(resolved, the('horizon') - 1) AS last
FROM tickets;
-- The place of the n-th of so many steps between two moments.
CREATE MACRO step_at(since, until, n, steps, key, salt) AS
  since + floor((until - since) * (n - 1 + u(key * 8 + n, salt)) / (steps + 1))::BIGINT;

CREATE TABLE events AS
WITH drawn AS (
  SELECT t, step_at(taken, last, n, transfers, key, 241) AS moment_of, 'transferred' AS kind,
    the('team_name')[1 + (team + n - 1) % len(the('team_name'))] AS note
  FROM (SELECT *, unnest(range(1, transfers + 1)) AS n FROM ticket_spans)
  UNION ALL
  SELECT t, step_at(worked, last, n, escalation, key, 242), 'escalated', (n + 1)::VARCHAR
  FROM (SELECT *, unnest(range(1, escalation)) AS n FROM ticket_spans)
  UNION ALL
  SELECT t, worked + floor((last - worked) * (n - 0.5) / (reopened + 0.5))::BIGINT, 'resolved', NULL
  FROM (SELECT *, unnest(range(1, reopened + 1)) AS n FROM ticket_spans)
  UNION ALL
  SELECT t, worked + floor((last - worked) * (n - 0.4 * u(key * 8 + n, 243)) / (reopened + 0.5))::BIGINT, 'reopened', NULL
  FROM (SELECT *, unnest(range(1, reopened + 1)) AS n FROM ticket_spans)
  UNION ALL
  SELECT t, resolved, 'resolved', NULL FROM ticket_spans WHERE reopened > 0 AND resolved IS NOT NULL
)
SELECT * FROM drawn ORDER BY moment_of, t, kind DESC;
CREATE VIEW events_csv AS
SELECT rowid AS row, format('E{:08d}', rowid + 1) AS event_id, ticket_name(t) AS ticket_id, moment(moment_of) AS happened_at,
  kind, note
FROM events;

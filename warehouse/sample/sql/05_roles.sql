-- The relative volume of a planted customer in stretch b, from lists of seven: before, then the last six, oldest first.
CREATE MACRO fade(list, b) AS list[CASE WHEN b > 5 THEN 1 ELSE 7 - b END];
CREATE MACRO role_rate(role, stream, b) AS CASE role
  WHEN 'churner' THEN fade(the('churner')[stream], b)
  WHEN 'riser' THEN fade(the('riser')[stream], b)
  ELSE 1.0 END;

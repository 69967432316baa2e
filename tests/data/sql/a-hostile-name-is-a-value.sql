SELECT
  *
FROM cited_facts
WHERE
  subject = '''; DROP TABLE facts; --' AND project = 'x" OR 1=1 --'
ORDER BY
  id

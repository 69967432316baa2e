SELECT
  *
FROM cited_facts
WHERE
  subject = '''; DROP TABLE facts; --'
  AND measure <> '本年收入'
  AND project = 'x" OR 1=1 --'
ORDER BY
  id

SELECT
  *
FROM cited_facts
WHERE
  subject = '印刷费' AND project <> ''
ORDER BY
  id

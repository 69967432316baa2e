SELECT
  *
FROM cited_facts
WHERE
  subject = '专项工作' AND year = 2020 AND project = '专项工作'
ORDER BY
  id

SELECT
  *
FROM cited_facts
WHERE
  subject = '国防支出' AND table_number = '公开表1'
ORDER BY
  id

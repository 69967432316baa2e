SELECT
  *
FROM cited_facts
WHERE
  subject = '公务接待费' AND table_number = '公开表7'
ORDER BY
  id

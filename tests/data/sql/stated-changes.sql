SELECT
  *
FROM cited_statements
WHERE
  kind IN ('增减额', '增减率') AND subject = '公务接待费'
ORDER BY
  id

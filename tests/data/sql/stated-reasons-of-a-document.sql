SELECT
  *
FROM cited_statements
WHERE
  (
    kind = '原因' AND document = 'jianghan-2021'
  ) AND subject = '基本支出'
ORDER BY
  id

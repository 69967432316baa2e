SELECT
  *
FROM cited_facts
WHERE
  (
    code = '30202' OR subject = '办公费'
  )
  AND measure = '基本支出'
  AND table_number = '公开表6'
ORDER BY
  id

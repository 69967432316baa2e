SELECT
  *
FROM cited_facts
WHERE
  document = 'jianghan-2021'
  AND subject = '基本工资'
  AND measure = '基本支出'
  AND project = ''
ORDER BY
  id

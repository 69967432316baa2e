SELECT
  *
FROM cited_facts
WHERE
  classification = '功能分类'
  AND measure = '合计'
  AND table_number = '公开表5'
  AND level = 1
  AND is_total = 0
  AND is_leaf = 0
ORDER BY
  id

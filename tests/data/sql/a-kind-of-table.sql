SELECT
  *
FROM cited_facts
WHERE
  subject = '公务接待费' AND stage = '预算' AND table_kind = '三公经费支出表' AND dimension = '金额'
ORDER BY
  id

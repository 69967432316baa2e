SELECT
  *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY document_id, body, project, code, subject ORDER BY id NULLS LAST) AS printing
  FROM cited_facts
  WHERE
    (
      classification = '绩效指标'
      AND project = '督查工作'
      AND source_id IN (
        SELECT
          source_id
        FROM indicators
        WHERE
          level1 = '服务对象满意度' OR level2 = '服务对象满意度'
      )
    )
    AND printed <> ''
) AS m
WHERE
  printing = 1
ORDER BY
  id

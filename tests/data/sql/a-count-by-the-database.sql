SELECT
  COUNT(value) AS result
FROM (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY document_id, body, project, code, subject ORDER BY id NULLS LAST) AS printing
    FROM cited_facts
    WHERE
      (
        classification = '部门经济分类'
        AND measure = '基本支出'
        AND table_number = '公开表6'
        AND level = 2
      )
      AND printed <> ''
  ) AS m
  WHERE
    printing = 1
  ORDER BY
    id
) AS p

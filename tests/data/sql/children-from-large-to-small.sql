SELECT
  *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY document_id, body, project, code, subject, measure
      ORDER BY id NULLS LAST
    ) AS printing
  FROM cited_facts
  WHERE
    (
      measure = '基本支出' AND parent IN ('303', '对个人和家庭的补助')
    ) AND printed <> ''
) AS m
WHERE
  printing = 1
ORDER BY
  value DESC,
  id

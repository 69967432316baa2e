SELECT
  *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY document_id, body, project, code, subject ORDER BY id NULLS LAST) AS printing
  FROM cited_facts
  WHERE
    (
      classification = '项目'
      AND measure = '本年预算'
      AND fund = ''
      AND year = 2021
      AND NOT subject = '不可预见费'
      AND NOT project = '不可预见费'
      AND dimension = '金额'
      AND value > 20000000
      AND dimension = '金额'
      AND value <= 108000000
    )
    AND printed <> ''
) AS m
WHERE
  printing = 1
ORDER BY
  value DESC,
  id

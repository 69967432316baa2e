SELECT
  SUM(value) AS result
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
        classification = '项目' AND measure = '本年预算' AND fund = '' AND year = 2021
      )
      AND printed <> ''
  ) AS m
  WHERE
    printing = 1
  ORDER BY
    id
) AS p

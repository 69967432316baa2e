SELECT
  *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY document_id, body, project, code, subject ORDER BY id NULLS LAST) AS printing
  FROM cited_facts
  WHERE
    classification = '三公经费' AND table_number = '公开表7'
) AS m
WHERE
  printing = 1
ORDER BY
  value ASC NULLS LAST,
  id

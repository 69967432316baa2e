SELECT
  *
FROM cited_facts
WHERE
  subject IN ('三公经费', '“三公”经费') AND year = 2021
ORDER BY
  id

SELECT
  *
FROM cited_facts
WHERE
  subject = '印刷费' AND measure <> '本年收入' AND project <> ''
ORDER BY
  id

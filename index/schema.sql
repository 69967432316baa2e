-- The truth of an index. Money is INTEGER 分; every other number is INTEGER 1/10000 (Dimension.scale).
-- Every row that holds something a reader may be told points at a row of `sources`.

CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT NOT NULL, region TEXT NOT NULL,
    year INTEGER, stage TEXT NOT NULL, level TEXT NOT NULL, format TEXT NOT NULL, pages INTEGER,
    content_hash TEXT NOT NULL, path TEXT NOT NULL
);

CREATE TABLE sections (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, parent_id INTEGER REFERENCES sections,
    level INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, path TEXT NOT NULL, page INTEGER, line INTEGER
);

CREATE TABLE paragraphs (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, section_id INTEGER REFERENCES sections,
    text TEXT NOT NULL, page INTEGER, line INTEGER
);

CREATE TABLE tables (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, section_id INTEGER REFERENCES sections,
    kind TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, unit TEXT NOT NULL, note TEXT NOT NULL,
    page INTEGER, line INTEGER, confidence REAL NOT NULL
);

CREATE TABLE table_columns (
    table_id INTEGER NOT NULL REFERENCES tables, position INTEGER NOT NULL, list INTEGER NOT NULL,
    header TEXT NOT NULL, measure TEXT NOT NULL, fund TEXT NOT NULL, year INTEGER, stage TEXT, role TEXT NOT NULL,
    PRIMARY KEY (table_id, position)
) WITHOUT ROWID;

CREATE TABLE table_rows (
    table_id INTEGER NOT NULL REFERENCES tables, position INTEGER NOT NULL, list INTEGER NOT NULL,
    code TEXT NOT NULL, label TEXT NOT NULL, level INTEGER NOT NULL, parent INTEGER, page INTEGER, line INTEGER,
    PRIMARY KEY (table_id, position)
) WITHOUT ROWID;

CREATE TABLE cells (
    table_id INTEGER NOT NULL REFERENCES tables, row INTEGER NOT NULL, "column" INTEGER NOT NULL,
    text TEXT NOT NULL, page INTEGER, line INTEGER, bbox TEXT,
    PRIMARY KEY (table_id, row, "column")
) WITHOUT ROWID;

-- A citable place: a cell (row and column given) or a sentence.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, section TEXT NOT NULL,
    page INTEGER, line INTEGER, bbox TEXT, "table" TEXT, table_id INTEGER REFERENCES tables,
    "row" TEXT, "column" TEXT, row_index INTEGER, column_index INTEGER, quote TEXT NOT NULL
);

-- One figure with every axis of its 口径. `body`: the subordinate body whose figure it is, '' for the whole.
CREATE TABLE facts (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents,
    subject TEXT NOT NULL, classification TEXT NOT NULL, code TEXT NOT NULL, level INTEGER NOT NULL, parent TEXT NOT NULL,
    measure TEXT NOT NULL, fund TEXT NOT NULL, year INTEGER, stage TEXT NOT NULL, project TEXT NOT NULL,
    dimension TEXT NOT NULL, value INTEGER, printed TEXT NOT NULL, unit TEXT NOT NULL, operator TEXT NOT NULL,
    is_total INTEGER NOT NULL, is_leaf INTEGER NOT NULL, origin TEXT NOT NULL, formula TEXT NOT NULL,
    table_kind TEXT NOT NULL, table_number TEXT NOT NULL, body TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources
);
CREATE INDEX facts_by_subject ON facts (subject, document_id);
CREATE INDEX facts_by_code ON facts (code, document_id) WHERE code <> '';
CREATE INDEX facts_by_project ON facts (project, document_id) WHERE project <> '';
CREATE INDEX facts_by_classification ON facts (document_id, classification, measure);

-- Where a derived figure came from, beyond its first source.
CREATE TABLE fact_sources (
    fact_id INTEGER NOT NULL REFERENCES facts, position INTEGER NOT NULL, source_id INTEGER NOT NULL REFERENCES sources,
    PRIMARY KEY (fact_id, position)
) WITHOUT ROWID;

-- What prose says of a subject: amounts, changes, rates, shares, reasons, uses, absences.
CREATE TABLE statements (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, kind TEXT NOT NULL,
    subject TEXT NOT NULL, classification TEXT NOT NULL, code TEXT NOT NULL, measure TEXT NOT NULL, fund TEXT NOT NULL,
    whole TEXT NOT NULL, year INTEGER, base_year INTEGER, stage TEXT NOT NULL, project TEXT NOT NULL,
    dimension TEXT NOT NULL, value INTEGER, printed TEXT NOT NULL, unit TEXT NOT NULL,
    text TEXT NOT NULL, clause TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES sources
);
CREATE INDEX statements_by_subject ON statements (subject, kind, document_id);

CREATE TABLE projects (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, name TEXT NOT NULL,
    aliases TEXT NOT NULL, category TEXT NOT NULL, total INTEGER, current INTEGER, source_id INTEGER REFERENCES sources
);
CREATE TABLE text_fields (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, owner TEXT NOT NULL,
    label TEXT NOT NULL, text TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES sources
);
CREATE TABLE spending_lines (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, project TEXT NOT NULL,
    ordinal TEXT NOT NULL, content TEXT NOT NULL, text TEXT NOT NULL, value INTEGER, economic_name TEXT NOT NULL,
    origin_form TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES sources
);
CREATE TABLE procurement (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, project TEXT NOT NULL,
    category TEXT NOT NULL, catalogue TEXT NOT NULL, quantity TEXT NOT NULL, value INTEGER,
    source_id INTEGER NOT NULL REFERENCES sources
);
CREATE TABLE indicators (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, project TEXT NOT NULL,
    horizon TEXT NOT NULL, goal TEXT NOT NULL, level1 TEXT NOT NULL, level2 TEXT NOT NULL, name TEXT NOT NULL,
    operator TEXT NOT NULL, value INTEGER, unit TEXT NOT NULL, printed TEXT NOT NULL, explanation TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources
);

CREATE TABLE findings (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, kind TEXT NOT NULL, severity TEXT NOT NULL,
    message TEXT NOT NULL, arithmetic TEXT NOT NULL, subjects TEXT NOT NULL, project TEXT NOT NULL,
    aspects TEXT NOT NULL
);
CREATE TABLE finding_sources (
    finding_id INTEGER NOT NULL REFERENCES findings, position INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources, PRIMARY KEY (finding_id, position)
) WITHOUT ROWID;

CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, kind TEXT NOT NULL,
    heading TEXT NOT NULL, text TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES sources
);

-- Readable views: Chinese names, amounts in 万元 as exact decimal text.
CREATE VIEW 科目金额 AS
SELECT d.key AS 文档, f.body AS 下属单位, f.year AS 年度, f.stage AS 阶段, f.classification AS 分类, f.code AS 科目编码, f.subject AS 科目名称,
       f.measure AS 口径, f.fund AS 资金, printf('%s%d.%06d', iif(f.value < 0, '-', ''), abs(f.value) / 1000000, abs(f.value) % 1000000) AS 万元,
       f.printed AS 原文, f.table_number AS 表号, f.origin AS 来源, f.id AS 编号
FROM facts f JOIN documents d ON d.id = f.document_id
WHERE f.dimension = '金额' AND f.project = '' AND f.value IS NOT NULL;

CREATE VIEW 项目金额 AS
SELECT d.key AS 文档, f.year AS 年度, f.project AS 项目, f.classification AS 分类, f.subject AS 内容, f.measure AS 口径,
       printf('%s%d.%06d', iif(f.value < 0, '-', ''), abs(f.value) / 1000000, abs(f.value) % 1000000) AS 万元, f.printed AS 原文, f.id AS 编号
FROM facts f JOIN documents d ON d.id = f.document_id
WHERE f.dimension = '金额' AND f.project <> '' AND f.value IS NOT NULL;

CREATE VIEW 绩效指标 AS
SELECT d.key AS 文档, i.project AS 项目, i.horizon AS 期限, i.goal AS 目标, i.level1 AS 一级指标, i.level2 AS 二级指标,
       i.name AS 三级指标, i.printed AS 指标值, i.explanation AS 说明, i.id AS 编号
FROM indicators i JOIN documents d ON d.id = i.document_id;

CREATE VIEW 文字陈述 AS
SELECT d.key AS 文档, s.year AS 年度, s.base_year AS 对比年度, s.kind AS 类型, s.subject AS 科目, s.printed AS 原文数,
       s.unit AS 单位, s.text AS 说明, s.clause AS 原句, s.id AS 编号
FROM statements s JOIN documents d ON d.id = s.document_id;

CREATE VIEW 勾稽发现 AS
SELECT d.key AS 文档, f.kind AS 类型, f.severity AS 程度, f.message AS 说明, f.arithmetic AS 算式, f.id AS 编号
FROM findings f JOIN documents d ON d.id = f.document_id;

-- What the assistant queries: every figure together with the place it was read, and every statement.
CREATE VIEW cited_unit_facts AS
SELECT d.key AS document, f.*, s.section, s.page, s.line, s.bbox, s."table", s.table_id, s."row", s."column",
       s.row_index, s.column_index, s.quote
FROM facts f JOIN sources s ON s.id = f.source_id JOIN documents d ON d.id = f.document_id;

-- The figures of the whole body; what only a unit under it has (its projects and purchases, and what prose alone names)
-- is the whole body's too.
CREATE VIEW cited_facts AS
SELECT * FROM cited_unit_facts
WHERE body = '' OR (classification IN ('项目', '政府采购') AND NOT is_total) OR (classification = '其他' AND origin = '文字');

CREATE VIEW cited_statements AS
SELECT d.key AS document, t.*, s.section, s.page, s.line, s.bbox, s."table", s.table_id, s."row", s."column",
       s.row_index, s.column_index, s.quote
FROM statements t JOIN sources s ON s.id = t.source_id JOIN documents d ON d.id = t.document_id;

"""Final accounts for tests: consistent figures of a body of no real place, printed as the standard tables and prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from tests.pdf_making import Paper, Span, Style

BODY = "云溪县交通运输局"
LANDSCAPE = (842.0, 595.0)
ACCOUNTS = (
    ("2080505", "机关事业单位基本养老保险缴费支出", "社会保障和就业支出", "行政事业单位养老支出"),
    ("2101101", "行政单位医疗", "卫生健康支出", "行政事业单位医疗"),
    ("2140101", "行政运行", "交通运输支出", "公路水路运输"),
    ("2140104", "公路建设", "交通运输支出", "公路水路运输"),
    ("2140106", "公路养护", "交通运输支出", "公路水路运输"),
    ("2210201", "住房公积金", "住房保障支出", "住房改革支出"),
)
BASIC = {"2080505", "2101101", "2140101", "2210201"}


@dataclass(frozen=True)
class Account:
    """One account of the general public budget: spent, budgeted and spent the year before; what others paid."""

    code: str
    name: str
    class_name: str
    group: str
    spent: Decimal
    budget: Decimal
    previous: Decimal
    income: Decimal
    other: Decimal = Decimal(0)
    basic: bool = True


@dataclass(frozen=True)
class Accounts:
    """Everything that the tables and the prose print, all of it consistent."""

    year: int
    unit: str
    items: tuple[Account, ...]
    public: dict[str, tuple[Decimal, Decimal, Decimal]] = field(default_factory=dict)  # budget, spent, previous

    def total(self, name: str) -> Decimal:
        return sum((getattr(item, name) for item in self.items), Decimal(0))

    @property
    def carried_in(self) -> Decimal:
        return Decimal("88.00")

    @property
    def income(self) -> Decimal:
        """Of the year, from all sources."""
        return self.total("income") + self.total("other")

    @property
    def spent(self) -> Decimal:
        return self.total("spent") + self.total("other")

    @property
    def carried_out(self) -> Decimal:
        return self.carried_in + self.income - self.spent


def made(seed: int, year: int = 2023, unit: str = "万元") -> Accounts:
    random = Random(seed)  # noqa: S311 - figures for tests

    def amount(low: int, high: int) -> Decimal:
        return Decimal(random.randint(low * 100, high * 100)) / 100

    items = []
    for code, name, class_name, group in ACCOUNTS:
        spent = amount(40, 900)
        basic = code in BASIC
        moved = Decimal(0) if basic else amount(1, 12) * random.choice((-1, 1))
        items.append(
            Account(
                code, name, class_name, group, spent,
                budget=spent if random.random() < 0.3 else spent + amount(1, 30) * random.choice((-1, 1)),
                previous=spent + amount(1, 30) * random.choice((-1, 1)),
                income=spent - moved,
                other=amount(5, 60) if code == "2140106" else Decimal(0),
                basic=basic,
            )
        )  # fmt: skip
    public = {
        "因公出国（境）费": (Decimal(0), Decimal(0), Decimal(0)),
        "公务用车运行维护费": (amount(8, 12), amount(5, 8), amount(6, 9)),
        "公务接待费": (amount(4, 7), amount(2, 4), amount(2, 5)),
    }
    return Accounts(year, unit, tuple(items), public)


def shown(value: Decimal) -> str:
    return f"{value:,.2f}"


def told(value: Decimal) -> str:
    return f"{value:.2f}"


def rate(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.2f}%"


def move(now: Decimal, before: Decimal) -> str:
    """增加3.20万元，增长1.05%."""
    if now == before:
        return "持平"
    word, grown = ("增加", "增长") if now > before else ("减少", "下降")
    return f"{word}{told(abs(now - before))}万元，{grown}{rate(abs(now - before), before)}"


def item_sentence(number: int, item: Account) -> str:
    """What the standard template says of one account."""
    head = f"{number}.{item.class_name.removesuffix('支出')}（类）{item.group}（款）{item.name}（项）。"
    head += f"年初预算为{told(item.budget)}万元，支出决算为{told(item.spent)}万元，"
    head += f"完成年初预算的{rate(item.spent, item.budget)}，"
    if item.spent == item.budget:
        return head + "决算数等于预算数。"
    way = "大于" if item.spent > item.budget else "小于"
    return f"{head}决算数{way}预算数的主要原因是{item.name}按实际进度支付。"


def prose(accounts: Accounts, sentences: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """(heading, paragraph) in printed order; `sentences` replaces the sentence of an account by another."""
    year, fiscal = accounts.year, accounts.total("spent")
    total = accounts.carried_in + accounts.income
    budget, previous = accounts.total("budget"), accounts.total("previous")
    basic = sum((i.spent for i in accounts.items if i.basic), Decimal(0))
    project = accounts.spent - basic
    public = list(accounts.public.values())
    planned, used, before = (sum((p[i] for p in public), Decimal(0)) for i in range(3))
    reception = accounts.public["公务接待费"]
    paragraphs = [
        ("一、收入支出决算总体情况说明",
         f"{year}年度收、支总计均为{told(total)}万元。与{year - 1}年度相比，收、支总计各{move(total, total + 5)}。"),
        ("二、收入决算情况说明",
         f"{year}年度本年收入合计{told(accounts.income)}万元，其中：财政拨款收入{told(accounts.total('income'))}万元，"
         f"占{rate(accounts.total('income'), accounts.income)}；其他收入{told(accounts.total('other'))}万元，"
         f"占{rate(accounts.total('other'), accounts.income)}。"),
        ("三、支出决算情况说明",
         f"{year}年度本年支出合计{told(accounts.spent)}万元，其中：基本支出{told(basic)}万元，"
         f"占{rate(basic, accounts.spent)}；项目支出{told(project)}万元，占{rate(project, accounts.spent)}。"),
        ("四、一般公共预算财政拨款支出决算情况说明",
         f"{year}年度一般公共预算财政拨款支出年初预算为{told(budget)}万元，支出决算为{told(fiscal)}万元，"
         f"完成年初预算的{rate(fiscal, budget)}。与{year - 1}年度相比，一般公共预算财政拨款支出{move(fiscal, previous)}。"
         "其中："),
    ]  # fmt: skip
    for number, item in enumerate(accounts.items, 1):
        paragraphs.append(("", (sentences or {}).get(item.name, item_sentence(number, item))))
    paragraphs += [
        ("五、财政拨款“三公”经费支出决算情况说明",
         f"{year}年度“三公”经费财政拨款支出预算为{told(planned)}万元，支出决算为{told(used)}万元，"
         f"完成预算的{rate(used, planned)}，比上年{move(used, before)}。其中：公务接待费支出决算"
         f"{told(reception[1])}万元，完成预算的{rate(reception[1], reception[0])}，比{year - 1}年度决算"
         f"{move(reception[1], reception[2])}，主要原因是严控接待标准。国内公务接待36批次、288人次。"),
    ]  # fmt: skip
    return paragraphs


def written(accounts: Accounts, path: Path, sentences: dict[str, str] | None = None) -> Path:
    """The PDF: prose, then the tables 公开01–05 and 公开08."""
    paper = Paper(LANDSCAPE)
    paper.centred(421, 200, f"{BODY}", 22)
    paper.centred(421, 240, f"{accounts.year}年度部门决算", 22)
    paper.page()
    y = paper.paragraph(60, [f"第二部分 {accounts.year}年度部门决算情况说明"], 14)
    for heading, text in prose(accounts, sentences):
        lines = [heading] if heading else []
        lines += [text[i : i + 56] for i in range(0, len(text), 56)]
        if y + len(lines) * 22 > 540:
            paper.page()
            y = 60
        y = paper.paragraph(y, lines)
    for table in (_summary, _income, _spending, _general, _public):
        paper.page()
        table(paper, accounts)
    path.write_bytes(paper.bytes())
    return path


def _open(paper: Paper, accounts: Accounts, number: str, title: str) -> float:
    return paper.title(80, title, f"公开{number}表", accounts.unit, BODY)


def _classes(accounts: Accounts, name: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for item in accounts.items:
        found[item.class_name] = found.get(item.class_name, Decimal(0)) + getattr(item, name) + item.other
    return found


def _summary(paper: Paper, accounts: Accounts) -> None:
    header = [
        [Span("收入", 3, 1), Span("支出", 3, 1)],
        [Span("项目"), Span("行次"), Span("决算数"), Span("项目"), Span("行次"), Span("决算数")],
    ]
    classes = list(_classes(accounts, "spent").items())
    left = [("一、一般公共预算财政拨款收入", accounts.total("income")), ("二、其他收入", accounts.total("other"))]
    rows = []
    for index in range(max(len(left), len(classes))):
        one = left[index] if index < len(left) else ("", None)
        other = classes[index] if index < len(classes) else ("", None)
        rows.append([
            one[0], str(index + 1), shown(one[1]) if one[1] is not None else "",
            f"{'一二三四五六七八'[index]}、{other[0]}", str(index + 31), shown(other[1]) if other[1] is not None else "",
        ])  # fmt: skip
    total = accounts.carried_in + accounts.income
    rows += [
        ["本年收入合计", "27", shown(accounts.income), "本年支出合计", "57", shown(accounts.spent)],
        ["年初结转和结余", "28", shown(accounts.carried_in), "年末结转和结余", "58", shown(accounts.carried_out)],
        ["总计", "29", shown(total), "总计", "59", shown(total)],
    ]
    top = _open(paper, accounts, "01", "收入支出决算总表")
    paper.table(top, [180, 40, 100, 180, 40, 100], header, rows, Style(size=8, height=18))


def _coded(accounts: Accounts, columns: list[tuple[str, ...]], titles: list[str], paper: Paper, place: str) -> None:
    """A table of accounts: each column sums some amounts of an item ("basic" and "project" split its spending)."""

    def amounts(items: list[Account]) -> list[str]:
        return [shown(sum((_part(i, part) for i in items for part in column), Decimal(0))) for column in columns]

    rows = [["合计", "", *amounts(list(accounts.items))]]
    for class_name in dict.fromkeys(i.class_name for i in accounts.items):
        own = [i for i in accounts.items if i.class_name == class_name]
        rows.append([own[0].code[:3], class_name, *amounts(own)])
        for group in dict.fromkeys(i.group for i in own):
            inner = [i for i in own if i.group == group]
            rows.append([inner[0].code[:5], group, *amounts(inner)])
            rows += [[i.code, i.name, *amounts([i])] for i in inner]
    header = [[Span("科目编码"), Span("科目名称"), *(Span(title) for title in titles)]]
    number, title = place.split(" ")
    top = _open(paper, accounts, number, title)
    widths = [70.0, 200.0, *([110.0] * len(titles))]
    paper.table(top, widths, header, rows, Style(size=8, height=17, label_columns=2))


def _part(item: Account, part: str) -> Decimal:
    if part == "basic":
        return item.spent if item.basic else Decimal(0)
    if part == "project":
        return Decimal(0) if item.basic else item.spent
    return Decimal(getattr(item, part))


def _income(paper: Paper, accounts: Accounts) -> None:
    columns = [("income", "other"), ("income",), ("other",)]
    _coded(accounts, columns, ["本年收入合计", "财政拨款收入", "其他收入"], paper, "02 收入决算表")


def _spending(paper: Paper, accounts: Accounts) -> None:
    columns = [("spent", "other"), ("basic",), ("project", "other")]
    _coded(accounts, columns, ["本年支出合计", "基本支出", "项目支出"], paper, "03 支出决算表")


def _general(paper: Paper, accounts: Accounts) -> None:
    columns = [("spent",), ("basic",), ("project",)]
    _coded(accounts, columns, ["小计", "基本支出", "项目支出"], paper, "05 一般公共预算财政拨款支出决算表")


def _public(paper: Paper, accounts: Accounts) -> None:
    values = list(accounts.public.values())
    rows = [
        ["合计", *(shown(sum((v[i] for v in values), Decimal(0))) for i in (0, 1))],
        *([f"{n}.{name}", shown(v[0]), shown(v[1])] for n, (name, v) in enumerate(accounts.public.items(), 1)),
    ]
    header = [[Span("项目"), Span("预算数"), Span("决算数")]]
    top = _open(paper, accounts, "08", "财政拨款“三公”经费支出决算表")
    paper.table(top, [260, 140, 140], header, rows, Style(size=9))

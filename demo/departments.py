"""The organs of the invented county, with the other names that people still write them by."""

from data_access.records import DepartmentRecord

# (code, name, short name, aliases); the order is the order on the county's own lists.
DEPARTMENTS: tuple[tuple[str, str, str, str], ...] = (
    ("DC", "县委督查室", "督查室", "县委县政府督查室 县政府督查室 县督查办 督查督办室"),
    ("ZZ", "县委组织部", "组织部", "组织部 县委组织部驻村办 县驻村办"),
    ("XC", "县委宣传部", "宣传部", "县文明办"),
    ("SG", "县委社会工作部", "社工部", "县委社工部"),
    ("JW", "县纪委监委", "纪委监委", "县纪委 县监委 县纪委县监委"),
    ("FG", "县发展和改革局", "发改局", "县发改局 县发改委 县以工代赈办"),
    ("JT", "县教育体育局", "教体局", "县教育局 县教体局 县教科局"),
    ("MZ", "县民政局", "民政局", "县救助中心"),
    ("CZ", "县财政局", "财政局", "县金融服务中心"),
    ("RS", "县人力资源和社会保障局", "人社局", "县人社局 县就业局 县就业服务中心"),
    ("ZR", "县自然资源和规划局", "自然资源局", "县自然资源局 县国土局 县自规局"),
    ("HB", "市生态环境局云岭分局", "生态环境分局", "县环保局 县生态环境局 县生态环境分局"),
    ("ZJ", "县住房和城乡建设局", "住建局", "县住建局 县建设局"),
    ("LT", "县交通运输局", "交通局", "县交通局 县农村公路中心"),
    ("SL", "县水利局", "水利局", "县水务局"),
    (
        "NY",
        "县农业农村局",
        "农业农村局",
        "县乡村振兴局 县扶贫开发局 县扶贫办 县农业局 县农牧局 县委农办 县农业农村局(县乡村振兴局)",
    ),
    ("LY", "县林业局", "林业局", "县林草局"),
    ("SW", "县商务局", "商务局", "县商务粮食局 县投资促进局"),
    ("WL", "县文化广电和旅游局", "文旅局", "县文旅局 县文广新局"),
    ("WJ", "县卫生健康局", "卫健局", "县卫健局 县卫计局 县卫计委 县疾控局"),
    ("YB", "县医疗保障局", "医保局", "县医保局"),
    ("YJ", "县应急管理局", "应急局", "县应急局 县防汛办"),
    ("SJ", "县审计局", "审计局", ""),
    ("TJ", "县统计局", "统计局", "国家统计局云岭调查队 县调查队"),
    ("XF", "县信访局", "信访局", ""),
    ("CL", "县残疾人联合会", "残联", "县残联"),
    ("GX", "县供销合作社联合社", "供销社", "县供销社"),
    ("GD", "国网云岭县供电公司", "供电公司", "县供电公司 县电力公司"),
)


def department_records() -> list[DepartmentRecord]:
    """All departments; every alias belongs to one of them only."""
    return [
        DepartmentRecord(code, name, short, order, tuple(sorted({short, *aliases.split()})))
        for order, (code, name, short, aliases) in enumerate(DEPARTMENTS, start=1)
    ]


def short_name(code: str) -> str:
    """The short name of a department, as sentences use it."""
    return next(short for known, _, short, _ in DEPARTMENTS if known == code)

"""What is said of targets counted from something, minima, pairs, and figures of others."""

WORDING: dict[str, tuple[str, str, str, str]] = {
    "step_unclear": (
        "目标“{found}”看不出是百分点还是百分比（计量单位{measure}）。",
        "比率指标的升降写“个百分点”，其他指标写计量单位，如提高300元；百分比增长请另设增速指标。",
        "The target “{found}” may mean points or per cent (unit of measure {measure}).",
        "For ratios write percentage points, for others the unit of measure; growth in per cent is another indicator.",
    ),
    "step_elsewhere": (
        "目标“{found}”写明的比较对象与“比较对象”列不同。",
        "请改为一致，或清空“比较对象”列。",
        "The target “{found}” names another start than column Counted from.",
        "Let both say the same, or clear the column.",
    ),
    "relative_kind": (
        "目标类型“{kind}”不能与“{start}”比较。",
        "比年初基数升降的填达到水平；与上年同期、全县平均、外部参照数比较的填保持；也可留空。",
        "A target of kind {kind} cannot be counted from {start}.",
        "Over the base: reach a level. Against last year, the county or others: keep. Or leave the kind blank.",
    ),
    "relative_range": (
        "与他人比较的目标不能是区间或约数。",
        "请填不少于、高于、不超过或低于。",
        "A comparison with others is neither a range nor about.",
        "Choose at least, more than, at most or less than.",
    ),
    "reference_missing": (
        "与外部参照数比较，但没有写参照名称。",
        "请在“参照名称”填写，如全省平均，与建库表“外部参照数”一致。",
        "An outside figure is to be compared with, but none is named.",
        "Name it under Outside figure, as on sheet Outside figures of the setup workbook.",
    ),
    "reference_unasked": (
        "写了参照名称，但“比较对象”不是外部参照数。",
        "请把“比较对象”改为外部参照数，或清空参照名称。",
        "An outside figure is named, but the target is not counted from one.",
        "Choose outside figure under Counted from, or clear the name.",
    ),
    "reference_unknown": (
        "“{indicator}”还没有名为“{found}”的外部参照数，目标将显示“无规则”。",
        "请在建库表“外部参照数”中录入，或核对名称。",
        "“{indicator}” has no outside figure “{found}” yet; the target will read no rule.",
        "Enter it on sheet Outside figures of the setup workbook, or check the name.",
    ),
    "county_of_amounts": (
        "“{indicator}”不是由分子、分母算出的，没有全县平均。",
        "请改为其他比较对象，或把指标定义为比率。",
        "“{indicator}” has no numerator and denominator, and so no county mean.",
        "Compare with something else, or define the indicator as a ratio.",
    ),
    "county_with_itself": (
        "县本级不能与全县平均比较。",
        "请改为其他比较对象，或只填乡镇、村。",
        "The county cannot be compared with its own mean.",
        "Compare it with something else, or set the target for townships and villages only.",
    ),
    "minimum_unfit": (
        "“{indicator}”不能填最低值：最低值只用于由分子、分母算出、越高越好的平均数。",
        "请清空“最低值”，或核对指标和比较方式。",
        "“{indicator}” takes no minimum: that is for means with numerator and denominator where more is better.",
        "Clear Minimum, or check indicator and comparator.",
    ),
    "minimum_above_mean": (
        "最低值 {found} 高于平均目标。",
        "请核对两个数。",
        "The minimum {found} is above the mean asked for.",
        "Check the two figures.",
    ),
    "pair_unknown": (
        "配对指标 {found} 不存在。",
        "请核对代码；两个指标可在同一张表中定义。",
        "There is no indicator {found} to pair with.",
        "Check the code; both may be defined on this sheet.",
    ),
    "pair_itself": (
        "指标不能与自己配对。",
        "请填另一个计量单位的指标代码，如户数与人数。",
        "An indicator cannot be its own pair.",
        "Give the code of the one in the other unit, such as households and persons.",
    ),
}

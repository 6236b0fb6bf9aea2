"""The words of 设置: what the county sets, and what a change would do."""

ZH = {
    "col.rule_number": "文号",
    "col.rule_title": "标题",
    "col.valid_from": "生效日",
    "settings.changed_since": "内容刚刚改过，请看过新的试算再保存。",
    "settings.contents": "设置内容",
    "settings.rules": "规则文件",
    "settings.sentence": "现行规则：{number}；共 {count} 个规则文件。",
}

EN = {
    "col.rule_number": "Number",
    "col.rule_title": "Title",
    "col.valid_from": "In force from",
    "settings.changed_since": "What is written has just changed: look at the new trial, then save.",
    "settings.contents": "What is set here",
    "settings.rules": "Rule documents",
    "settings.sentence": "Rule in force: {number}; {count} rule documents in all.",
}

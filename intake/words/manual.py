"""The head of docs/workbooks.md."""

from intake.sheets.model import META_SHEET

HEAD = f"""# Workbooks

Everything goes into Xushi through three workbooks (.xlsx), and another program may write them as well as \
a person: the sheets and columns below are all there is to know. This page is generated from the \
definitions that the templates and the reader use; a test compares.

## How a workbook is read

- A sheet is found by its Chinese or English title, a column by its Chinese or English header, wherever it \
stands; the header row is the one among the first 30 that holds the most known headers. Titles and notes \
may stand above it. Columns that are not listed here are named and not read.
- The hidden sheet `{META_SHEET}` says what the workbook is: name in column A, value in column B. `kind` is \
`setup`, `breakdown` or `report`; `version` the number given below; `county` the county's 6-digit code; \
`unit` the unit it speaks for (report: the township, or the county for its own figures); `year` (breakdown) \
and `period` (report: the last day of the period, 2026-10-31). A report without `unit` and `period`, and a \
breakdown without `year`, are refused.
- Codes and names: the code decides; where a name stands beside it, both must agree. Without a code the name \
is looked up; pinyin in brackets, traditional characters and full-width letters make no difference.
- Figures are written in the indicator's unit of measure. Read besides plain numbers: thousands separators, \
full-width digits, 50余, 约470, 70%以上, 10–20, 3.5万, 4.382亿元 (converted, with a note). A blank, `—` or `/` is \
*not reported*; `0` is a true zero; `xx` and `***` are masked and count as missing; words such as 即将完成 are \
not quantified. Anything else is refused with the cell.
- Dates: a date cell, 2026-10-31, 2026/10/31 or 2026年10月31日. Yes and no: 是/否, yes/no, √/×.
- A formula counts with the value it was saved with. Rows of 小计 or 合计 are compared, never imported. Merged \
cells in the table are refused.
- One problem that blocks keeps the whole workbook out. Warnings are shown, and those that doubt a figure go \
with it as 存疑. The same content again changes nothing and says so.
- Limits: 20 MB, 200 parts, 128 MB unpacked, 60 sheets, 120 columns, 99 999 rows, 1 000 000 cells.
"""

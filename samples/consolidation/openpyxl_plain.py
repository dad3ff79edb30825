"""Puts the rows of many workbooks into one: the plain script that BenchmarkConsolidate compares with. Usage: OUT IN…"""
import sys

from openpyxl import Workbook, load_workbook

out = Workbook()
out.remove(out.active)
for name in sys.argv[2:]:
    book = load_workbook(name, data_only=True)
    for sheet in book.worksheets:
        to = out[sheet.title] if sheet.title in out.sheetnames else out.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            to.append(row)
out.save(sys.argv[1])

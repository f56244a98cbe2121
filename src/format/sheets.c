/* Which reader a workbook has. */
#include "format/sheets.h"
#include "core/bounds.h"
#include "format/kind.h"

static const SheetsReader *const readers[FILE_KINDS] = {
    [FILE_XLSX] = &xlsx_reader, [FILE_XLS] = &xls_reader, [FILE_ODS] = &ods_reader, [FILE_DBF] = &dbf_reader,
    [FILE_PACK] = &pack_reader
};

Err sheets_open(Str file, Sheets **out, Problems *problems)
{
    FileKind kind;
    *out = NULL;
    TRY(file_kind(file, &kind, problems));
    if (!readers[kind]) return PROBLEM(problems, INVALID, "kind", "import.bad_form");
    return readers[kind]->open(file, out, problems);
}

FileKind sheets_kind(const Sheets *w)
{
    return w->reader->kind;
}

int sheets_count(const Sheets *w)
{
    return w->reader->sheets(w);
}

Str sheets_name(const Sheets *w, int sheet)
{
    return w->reader->name(w, sheet);
}

bool sheets_hidden(const Sheets *w, int sheet)
{
    return w->reader->hidden(w, sheet);
}

Err sheets_begin(Sheets *w, int sheet, char decimal)
{
    w->unvalued = w->put_away = 0;
    return w->reader->begin(w, sheet, decimal);
}

Err sheets_next(Sheets *w, SheetRow *row)
{
    TRY(w->reader->next(w, row));
    if (row->put_away && !w->put_away) w->put_away = row->number;
    return OK;
}

int sheets_percent(const Sheets *w)
{
    return w->reader->percent(w);
}

void sheets_close(Sheets *w)
{
    w->reader->close(w);
}

Err sheets_too_many(Problems *problems, int64_t sheets)
{
    return PROBLEM(problems, INVALID, NULL, "file.too_many_sheets", arg_count("sheets", sheets),
                   arg_count("limit", SHEETS_MAX));
}

int64_t sheets_unfold(int64_t packed)
{
    if (packed > BOUND_UNFOLDED / BOUND_UNFOLDED_TIMES) return BOUND_UNFOLDED;
    return packed * BOUND_UNFOLDED_TIMES > BOUND_UNFOLDED_SMALL ? packed * BOUND_UNFOLDED_TIMES : BOUND_UNFOLDED_SMALL;
}

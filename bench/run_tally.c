/* Only the reading of `sbyt analyze`: FILE into a summary, and how long that took.  Columns: date,document,client,product,amount. */
#include "sales/exchange/sales_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    Arena     mem = arena_new(1 << 24);
    Problems  problems = { .mem = &mem };
    SalesFile f;
    SalesRead read;
    Summary   s;
    TableForm form = { .delimiter = ',', .quotes = true, .header = true, .columns = 5, .number = { '.', 0 }, .day = DAY_YMD };
    SalesColumns columns;
    for (int c = 0; c < COL_COUNT; c++) columns.at[c] = -1, columns.whole[c] = false;
    columns.at[COL_DATE] = 0, columns.at[COL_DOCUMENT] = 1, columns.at[COL_CLIENT] = 2, columns.at[COL_PRODUCT] = 3, columns.at[COL_AMOUNT] = 4;
    columns.c_marks_return = false;
    SalesRun run = { .tally = { .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE }, .threads = argc > 2 ? atoi(argv[2]) : 0 };
    double begin = now();
    Err err = sales_file_open(&f, argv[1], &problems);
    if (err == OK) err = sales_file_tally(&f, &form, &columns, &run, &problems, &read, &s);
    if (err != OK) return printf("%s\n", problems.first ? problems.first->key : "?"), 1;
    double end = now();
    printf("%.1f ms rows %ld used %ld lines %ld clients %td documents %ld products %td revenue %ld months %d\n", (end - begin) * 1e3, read.rows, read.used,
           s.lines, s.clients, s.documents, s.products, (long)s.revenue, s.months);
    sales_file_close(&f);
    return 0;
}

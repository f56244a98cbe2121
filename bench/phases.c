/* Where the time of `sbyt analyze --json FILE` goes: milliseconds of each step, on standard error.  `phases FILE
 * [THREADS]`. */
#include "analysis/report.h"
#include "app/analyze_json.h"
#include "sales/reading/columns.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double begun;

static void step(const char *name)
{
    double now = seconds();
    fprintf(stderr, "%-12s %7.1f ms\n", name, (now - begun) * 1e3);
    begun = now;
}

int main(int argc, char **argv)
{
    Arena        mem = arena_new((ptrdiff_t)1 << 32), scratch = arena_new((ptrdiff_t)1 << 33);
    Problems     problems = { .mem = &mem };
    SalesFile    file;
    Recognised   table;
    SalesColumns columns;
    SalesRead    read;
    Summary      summary;
    Report       report;
    SalesRun     run = { .tally = { .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE },
                         .threads = argc > 2 ? atoi(argv[2]) : 0 };
    int          nowhere = open("/dev/null", O_WRONLY);
    Buf          json    = buf_sink(&mem, 1 << 16, buf_to_fd, &nowhere);
    begun = seconds();
    if (argc < 2 || sales_file_open(&file, argv[1], &problems) != OK) return 1;
    if (sales_recognise(&mem, file.bytes, FORM_WISH, (Str){ 0 }, &table, &columns, &problems) != OK) return 1;
    step("recognise");
    if (sales_file_tally(&file, &table.form, &columns, &run, &problems, &read, &summary) != OK) return 1;
    step("read");
    if (report_make(&summary, REPORT_USUAL, &mem, scratch, &report) != OK) return 1;
    step("report");
    analyze_json(&report, &read, &json);
    buf_flush(&json);
    step("json");
    sales_file_close(&file);
    step("close");
    return 0;
}
